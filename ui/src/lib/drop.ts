import type { Group, Row } from './rows';

/** Where dragged resources would land. */
export interface Drop {
  parent: string;
  /** Sibling they land before; null: at the end. */
  before: string | null;
  /** Row that shows the mark. */
  row: string;
  at: 'before' | 'after' | 'inside';
}

/** Why they cannot land there, in words. */
export interface Refusal {
  row: string;
  why: string;
}

/** What can be put into a row. */
function takes(row: Row): Group | null {
  if (row.readOnly || row.problem) return null;
  if (row.type === 'collection' || row.kind === 'RequestGroup') return 'request';
  if (row.type === 'section') return row.kind === 'UnitTestSuite' ? 'suite' : null;
  if (row.kind === 'UnitTestSuite') return 'test';
  return row.kind === 'Environment' && row.group === null ? 'environment' : null;
}

/** Resource that holds what is put into a row. */
const holderOf = (row: Row) => (row.type === 'section' ? row.collection : row.id);

const homes: Record<Group, string> = {
  request: 'Requests and folders go into a folder or a collection.',
  environment: 'Environments stay below the base environment of their collection.',
  suite: 'Test suites go under the tests of a collection.',
  test: 'Tests go into a test suite.',
};

/** True where `id` is one of `ancestors` or lies below one. */
export function isWithin(rows: Row[], id: string, ancestors: ReadonlySet<string>): boolean {
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (let row = byId.get(id); row; row = row.holder === null ? undefined : byId.get(row.holder)) {
    if (ancestors.has(row.id)) return true;
  }
  return false;
}

/** Why `dragged` cannot be put beside or into `row`; null where nothing speaks against it. */
function refusal(rows: Row[], dragged: Row[], row: Row): string | null {
  const [first] = dragged;
  if (!first) return 'Nothing is dragged.';
  if (dragged.some(({ group }) => group !== first.group)) {
    return 'Things of different kinds are moved one kind at a time.';
  }
  if (row.readOnly) return 'This collection can only be shown.';
  if (row.problem) return 'This file cannot be read, so nothing is put beside it.';
  if (isWithin(rows, row.id, new Set(dragged.map(({ id }) => id)))) {
    return 'A folder cannot be moved into itself.';
  }
  if (first.group === 'environment' && dragged.some((from) => from.collection !== row.collection)) {
    return homes.environment;
  }
  return null;
}

/** The next sibling of a row that is not itself dragged. */
function nextSibling(rows: Row[], row: Row, dragged: Row[]): string | null {
  const from = rows.indexOf(row) + 1;
  for (let i = from; i < rows.length; i += 1) {
    const next = rows[i];
    if (!next || next.level < row.level) return null;
    const isSibling = next.holder === row.holder && next.group === row.group;
    if (isSibling && !dragged.includes(next)) return next.id;
  }
  return null;
}

/** What a drop over `row` would do, with the pointer `part` (0 to 1) of its height down. */
export function dropAt(rows: Row[], dragged: Row[], row: Row, part: number): Drop | Refusal {
  const why = refusal(rows, dragged, row);
  if (why !== null) return { row: row.id, why };
  const group = dragged[0]?.group ?? null;
  const into = takes(row) === group;
  const beside = row.group === group && row.parent !== null;
  if (into && (!beside || (part > 0.25 && (part < 0.75 || row.expanded)))) {
    const first = row.expanded ? rows[rows.indexOf(row) + 1] : undefined;
    const atTop = beside && part >= 0.75 && first?.holder === row.id && !dragged.includes(first);
    return { parent: holderOf(row), before: atTop ? first.id : null, row: row.id, at: 'inside' };
  }
  if (!beside || row.parent === null) {
    return { row: row.id, why: group === null ? 'This stays where it is.' : homes[group] };
  }
  if (part <= 0.5) return { parent: row.parent, before: row.id, row: row.id, at: 'before' };
  return { parent: row.parent, before: nextSibling(rows, row, dragged), row: row.id, at: 'after' };
}

export const isRefusal = (drop: Drop | Refusal): drop is Refusal => 'why' in drop;

type Place = Pick<Drop, 'parent' | 'before'>;

const siblingsOf = (rows: Row[], row: Row) =>
  rows.filter(({ holder, group }) => holder === row.holder && group === row.group);

/** The place one line up or down among the siblings of rows that stand in one list. */
export function stepBy(rows: Row[], moved: Row[], by: 1 | -1): Place | null {
  const [first] = moved;
  if (!first || first.group === null || first.parent === null) return null;
  if (moved.some(({ holder, group }) => holder !== first.holder || group !== first.group)) return null;
  const siblings = siblingsOf(rows, first);
  const places = moved.map((row) => siblings.indexOf(row));
  const at = by < 0 ? Math.min(...places) - 1 : Math.max(...places) + 1;
  if (at < 0 || at >= siblings.length) return null;
  return { parent: first.parent, before: siblings[by < 0 ? at : at + 1]?.id ?? null };
}

/** The place behind the folder that holds a row. */
export function stepOut(rows: Row[], row: Row): Place | null {
  const holder = rows.find(({ id }) => id === row.holder);
  if (row.group !== 'request' || holder?.group !== 'request' || holder.parent === null) return null;
  return { parent: holder.parent, before: nextSibling(rows, holder, []) };
}

/** The end of the folder that stands before a row. */
export function stepIn(rows: Row[], row: Row): Place | null {
  if (row.group !== 'request') return null;
  const siblings = siblingsOf(rows, row);
  const before = siblings[siblings.indexOf(row) - 1];
  return before?.kind === 'RequestGroup' ? { parent: before.id, before: null } : null;
}

/** Where what was cut is put when it is pasted at a row: into what holds such things, else behind the row. */
export function pasteAt(rows: Row[], moved: Row[], row: Row): Drop | Refusal {
  const inside = dropAt(rows, moved, row, 0.5);
  if (isRefusal(inside) || inside.at === 'inside') return inside;
  return dropAt(rows, moved, row, 1);
}
