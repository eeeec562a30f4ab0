import type { ExportFormat } from '../bindings/ExportFormat';
import type { ImportSource } from '../bindings/ImportSource';
import * as ipc from '../ipc';
import { count } from '../lib/words';
import type { OpenProject } from './project.svelte';
import { settled } from './settled';
import { toasts } from './toasts.svelte';
import { undoAction } from './undoing';

/** Imports, shows what is new, and offers to undo. False where what was typed elsewhere could not be saved first. */
export async function importCollections(
  project: OpenProject,
  source: ImportSource,
  into: string | null,
): Promise<boolean> {
  if (!(await settled(project))) return false;
  const { ids, names, report } = await ipc.importCollections(project.id, source, into);
  project.filter = '';
  await project.reload();
  const first = ids[0];
  if (first !== undefined) {
    project.unfold(first);
    project.reveal(first);
    project.open(first, 'keep');
  }
  const requests = report.taken.find(({ kind }) => kind === 'Request')?.count ?? 0;
  const what = names.length === 1 ? `“${names[0] ?? ''}”` : count(names.length, 'collection');
  toasts.success(`Imported ${what} with ${count(requests, 'request')}.`, { actions: [undoAction(project)] });
  return true;
}

/** Exports to a file that the user chooses; false where none was chosen. */
export async function exportTo(
  project: OpenProject,
  id: string,
  name: string,
  format: ExportFormat,
): Promise<boolean> {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '_')
    .slice(0, 60);
  const file = await ipc.pickSave('Export to', `${plain}.${format === 'curl' ? 'sh' : 'yaml'}`);
  if (file === null || !(await settled(project))) return false;
  const { path, notes } = await ipc.exportCollection(project.id, id, file, format, true);
  toasts.success(`Exported to ${path}.`, notes.length > 0 ? { text: notes.join(' '), lasts: null } : {});
  return true;
}
