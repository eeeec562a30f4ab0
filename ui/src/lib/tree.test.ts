import { expect, test } from 'vitest';
import { collection, node } from '../test/data';
import { dropAt, pasteAt, stepBy, stepIn, stepOut } from './drop';
import { placesFor } from './places';
import { rowsOf } from './rows';
import { changesInside, findNode, keepSame } from './tree';

const rows = (folded: string[] = [], filter = '') =>
  rowsOf([collection()], { folded: new Set(folded), filter });
const row = (id: string, all = rows()) => all.find((r) => r.id === id)!;

test('rows carry level, size and position', () => {
  expect(row('req_2')).toMatchObject({ level: 3, setSize: 2, position: 2, holder: 'fld_1', parent: 'fld_1' });
  expect(row('fld_1')).toMatchObject({ level: 2, setSize: 3, position: 1, expanded: true });
});

test('a filter opens what it finds and keeps a folder that matches whole', () => {
  expect(rows(['fld_1'], 'create').map(({ id }) => id)).toEqual(['wrk_1', 'fld_1', 'req_2']);
  expect(rows([], 'shipments').map(({ id }) => id)).toEqual(['wrk_1', 'fld_1', 'req_1', 'req_2']);
  expect(rows([], 'nothing like it')).toEqual([]);
});

test('folders know how many changes they hold', () => {
  const changed = new Map([
    ['env_1', 'modified'],
    ['req_1', 'added'],
    ['req_2', 'modified'],
  ] as const);
  expect([...changesInside([collection()], changed)]).toEqual([
    ['wrk_1', 3],
    ['wrk_1/environments', 1],
    ['fld_1', 2],
  ]);
});

test('a drop lands before, after or inside', () => {
  const all = rows();
  const dragged = [row('req_3', all)];
  expect(dropAt(all, dragged, row('req_2', all), 0.2)).toMatchObject({
    parent: 'fld_1',
    before: 'req_2',
    at: 'before',
  });
  expect(dropAt(all, dragged, row('req_2', all), 0.9)).toMatchObject({
    parent: 'fld_1',
    before: null,
    at: 'after',
  });
  expect(dropAt(all, dragged, row('fld_1', all), 0.5)).toMatchObject({ parent: 'fld_1', at: 'inside' });
  expect(dropAt(all, dragged, row('wrk_1', all), 0.5)).toMatchObject({ parent: 'wrk_1', before: null });
});

test('what cannot land says why', () => {
  const other = collection({
    layout: 'v5',
    id: 'wrk_2',
    items: [node('req_8', 'Request', 'Other')],
    environments: [],
  });
  const all = rowsOf([collection(), other], { folded: new Set(), filter: '' });
  const why = (dragged: string[], over: string, part = 0.2) => {
    const found = dropAt(
      all,
      dragged.map((id) => row(id, all)),
      row(over, all),
      part,
    );
    return 'why' in found ? found.why : null;
  };
  expect(why(['fld_1'], 'req_1')).toBe('A folder cannot be moved into itself.');
  expect(why(['req_3', 'fld_1'], 'req_1')).toBe('A folder cannot be moved into itself.');
  expect(why(['req_1'], 'wrk_1/environments')).toBe('Requests and folders go into a folder or a collection.');
  expect(why(['req_1'], 'req_8')).toBeNull();
  expect(why(['req_1', 'req_3'], 'fld_1', 0.5)).toBeNull();
});

