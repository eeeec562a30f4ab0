import * as ipc from '../ipc';
import { attempt } from './attempt';
import type { OpenProject } from './project.svelte';
import { settled } from './settled';
import { toasts, type ToastAction } from './toasts.svelte';

/** For the message about something that was just done: undoes that, and nothing that came later. */
export function undoAction(project: OpenProject): ToastAction {
  const point = project.view?.undo?.id ?? null;
  return { label: 'Undo', run: () => undo(project, point) };
}

/** Undoes the newest thing, or only `expected` while it is the newest. */
export async function undo(project: OpenProject, expected: string | null = null) {
  if (!(await settled(project))) return;
  const done = await attempt(project, () => ipc.undo(project.id, expected));
  await project.reload();
  if (done) {
    toasts.show({
      title: `Undone: ${done.value.label}.`,
      actions: [{ label: 'Redo', run: () => redo(project) }],
    });
  }
}

export async function redo(project: OpenProject) {
  if (!(await settled(project))) return;
  const done = await attempt(project, () => ipc.redo(project.id));
  await project.reload();
  if (done) {
    toasts.show({
      title: `Done again: ${done.value.label}.`,
      actions: [undoAction(project)],
    });
  }
}
