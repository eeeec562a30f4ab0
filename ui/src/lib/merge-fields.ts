import type { FieldEdit } from '../bindings/FieldEdit';
import { same, valueAt, type Fields } from './fields';
import { mergeRows } from './merge-rows';

/** One field that was changed here and in the file. An absent value means that the field is not there. */
export interface FieldConflict {
  path: string;
  base: unknown;
  mine: unknown;
  theirs: unknown;
  /** True where mine is a text that cannot be a value yet. */
  unfinished?: boolean;
}

export interface Reconciled {
  /** Edits that can be made to the file as it is now. */
  edits: FieldEdit[];
  conflicts: FieldConflict[];
}

/** Joins edits that wait with a file that changed: what touches other fields, or other rows of a table, goes together. */
export function reconcile(base: Fields, theirs: Fields, waiting: FieldEdit[]): Reconciled {
  const edits: FieldEdit[] = [];
  const conflicts: FieldConflict[] = [];
  for (const edit of waiting) {
    const before = valueAt(base, edit.path);
    const now = valueAt(theirs, edit.path);
    if (same(now, edit.value)) continue;
    if (same(before, now)) {
      edits.push(edit);
      continue;
    }
    const rows = mergeRows(before, edit.value, now);
    if (rows) edits.push({ path: edit.path, value: rows });
    else conflicts.push({ path: edit.path, base: before, mine: edit.value, theirs: now });
  }
  return { edits, conflicts };
}
