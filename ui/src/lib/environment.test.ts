import { expect, test } from 'vitest';
import { dataEdits, dataRows, ordered, rowsData, rowsProblem } from './environment';

const data = { url: 'https://x', retries: 3, on: 'true', deep: { a: [1] } };

test('data comes back from its rows, texts that look like values too', () => {
  expect(dataRows(data)).toEqual([
    { name: 'url', value: 'https://x' },
    { name: 'retries', value: '3' },
    { name: 'on', value: '"true"' },
    { name: 'deep', value: '{"a":[1]}' },
  ]);
  expect(rowsData(dataRows(data), data)).toEqual(data);
  expect(
    rowsData(
      [
        { name: 'retries', value: '4' },
        { name: 'url', value: '12 apples' },
      ],
      data,
    ),
  ).toEqual({
    retries: 4,
    url: '12 apples',
  });
});

test('names have to be there once', () => {
  expect(rowsProblem([{ name: 'a' }, { name: 'a' }])).toMatch('two variables');
  expect(rowsProblem([{ name: '' }])).toMatch('needs a name');
  expect(rowsProblem([{ name: 'a' }])).toBeNull();
});

test('another order is written where Insomnia keeps it', () => {
  const fields = { data: { a: 1, b: 2 }, dataPropertyOrder: { '&': ['a', 'b'], '&~|a': ['x'] } };
  expect(dataEdits(fields, 'data', { a: 1, b: 3 })).toEqual([{ path: 'data.b', value: 3 }]);
  expect(dataEdits(fields, 'data', { b: 2, a: 1 })).toEqual([
    { path: 'data', value: { b: 2, a: 1 } },
    { path: 'dataPropertyOrder', value: { '&': ['b', 'a'], '&~|a': ['x'] } },
  ]);
  expect(
    Object.keys(ordered({ data: { b: 1, a: 2 }, dataPropertyOrder: { '&': ['a', 'b'] } }, 'data')),
  ).toEqual(['a', 'b']);
});

test('names that JavaScript has of its own are names like others', () => {
  for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
    const withIt = Object.fromEntries([
      ['url', 'x'],
      [name, 'mine'],
    ]);
    const added = dataEdits({ data: { url: 'x' } }, 'data', withIt);
    expect(added, name).toEqual([{ path: `data.${name}`, value: 'mine' }]);
    const gone = dataEdits({ data: withIt }, 'data', { url: 'x' });
    expect(gone, name).toEqual([{ path: `data.${name}`, value: undefined }]);
    expect(dataRows(withIt).at(-1), name).toEqual({ name, value: 'mine' });
    const back = rowsData(dataRows(withIt), withIt);
    expect(Object.keys(back), name).toEqual(['url', name]);
  }
  const listed = { data: { url: 'x' }, dataPropertyOrder: { '&': ['constructor', 'url'] } };
  expect(Object.keys(ordered(listed, 'data'))).toEqual(['url']);
  expect(({} as { mine?: unknown }).mine).toBeUndefined();
});
