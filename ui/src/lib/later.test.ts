import { expect, test, vi } from 'vitest';
import { Later } from './later.svelte';

test('it is fetched once, whoever asks', async () => {
  const load = vi.fn(() => Promise.resolve('it'));
  const later = new Later(load);
  expect(later.part).toBeNull();
  expect(load).not.toHaveBeenCalled();
  expect(await Promise.all([later.fetch(), later.fetch()])).toEqual(['it', 'it']);
  expect(later.part).toBe('it');
  expect(load).toHaveBeenCalledOnce();
});

test('where it fails that is said until it is tried again', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const load = vi.fn(() => Promise.resolve('it')).mockRejectedValueOnce(new Error('gone'));
  const later = new Later(load);
  expect(await later.fetch()).toBeNull();
  expect(later.failed).toBe(true);
  const again = later.fetch();
  expect(later.failed).toBe(false);
  expect(await again).toBe('it');
  expect(later.failed).toBe(false);
});
