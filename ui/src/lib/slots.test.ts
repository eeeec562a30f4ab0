import { expect, test } from 'vitest';
import { Slots } from './slots';

test('what stays keeps its slot, and what comes takes that of what went', () => {
  const slots = new Slots();
  expect(slots.of(['a', 'b', 'c'])).toEqual([0, 1, 2]);
  expect(slots.of(['b', 'c', 'd'])).toEqual([1, 2, 0]);
  expect(slots.of(['x', 'b', 'c'])).toEqual([0, 1, 2]);
  expect(slots.of(['k', 'l', 'm'])).toEqual([0, 1, 2]);
});

test('more lines get new slots, and no slot is given twice', () => {
  const slots = new Slots();
  slots.of(['a', 'b']);
  expect(slots.of(['z', 'a', 'y', 'b'])).toEqual([2, 0, 3, 1]);
  expect(slots.of(['y'])).toEqual([3]);
  expect(new Set(slots.of(['a', 'b', 'y', 'z'])).size).toBe(4);
});
