import { isRefusal, pasteAt, stepBy, stepIn, stepOut, type Drop } from '../lib/drop';
import type { Row } from '../lib/rows';
import { announcer } from '../state/announcer.svelte';
import type { OpenProject } from '../state/project.svelte';
import { duplicate, inWords, move, remove } from '../state/resources';
import { toasts } from '../state/toasts.svelte';

const ids = (rows: Row[]) => rows.map(({ id }) => id);

/** What can be changed, and not only looked at. */
export const isEditable = (row: Row) => row.type !== 'section' && !row.readOnly;

/** The lines that an action on `row` is about: all that are chosen if it is one of them. Those in others go with these. */
export function targets(project: OpenProject, row: Row): Row[] {
  const selected = project.selection.ids;
  if (selected.size === 1 || !selected.has(row.id)) return [row];
  const chosen = project.rows.filter(({ id, type }) => type === 'node' && selected.has(id));
  return chosen.length > 1 ? chosen : [row];
}

async function moveAndTell(project: OpenProject, rows: Row[], parent: string, before: string | null) {
  const what = inWords(project, ids(rows));
  if (!(await move(project, ids(rows), parent, before))) return;
  project.unfold(parent);
  const moved = project.rows.find(({ id }) => id === rows[0]?.id);
  const where = moved ? `, ${String(moved.position)} of ${String(moved.setSize)}` : '';
  announcer.say(`Moved ${what} in ${inWords(project, [parent])}${where}.`);
}

export const drop = (project: OpenProject, rows: Row[], { parent, before }: Drop) =>
  moveAndTell(project, rows, parent, before);

/** Moves lines one step: among their siblings, out of their folder, or into the folder before. */
export async function step(project: OpenProject, row: Row, to: 'up' | 'down' | 'out' | 'in') {
  const rows = targets(project, row);
  const place =
    to === 'out'
      ? stepOut(project.rows, row)
      : to === 'in'
        ? stepIn(project.rows, row)
        : stepBy(project.rows, rows, to === 'up' ? -1 : 1);
  if (place) await moveAndTell(project, rows, place.parent, place.before);
  else announcer.say('It cannot be moved any further.');
}

export function cut(project: OpenProject, row: Row) {
  const rows = targets(project, row).filter(({ group }) => group !== null);
  if (rows.length === 0) {
    announcer.say('This stays where it is.');
    return;
  }
  project.cut = new Set(ids(rows));
  announcer.say(`Cut ${inWords(project, ids(rows))}. Choose a place and paste.`);
}

/** Moves what was cut to a line: into a folder, else behind it. */
export async function paste(project: OpenProject, row: Row) {
  const rows = project.rows.filter(({ id }) => project.cut.has(id));
  if (rows.length === 0) return;
  const place = pasteAt(project.rows, rows, row);
  if (isRefusal(place)) {
    toasts.show({ title: place.why });
    return;
  }
  project.cut = new Set();
  await drop(project, rows, place);
}

export function removeAll(project: OpenProject, row: Row) {
  const rows = targets(project, row).filter(isEditable);
  const next = nextAfter(project.rows, rows);
  return remove(project, ids(rows)).then(() => {
    if (next !== null && project.selectedId === null) project.selection.only(next);
  });
}

/** The line that takes over when some go. */
function nextAfter(all: Row[], gone: Row[]): string | null {
  const last = gone.at(-1);
  const at = last ? all.indexOf(last) : -1;
  const stays = (row: Row) => !gone.includes(row);
  return (all.slice(at + 1).find(stays) ?? all.slice(0, Math.max(at, 0)).findLast(stays))?.id ?? null;
}

export const duplicateAll = (project: OpenProject, row: Row) =>
  duplicate(
    project,
    ids(targets(project, row).filter((each) => isEditable(each) && each.type === 'node' && !each.problem)),
  );
