import * as ipc from '../ipc';
import { attempt, attemptLong } from '../state/attempt';
import { dialogs } from '../state/dialogs.svelte';
import type { OpenProject } from '../state/project.svelte';
import { showRefused } from '../state/remote';
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

/** Deletes a branch of the remote, for everybody, after asking; its commits are kept here. */
export async function deleteRemoteBranch(project: OpenProject, name: string): Promise<void> {
  const sure = await dialogs.confirm({
    title: `Delete “${name}” on the remote?`,
    text: 'Nobody can get it from there any more. If somebody has pushed to it since you last looked, nothing is deleted. Its commits are kept on this computer, so that you can push the branch back.',
    confirm: 'Delete on the remote',
    danger: true,
  });
  if (!sure) return;
  const done = await attemptLong(
    project,
    `Deleting ${name} on the remote`,
    (run) => ipc.deleteRemoteBranch(project.id, name, run),
    () => deleteRemoteBranch(project, name),
  );
  if (!done) return;
  const outcome = done.value;
  if (outcome.outcome === 'rejected') {
    showRefused(outcome.rejection);
  } else if (outcome.outcome === 'upToDate') {
    toasts.show({ title: `The remote has no branch “${name}” any more.` });
  } else {
    const { backup } = outcome;
    toasts.show({
      title: `Deleted “${name}” on the remote.`,
      text: backup ? 'What it held is kept on this computer.' : '',
      actions: backup ? [{ label: 'Push it back', run: () => bringBack(project, name, backup) }] : [],
    });
  }
}

/** Takes branches off the list that the remote does not have any more, and says which they were. */
export async function pruneBranches(project: OpenProject): Promise<void> {
  const done = await attemptLong(
    project,
    'Looking for branches that are gone',
    (run) => ipc.pruneBranches(project.id, run),
    () => pruneBranches(project),
  );
  if (!done) return;
  const gone = done.value.map(({ name }) => `“${name}”`);
  if (gone.length === 0) {
    toasts.show({ title: 'The remote has every branch on the list.' });
    return;
  }
  toasts.success(`Off the list: ${listed(gone)}.`, {
    text: `The remote does not have ${gone.length === 1 ? 'it' : 'them'} any more.`,
    actions: [undoAction(project)],
  });
}

/** The first few names of a list. */
export const listed = (names: string[]) =>
  names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');

/** Pushes what a deleted branch of the remote held, if nobody has made one of its name since. */
async function bringBack(project: OpenProject, name: string, backup: string) {
  const done = await attemptLong(project, `Pushing ${name} back`, (run) =>
    ipc.pushBack(project.id, backup, null, run),
  );
  if (!done) return;
  if (done.value.outcome === 'rejected') showRefused(done.value.rejection);
  else toasts.success(`“${name}” is on the remote again.`);
}

/** Gets a branch of the remote, so that it can be switched to. */
export async function fetchBranch(project: OpenProject, name: string) {
  const done = await attemptLong(project, `Fetching ${name}`, (run) =>
    ipc.fetchBranch(project.id, name, run),
  );
  if (done) toasts.success(`The branch “${name}” is here now.`, { text: 'Switch to it to see its files.' });
}
