import { expect, test } from 'vitest';
import { toErrorView } from './errors';
import { latest } from './latest';
import { stageText } from './progress';
import { rank, ranker } from './rank';
import { keysOf, matches } from './shortcuts';
import { relativeTime } from './time';
import { joinPath } from './uri';
import { bytes, count, initials } from './words';

test('numbers in words', () => {
  expect(count(1, 'commit')).toBe('1 commit');
  expect(count(1200, 'commit')).toBe('1,200 commits');
  expect(bytes(999)).toBe('999 bytes');
  expect(bytes(2_400_000)).toBe('2.4 MB');
  expect(initials('Dana van Whitfield')).toBe('DW');
  expect(stageText({ stage: 'receiving', done: 12, total: 40, bytes: 2000 })).toBe(
    'Receiving · 12 of 40 objects · 2.0 kB',
  );
});

test('times in words', () => {
  expect(relativeTime(1000, 1030)).toBe('just now');
  expect(relativeTime(0, 2 * 3600)).toBe('2 hours ago');
  expect(relativeTime(0, 24 * 3600)).toBe('yesterday');
  expect(relativeTime(0, 800 * 24 * 3600)).toBe('2 years ago');
});

test('shortcuts', () => {
  const event = new KeyboardEvent('keydown', { key: 'C', ctrlKey: true, shiftKey: true });
  expect(matches(event, 'Mod+Shift+C', false)).toBe(true);
  expect(matches(event, 'Mod+C', false)).toBe(false);
  expect(matches(event, 'Mod+Shift+C', true)).toBe(false);
  const cyrillic = new KeyboardEvent('keydown', { key: 'С', code: 'KeyC', ctrlKey: true, shiftKey: true });
  expect(matches(cyrillic, 'Mod+Shift+C', false)).toBe(true);
  const dvorak = new KeyboardEvent('keydown', { key: 'J', code: 'KeyC', ctrlKey: true, shiftKey: true });
  expect(matches(dvorak, 'Mod+Shift+C', false)).toBe(false);
  expect(keysOf('Mod+Shift+C', false)).toEqual(['Ctrl', 'Shift', 'C']);
  expect(keysOf('Mod+Shift+C', true)).toEqual(['⌘', '⇧', 'C']);
});

test('the palette finds by start, by word and by letters', () => {
  const found = rank(['Push', 'Pull', 'Open push log', 'Commit'], 'pu', (text) => [text]);
  expect(found).toEqual(['Push', 'Pull', 'Open push log']);
  expect(rank(['Create shipment'], 'crsh', (text) => [text])).toEqual(['Create shipment']);
});

test('the palette puts an address between a part of a name and its letters, and keeps the order of equals', () => {
  const things = [
    { label: 'Peculiar user', about: '' },
    { label: 'Second', about: '/v2/PUSH' },
    { label: 'Input', about: '' },
    { label: 'First', about: '/v2/push' },
    { label: 'Nothing', about: '' },
  ];
  const find = ranker(things, ({ label, about }) => [label, about]);
  const names = (query: string) => find(query).map(({ label }) => label);
  expect(names(' PU ')).toEqual(['Input', 'Second', 'First', 'Peculiar user']);
  expect(names('')).toEqual(things.map(({ label }) => label));
  expect(names('nowhere')).toEqual([]);
});

test('paths keep the separator of their folder', () => {
  expect(joinPath('/home/dana/', 'x')).toBe('/home/dana/x');
  expect(joinPath('C:\\Users\\dana', 'x')).toBe('C:\\Users\\dana\\x');
});

test('anything thrown can be shown', () => {
  expect(toErrorView({ code: 'a', message: 'b' })).toEqual({
    code: 'a',
    message: 'b',
    unchanged: '',
    advice: '',
  });
  expect(toErrorView(new Error('boom')).advice).toContain('boom');
});

test('of calls that pile up only the newest runs', async () => {
  const ran: number[] = [];
  const run = latest(async (n: number) => {
    ran.push(n);
    await Promise.resolve();
  });
  await Promise.all([run(1), run(2), run(3)]);
  expect(ran).toEqual([1, 3]);
});
