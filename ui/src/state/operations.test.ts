import { expect, test } from 'vitest';
import { operations } from './operations.svelte';
import { toasts } from './toasts.svelte';

test('an operation that ended takes away what earlier ones offered', async () => {
  toasts.show({ title: 'Committed.', actions: [{ label: 'Undo', run: () => undefined }] });
  await operations.run('/p', 'Pushing', () => {
    expect(operations.busy('/p')).toBe(true);
    expect(operations.busy('/other')).toBe(false);
    return Promise.resolve();
  });
  expect(operations.busy('/p')).toBe(false);
  expect(toasts.list).toEqual([]);
});

test('one that failed leaves them', async () => {
  toasts.show({ title: 'Committed.', actions: [{ label: 'Undo', run: () => undefined }] });
  await expect(operations.run('/p', 'Pushing', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(toasts.list).toHaveLength(1);
});

test('an offer stands until the next message, an error until it is closed', () => {
  toasts.error({ code: 'io', message: 'The disk is full.', unchanged: '', advice: '' });
  toasts.show({ title: 'Deleted.', actions: [{ label: 'Undo', run: () => undefined }] });
  toasts.show({ title: 'Undone.' });
  expect(toasts.list.map(({ title }) => title)).toEqual(['The disk is full.', 'Undone.']);
});
