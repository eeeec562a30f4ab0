import { expect, test } from 'vitest';
import { pastedRows, rowsFrom, rowsText } from './rows-text';

const rows = [
  { id: 'pair_1', name: 'Accept', value: 'application/json' },
  { name: 'X-Old', value: 'a: b', description: 'why', disabled: true },
  { name: ': odd # name', value: ' spaces \nand lines\n' },
  { name: '', value: '' },
  { name: 'pic', type: 'file', fileName: '/tmp/a.png', value: 'kept' },
  { name: 'Accept', value: 'text/html' },
];

test('rows come back from their text as they were', () => {
  expect(rowsFrom(rowsText(rows), rows)).toEqual(rows);
});

test('lines say name, value and whether a row is off', () => {
  expect(rowsText(rows.slice(0, 2))).toBe('Accept: application/json\n# X-Old: a: b');
  expect(rowsFrom('A: 1\n\n# B: 2\n//C:3\nD', [])).toEqual([
    { name: 'A', value: '1' },
    { name: 'B', value: '2', disabled: true },
    { name: 'C', value: '3', disabled: true },
    { name: 'D', value: '' },
  ]);
});

test('a changed line keeps what its row holds besides', () => {
  expect(rowsFrom('Accept: text/plain\nX-Old: a: b', rows.slice(0, 2))).toEqual([
    { id: 'pair_1', name: 'Accept', value: 'text/plain' },
    { name: 'X-Old', value: 'a: b', description: 'why' },
  ]);
  expect(rowsFrom('Accepts: application/json\n# X-Old: a: b', rows.slice(0, 2))[0]).toEqual({
    id: 'pair_1',
    name: 'Accepts',
    value: 'application/json',
  });
});

test('lines in another order are rows in another order', () => {
  const [a, b] = rowsText(rows.slice(0, 2)).split('\n');
  expect(rowsFrom(`${b}\n${a}`, rows.slice(0, 2))).toEqual([rows[1], rows[0]]);
});

test('several pasted lines are rows, other text is not', () => {
  expect(pastedRows('a: 1\r\nb: 2')).toEqual([
    { name: 'a', value: '1' },
    { name: 'b', value: '2' },
  ]);
  expect(pastedRows('a=1\nb=2')).toHaveLength(2);
  expect(pastedRows('one line: x')).toBeNull();
  expect(pastedRows('some words\nof a text')).toBeNull();
});
