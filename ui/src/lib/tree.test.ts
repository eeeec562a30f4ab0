import { expect, test } from 'vitest';
import { collection, node } from '../test/data';
import { dropAt, stepBy } from './drop';
import { placesFor } from './places';
import { holdersOfChanges, rowsOf } from './tree';

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

test('folders that hold changes are known', () => {
  const holders = holdersOfChanges([collection()], new Map([['env_1', 'modified']]));
  expect([...holders]).toEqual(['wrk_1', 'wrk_1/environments']);
});

test('a drop lands before, after or inside', () => {
  const all = rows();
  const dragged = row('req_3', all);
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

test('nothing lands inside itself, in a section or in another collection file', () => {
  const other = collection({
    layout: 'v5',
    id: 'wrk_2',
    items: [node('req_8', 'Request', 'Other')],
    environments: [],
  });
  const all = rowsOf([collection(), other], { folded: new Set(), filter: '' });
  expect(dropAt(all, row('fld_1', all), row('req_1', all), 0.2)).toBeNull();
  expect(dropAt(all, row('req_1', all), row('wrk_1/environments', all), 0.2)).toBeNull();
  expect(dropAt(all, row('req_1', all), row('req_8', all), 0.2)).toBeNull();
});

test('a step goes past one sibling and not beyond the ends', () => {
  const all = rows();
  expect(stepBy(all, row('req_2', all), -1)).toEqual({ parent: 'fld_1', before: 'req_1' });
  expect(stepBy(all, row('req_1', all), 1)).toEqual({ parent: 'fld_1', before: null });
  expect(stepBy(all, row('req_1', all), -1)).toBeNull();
  expect(stepBy(all, row('env_1', all), 1)).toBeNull();
});

test('places are folders and collections, of other collections only where files are apart', () => {
  const folder = node('fld_9', 'RequestGroup', 'Elsewhere');
  const other = collection({ id: 'wrk_2', items: [folder], environments: [] });
  const ids = (id: string, more = other) => placesFor([collection(), more], id).map((place) => place.id);
  expect(ids('req_1')).toEqual(['wrk_1', 'fld_1', 'wrk_2', 'fld_9']);
  expect(ids('fld_1')).toEqual(['wrk_1', 'wrk_2', 'fld_9']);
  expect(ids('req_1', { ...other, layout: 'v5' })).toEqual(['wrk_1', 'fld_1']);
  expect(placesFor([collection()], 'req_1').find(({ current }) => current)?.id).toBe('fld_1');
});
