import { expect, test } from 'vitest';
import { change } from '../test/data';
import { Selection, extentOf } from './selection.svelte';

const field = (path: string, bookkeeping = false) => ({
  path,
  label: path,
  before: 'a',
  after: 'b',
  bookkeeping,
  comparison: { kind: 'value' as const },
});
const two = change('req_1', 'Two fields', {
  fields: [field('url'), field('method'), field('modified', true)],
});
const one = change('req_2', 'One field');
const added = change('req_3', 'New', { change: 'added', fields: [field('url'), field('method')] });

function selection() {
  const made = new Selection();
  made.replace([two, one, added]);
  return made;
}

test('everything is chosen at first, and said as everything', () => {
  const chosen = selection();
  expect(chosen.only()).toBeNull();
  expect(extentOf(chosen, [two, one])).toBe('all');
});

test('a field that is left out makes its resource partly chosen', () => {
  const chosen = selection();
  chosen.chooseField(two, 'method', false);
  expect(chosen.of(two)).toBe('some');
  expect(chosen.only()).toEqual(['req_1:url', 'req_2', 'req_3']);
  chosen.chooseField(two, 'method', true);
  expect(chosen.only()).toBeNull();
});

test('the last field that is left out leaves the resource out', () => {
  const chosen = selection();
  chosen.chooseField(two, 'method', false);
  chosen.chooseField(two, 'url', false);
  expect(chosen.of(two)).toBe('none');
  expect(chosen.only()).toEqual(['req_2', 'req_3']);
});

test('a field brings its resource back alone', () => {
  const chosen = selection();
  chosen.choose([two], false);
  chosen.chooseField(two, 'url', true);
  expect(chosen.only()).toEqual(['req_1:url', 'req_2', 'req_3']);
});

test('a new list keeps what was left out', () => {
  const chosen = selection();
  chosen.choose([one], false);
  chosen.replace([two, one, change('req_4', 'Fourth')]);
  expect(chosen.only()).toEqual(['req_1', 'req_4']);
  chosen.replace([two]);
  chosen.replace([two, one]);
  expect(chosen.only()).toBeNull();
});
