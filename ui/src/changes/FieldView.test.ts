import { render, screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { Comparison } from '../bindings/Comparison';
import FieldView from './FieldView.svelte';

const field = (comparison: Comparison, before: string | null = 'a', after: string | null = 'b') => ({
  path: 'body.text',
  label: 'body',
  before,
  after,
  bookkeeping: false,
  comparison,
});
const piece = (change: 'same' | 'added' | 'removed', text: string) => ({ change, text });

test('values stand side by side', () => {
  const { container } = render(FieldView, { field: field({ kind: 'value' }, '30', '') });
  expect(container.querySelector('del')?.textContent).toBe('30');
  expect(container.querySelector('ins')?.textContent).toBe('empty');
});

test('lines show the words that differ', () => {
  const line = (change: 'added' | 'removed', text: string) => ({
    change,
    before: change === 'removed' ? 4 : null,
    after: change === 'added' ? 4 : null,
    pieces: [piece('same', 'let x = '), piece(change, text)],
  });
  const hunks = [{ lines: [line('removed', '1'), line('added', '2')] }];
  const { container } = render(FieldView, {
    field: field({ kind: 'text', by: 'lines', hunks, added: 1, removed: 1, more: 3 }),
  });
  expect(container.querySelector('del')?.textContent).toBe('1');
  expect(container.querySelector('ins')?.textContent).toBe('2');
  expect(screen.getByText(/3 more changed lines/)).toBeTruthy();
});

test('places of a spec stand below their operation', () => {
  const part = (group: string, place: string, change: 'added' | 'changed' | 'removed') => ({
    group,
    place,
    change,
    before: null,
    after: null,
    text: null,
  });
  const parts = [
    part('GET /users/{id}', 'response 404', 'added'),
    part('GET /users/{id}', 'summary', 'changed'),
    part('PUT /users', '', 'removed'),
  ];
  render(FieldView, { field: field({ kind: 'parts', of: 'apiSpec', parts, more: 0 }) });
  const headings = screen.getAllByRole('heading').map((heading) => heading.textContent.trim());
  expect(headings).toEqual(['GET /users/{id}', 'PUT /users removed']);
  expect(screen.getAllByTestId('part')).toHaveLength(2);
});

test('formatting and size are said in words', () => {
  render(FieldView, { field: field({ kind: 'formatting' }) });
  expect(screen.getByTestId('formatting-only')).toBeTruthy();
  render(FieldView, { field: field({ kind: 'large', beforeBytes: 5_000_000, afterBytes: 12 }) });
  expect(screen.getByTestId('too-large').textContent).toContain('5.0 MB');
});