test('environments and tests are moved among their own', () => {
  const full = collection({
    environments: [
      node('env_1', 'Environment', 'Base', [
        node('env_2', 'Environment', 'Staging'),
        node('env_3', 'Environment', 'Live'),
      ]),
    ],
    tests: [
      node('uts_1', 'UnitTestSuite', 'Smoke', [
        node('ut_1', 'UnitTest', 'One'),
        node('ut_2', 'UnitTest', 'Two'),
      ]),
      node('uts_2', 'UnitTestSuite', 'Deep'),
    ],
  });
  const all = rowsOf([full], { folded: new Set(), filter: '' });
  const drop = (id: string, over: string, part: number) => dropAt(all, [row(id, all)], row(over, all), part);
  expect(row('env_1', all).group).toBeNull();
  expect(drop('env_3', 'env_2', 0.2)).toMatchObject({ parent: 'env_1', before: 'env_2' });
  expect(drop('env_2', 'env_1', 0.5)).toMatchObject({ parent: 'env_1', before: null, at: 'inside' });
  expect(drop('env_2', 'fld_1', 0.5)).toHaveProperty('why');
  expect(drop('ut_1', 'uts_2', 0.5)).toMatchObject({ parent: 'uts_2', at: 'inside' });
  expect(drop('ut_2', 'ut_1', 0.1)).toMatchObject({ parent: 'uts_1', before: 'ut_1' });
  expect(drop('uts_2', 'uts_1', 0.1)).toMatchObject({ parent: 'wrk_1', before: 'uts_1' });
  expect(drop('uts_1', 'wrk_1/tests', 0.5)).toMatchObject({ parent: 'wrk_1', before: null });
});

test('a step goes past one sibling, out of a folder or into the one before, and not beyond the ends', () => {
  const all = rows();
  const step = (ids: string[], by: 1 | -1) =>
    stepBy(
      all,
      ids.map((id) => row(id, all)),
      by,
    );
  expect(step(['req_2'], -1)).toEqual({ parent: 'fld_1', before: 'req_1' });
  expect(step(['req_1'], 1)).toEqual({ parent: 'fld_1', before: null });
  expect(step(['req_1'], -1)).toBeNull();
  expect(step(['env_1'], 1)).toBeNull();
  expect(step(['req_1', 'req_2'], 1)).toBeNull();
  expect(step(['req_1', 'req_3'], 1)).toBeNull();
  expect(stepOut(all, row('req_1', all))).toEqual({ parent: 'wrk_1', before: 'req_3' });
  expect(stepIn(all, row('req_3', all))).toEqual({ parent: 'fld_1', before: null });
  expect(stepOut(all, row('req_3', all))).toBeNull();
});

test('what was cut goes into a folder or behind a line', () => {
  const all = rows();
  const cut = [row('req_3', all)];
  expect(pasteAt(all, cut, row('fld_1', all))).toMatchObject({ parent: 'fld_1', before: null });
  expect(pasteAt(all, cut, row('req_1', all))).toMatchObject({ parent: 'fld_1', before: 'req_2' });
});

test('a tree that is read again keeps all that is as it was', () => {
  const before = [collection()];
  expect(keepSame(before, [collection()])).toBe(before);
  const renamed = collection();
  renamed.items[1] = { ...renamed.items[1]!, name: 'Alive' };
  const after = keepSame(before, [renamed]);
  expect(after).not.toBe(before);
  expect(after[0]?.items[0]).toBe(before[0]?.items[0]);
  expect(findNode(after, 'req_3')?.name).toBe('Alive');
});

test('places are folders and collections, also of other collections', () => {
  const folder = node('fld_9', 'RequestGroup', 'Elsewhere');
  const other = collection({ id: 'wrk_2', items: [folder], environments: [] });
  const ids = (id: string, more = other) => placesFor([collection(), more], [id]).map((place) => place.id);
  expect(ids('req_1')).toEqual(['wrk_1', 'fld_1', 'wrk_2', 'fld_9']);
  expect(ids('fld_1')).toEqual(['wrk_1', 'wrk_2', 'fld_9']);
  expect(ids('req_1', { ...other, layout: 'v5' })).toEqual(['wrk_1', 'fld_1', 'wrk_2', 'fld_9']);
  expect(placesFor([collection()], ['req_1']).find(({ current }) => current)?.id).toBe('fld_1');
});
