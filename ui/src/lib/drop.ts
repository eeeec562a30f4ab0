import type { Row } from './tree';

/** Where a dragged resource would land. */
export interface Drop {
  parent: string;
  /** Sibling it lands before; null: at the end. */
  before: string | null;
  /** Row that shows the mark. */
  row: string;
  at: 'before' | 'after' | 'inside';
  level: number;
}

const holds = (row: Row) => row.type === 'collection' || row.kind === 'RequestGroup';

interface Kept {
  collection: string;
  layout: Row['layout'];
}

/** Resources in files of their own move to other collections too; those inside a collection file stay in it. */
export const reaches = (from: Kept, to: Kept) =>
  from.collection === to.collection || (from.layout === 'legacy' && to.layout === 'legacy');

/** The place one line up or down among the siblings of a row. */
export function stepBy(rows: Row[], row: Row, by: 1 | -1): Pick<Drop, 'parent' | 'before'> | null {
  if (!row.movable || row.parent === null) return null;
  const siblings = rows.filter(({ holder, movable }) => holder === row.holder && movable);
  const at = siblings.indexOf(row) + by;
  if (at < 0 || at >= siblings.length) return null;
  return { parent: row.parent, before: siblings[by < 0 ? at : at + 1]?.id ?? null };
}

/** True where `id` is `ancestor` or lies below it. */
export function isWithin(rows: Row[], id: string, ancestor: string): boolean {
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (let row = byId.get(id); row; row = row.holder === null ? undefined : byId.get(row.holder)) {
    if (row.id === ancestor) return true;
  }
  return false;
}

/** The drop for a pointer over `row`, `part` (0 to 1) of its height down. */
export function dropAt(rows: Row[], dragged: Row, row: Row, part: number): Drop | null {
  if (row.readOnly || !reaches(dragged, row) || row.type === 'section') return null;
  if (isWithin(rows, row.id, dragged.id)) return null;
  if (!holds(row) && !row.movable) return null;

  if (row.type === 'collection') {
    return { parent: row.id, before: null, row: row.id, at: 'inside', level: row.level };
  }
  if (holds(row) && part > 0.25 && (part < 0.75 || row.expanded)) {
    const first = row.expanded ? rows[rows.indexOf(row) + 1] : undefined;
    const before = first && first.holder === row.id && part >= 0.75 ? first.id : null;
    return { parent: row.id, before, row: row.id, at: 'inside', level: row.level };
  }
  if (!row.movable || row.parent === null) return null;
  if (part <= 0.5) return { parent: row.parent, before: row.id, row: row.id, at: 'before', level: row.level };
  const next = rows.find((r) => r.holder === row.holder && r.movable && r.position === row.position + 1);
  if (next?.id === dragged.id) {
    const after = rows.find((r) => r.holder === row.holder && r.movable && r.position === row.position + 2);
    return { parent: row.parent, before: after?.id ?? null, row: row.id, at: 'after', level: row.level };
  }
  return { parent: row.parent, before: next?.id ?? null, row: row.id, at: 'after', level: row.level };
}
