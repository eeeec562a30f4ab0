import { expect, test } from 'vitest';
import { reconcile } from './merge-fields';

const base = {
  url: 'a',
  headers: [
    { name: 'A', value: '1' },
    { name: 'B', value: '2' },
  ],
  body: { text: 'x' },
};

test('edits of other fields and equal edits go together', () => {
  expect(reconcile(base, { ...base, url: 'b' }, [{ path: 'body.text', value: 'y' }])).toEqual({
    edits: [{ path: 'body.text', value: 'y' }],
    conflicts: [],
  });
  expect(reconcile(base, { ...base, url: 'b' }, [{ path: 'url', value: 'b' }])).toEqual({
    edits: [],
    conflicts: [],
  });
});

test('the same field on both sides is asked about', () => {
  expect(reconcile(base, { ...base, url: 'b' }, [{ path: 'url', value: 'c' }]).conflicts).toEqual([
    { path: 'url', base: 'a', mine: 'c', theirs: 'b' },
  ]);
  expect(reconcile(base, { url: 'a' }, [{ path: 'body.text', value: 'y' }]).conflicts).toEqual([
    { path: 'body.text', base: 'x', mine: 'y', theirs: undefined },
  ]);
});

test('different rows of a table go together, the same row does not', () => {
  const theirs = {
    ...base,
    headers: [
      { name: 'A', value: '9' },
      { name: 'B', value: '2' },
      { name: 'C', value: '3' },
    ],
  };
  const mine = [
    { name: 'A', value: '1' },
    { name: 'B', value: '7' },
  ];
  expect(reconcile(base, theirs, [{ path: 'headers', value: mine }]).edits).toEqual([
    {
      path: 'headers',
      value: [
        { name: 'A', value: '9' },
        { name: 'B', value: '7' },
        { name: 'C', value: '3' },
      ],
    },
  ]);
  const clash = [
    { name: 'A', value: '5' },
    { name: 'B', value: '2' },
  ];
  expect(reconcile(base, theirs, [{ path: 'headers', value: clash }]).conflicts).toHaveLength(1);
});
