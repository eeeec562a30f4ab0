import * as ipc from '../ipc';
import { attempt, attemptLong } from '../state/attempt';
import { dialogs } from '../state/dialogs.svelte';
import type { OpenProject } from '../state/project.svelte';
import { toasts } from '../state/toasts.svelte';
import { undoAction } from '../state/undoing';

/** Deletes a branch; one with commits of its own asks first. */
export async function deleteBranch(project: OpenProject, name: string, force: boolean) {
  const done = await attempt(project, () => ipc.deleteBranch(project.id, name, force));
  if (!done) return;
  if (done.value.outcome === 'unmerged') {
    dialogs.open({ kind: 'unmerged', project, branch: name, commits: done.value.commits });
    return;
  }
  await project.reload();
  toasts.show({
    title: `Deleted the branch “${name}”.`,
    text: 'Only here; a branch of the same name on the remote stays.',
    actions: [undoAction(project)],
  });
}

/** Gets a branch of the remote, so that it can be switched to. */
export async function fetchBranch(project: OpenProject, name: string) {
  const done = await attemptLong(project, `Fetching ${name}`, (run) =>
    ipc.fetchBranch(project.id, name, run),
  );
  if (done) toasts.success(`The branch “${name}” is here now.`, { text: 'Switch to it to see its files.' });
}
