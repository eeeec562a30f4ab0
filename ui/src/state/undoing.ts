import * as ipc from '../ipc';
import { attempt } from './attempt';
import type { OpenProject } from './project.svelte';
import { toasts } from './toasts.svelte';

export async function undo(project: OpenProject) {
  if (!(await project.flush())) return;
  const done = await attempt(project, () => ipc.undo(project.id));
  await project.reload();
  if (done) {
    toasts.show({
      title: `Undone: ${done.value.label}.`,
      actions: [{ label: 'Redo', run: () => redo(project) }],
    });
  }
}

export async function redo(project: OpenProject) {
  if (!(await project.flush())) return;
  const done = await attempt(project, () => ipc.redo(project.id));
  await project.reload();
  if (done) {
    toasts.show({
      title: `Done again: ${done.value.label}.`,
      actions: [{ label: 'Undo', run: () => undo(project) }],
    });
  }
}
