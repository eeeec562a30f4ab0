import type { Parked } from '../bindings/Parked';
import * as ipc from '../ipc';
import { attempt } from './attempt';
import type { OpenProject } from './project.svelte';
import { toasts } from './toasts.svelte';
import { undoAction } from './undoing';

/** Drops what was parked last on a branch, and offers to undo. */
export async function dropParked(project: OpenProject, { branch }: Parked) {
  const done = await attempt(project, () => ipc.dropParked(project.id, branch));
  await project.reload();
  if (!done) return;
  toasts.show({
    title: `Dropped what was parked on “${branch}”.`,
    text: 'Undo brings it back.',
    actions: [undoAction(project)],
  });
}
