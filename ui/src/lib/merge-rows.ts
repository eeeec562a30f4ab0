import { same, type Fields } from './fields';

/** A row and what tells it from the others: its name, and its number among those of that name. */
type Keyed = Map<string, Fields>;

const isRows = (value: unknown): value is Fields[] =>
  Array.isArray(value) &&
  value.every((row) => typeof row === 'object' && row !== null && typeof (row as Fields).name === 'string');

/** Two changes of one table as one, or null where both changed the same row or the order. */
export function mergeRows(base: unknown, mine: unknown, theirs: unknown): Fields[] | null {
  if (!isRows(base) || !isRows(mine) || !isRows(theirs)) return null;
  const [before, my, their] = [keyed(base), keyed(mine), keyed(theirs)];
  if (reordered(before, my) || reordered(before, their)) return null;
  const merged: Fields[] = [];
  for (const [key, row] of my) {
    const [old, other] = [before.get(key), their.get(key)];
    if (other === undefined) {
      // Theirs deleted it, or only mine has it.
      if (old === undefined) merged.push(row);
      else if (!same(old, row)) return null;
    } else if (old !== undefined && same(old, row)) merged.push(other);
    else if (same(row, other) || (old !== undefined && same(old, other))) merged.push(row);
    else return null;
  }
  for (const [key, row] of their) {
    if (my.has(key)) continue;
    const old = before.get(key);
    if (old === undefined) merged.push(row);
    else if (!same(old, row)) return null;
  }
  return merged;
}

function keyed(rows: Fields[]): Keyed {
  const seen = new Map<string, number>();
  return new Map(
    rows.map((row) => {
      const name = String(row.name);
      const number = seen.get(name) ?? 0;
      seen.set(name, number + 1);
      return [`${number} ${name}`, row];
    }),
  );
}

function reordered(before: Keyed, after: Keyed): boolean {
  const kept = [...after.keys()].filter((key) => before.has(key));
  const old = [...before.keys()].filter((key) => after.has(key));
  return kept.some((key, i) => key !== old[i]);
}
