import type { ResourceChange } from '../bindings/ResourceChange';

export interface ChangeGroup {
  key: string;
  /** Collection and folders, outermost first; empty for files beside collections. */
  location: string[];
  changes: ResourceChange[];
}

/** Changes by the collection and folder that hold them, in the order they came. */
export function groupChanges(changes: ResourceChange[]): ChangeGroup[] {
  const groups = new Map<string, ChangeGroup>();
  for (const change of changes) {
    const key = change.location.join('\u0000');
    const group = groups.get(key) ?? { key, location: change.location, changes: [] };
    group.changes.push(change);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** A line of a list of changes. */
export type ChangeLine =
  | { type: 'group'; key: string; group: ChangeGroup }
  | { type: 'change'; key: string; change: ResourceChange }
  /** What differs only in bookkeeping, folded away. */
  | { type: 'fold'; key: string; changes: ResourceChange[]; open: boolean };

/** All lines of a list: what people see, then what only programs do. */
export function listLines(changes: ResourceChange[], open: boolean): ChangeLine[] {
  const real = changes.filter(({ onlyBookkeeping }) => !onlyBookkeeping);
  const folded = changes.filter(({ onlyBookkeeping }) => onlyBookkeeping);
  const lines = changeLines(groupChanges(real));
  if (folded.length === 0) return lines;
  const fold: ChangeLine = { type: 'fold', key: 'fold', changes: folded, open };
  return [...lines, fold, ...(open ? changeLines(groupChanges(folded), 'folded ') : [])];
}

/** Groups and their changes, one below the other. */
const changeLines = (groups: ChangeGroup[], prefix = ''): ChangeLine[] =>
  groups.flatMap((group) => [
    { type: 'group' as const, key: `${prefix}group ${group.key}`, group },
    ...group.changes.map((change) => ({
      type: 'change' as const,
      key: `${change.id} ${change.path}`,
      change,
    })),
  ]);

export const changeWords: Record<ResourceChange['change'], { letter: string; word: string }> = {
  added: { letter: 'A', word: 'Added' },
  modified: { letter: 'M', word: 'Changed' },
  deleted: { letter: 'D', word: 'Deleted' },
  renamed: { letter: 'R', word: 'Renamed' },
  moved: { letter: '→', word: 'Moved' },
};
