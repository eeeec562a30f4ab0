import type { Kind } from '../bindings/Kind';
import * as ipc from '../ipc';
import { kindNames } from '../lib/kinds';
import { count } from '../lib/words';
import { attempt } from './attempt';
import { dialogs } from './dialogs.svelte';
import { operations } from './operations.svelte';
import type { OpenProject } from './project.svelte';
import type { OpenResource } from './resource.svelte';
import { showPush } from './remote';
import { settled } from './settled';
import { toasts } from './toasts.svelte';
import { undoAction } from './undoing';

/** Creates a resource, opens it and lets the user name it in the tree. */
export async function create(project: OpenProject, kind: Kind, parent: string) {
  const name = `New ${kindNames[kind].toLowerCase().replace('api ', 'API ')}`;
  const done = await attempt(project, () => ipc.createResource(project.id, kind, parent, name));
  if (!done) return;
  project.unfold(parent);
  // A search would hide what is named next.
  project.filter = '';
  await project.reload();
  project.reveal(done.value.id);
  project.open(done.value.id, 'keep');
  project.renamingId = done.value.id;
}

export async function rename(project: OpenProject, id: string, name: string) {
  project.renamingId = null;
  const wanted = name.trim();
  if (wanted === '' || wanted === project.nameOf(id)) return;
  if (!(await settled(project))) return;
  await attempt(project, () => ipc.renameResource(project.id, id, wanted));
  await project.reload();
}

/** Copies resources in one step; a single copy is opened. */
export async function duplicate(project: OpenProject, ids: string[]) {
  if (!(await settled(project))) return;
  const done = await attempt(project, () => ipc.duplicateResources(project.id, ids));
  await project.reload();
  const [copy, ...more] = done?.value ?? [];
  if (copy !== undefined && more.length === 0) project.open(copy, 'keep');
}

/** Deletes resources in one step and offers to undo. */
export async function remove(project: OpenProject, ids: string[]) {
  const what = inWords(project, ids);
  if (!(await settled(project))) return;
  const known = project.tabs.filter((tab) => project.nameOf(tab.id) !== null);
  for (const id of ids) await project.close(id);
  const done = await attempt(project, () => ipc.deleteResources(project.id, ids));
  await project.reload();
  if (!done) return;
  for (const tab of known) {
    if (project.nameOf(tab.id) === null) await project.close(tab.id);
  }
  toasts.show({ title: `Deleted ${what}.`, actions: [undoAction(project)] });
}

/** Brings a file back as it was in the newest commit in which it could be read, and says which. */
export async function restoreReadable(project: OpenProject, tab: OpenResource) {
  const path = tab.textPath;
  if (path === null || !(await tab.flush())) return;
  const name = tab.view?.name ?? path;
  const done = await attempt(project, () => ipc.restoreReadable(project.id, path));
  await project.reload();
  if (!done) return;
  toasts.success(`“${name}” is back as it was in “${done.value.title}”.`, {
    text: 'Look at it, then commit it.',
    actions: [undoAction(project)],
  });
}

/** Moves resources in one step, before a child of `parent` or to its end; true where it worked. */
export async function move(project: OpenProject, ids: string[], parent: string, before: string | null) {
  if (!(await settled(project))) return false;
  const done = await attempt(project, () => ipc.moveResources(project.id, ids, parent, before));
  await project.reload();
  return done !== null;
}

/** One by its name, several by their number. */
export function inWords(project: OpenProject, ids: string[]): string {
  const [id, ...more] = ids;
  if (id === undefined || more.length > 0) return count(ids.length, 'resource');
  const name = project.nameOf(id);
  return name === null ? 'it' : `“${name}”`;
}

export async function createCollection(project: OpenProject, name: string, design: boolean) {
  const { id, snapshot, notice } = await operations.run(project.id, 'Creating the collection', (run) =>
    ipc.createCollection(project.id, name, design, run),
  );
  await project.reload();
  project.open(id, 'keep');
  if (notice) toasts.show({ title: notice });
  else if (snapshot) showPush(project, snapshot);
  return id;
}

/** Makes a single file of a collection of the tree, once the user has read what happens and what stays. */
export async function convert(project: OpenProject, id: string) {
  const yes = await dialogs.confirm({
    title: 'Convert to a single file?',
    text:
      'The collection moves from the .insomnia folder into one file, as Insomnia 11 and later keep it, and that is ' +
      'committed at once. Proto files and socket messages, which Insomnia has no place for there, are kept beside it. ' +
      'Undo brings everything back.',
    confirm: 'Convert',
  });
  if (!yes || !(await settled(project))) return;
  const done = await attempt(project, () => ipc.convertCollection(project.id, id));
  await project.reload();
  if (done?.value.notice) toasts.show({ title: done.value.notice });
}
