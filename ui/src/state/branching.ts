import type { SwitchOutcome } from '../bindings/SwitchOutcome';
import type { WithChanges } from '../bindings/WithChanges';
import * as ipc from '../ipc';
import type { Answers } from '../ipc';
import { count } from '../lib/words';
import { attemptLong } from './attempt';
import { dialogs } from './dialogs.svelte';
import type { OpenProject } from './project.svelte';
import { showMerge } from './remote';
import { settled } from './settled';
import { toasts } from './toasts.svelte';
import { undoAction } from './undoing';

/** Switches; with uncommitted changes the user says first what becomes of them. */
export async function switchTo(project: OpenProject, branch: string) {
  if (!(await settled(project))) return;
  await project.reload();
  if (project.changed.size > 0) dialogs.open({ kind: 'switch', project, branch });
  else await switchWith(project, branch, 'carry');
}

export async function switchWith(
  project: OpenProject,
  branch: string,
  withChanges: WithChanges,
  answers: Answers = {},
): Promise<void> {
  const done = await attemptLong(
    project,
    `Switching to ${branch}`,
    () => ipc.switchBranch(project.id, branch, withChanges, answers),
    () => switchWith(project, branch, withChanges, answers),
    false,
  );
  if (!done) return;
  if (done.value.outcome === 'disagree') {
    dialogs.open({
      kind: 'disagree',
      what: `Switch to “${branch}”`,
      theirName: `“${branch}”`,
      disagreements: done.value.disagreements,
      go: (next) => switchWith(project, branch, withChanges, next),
    });
    return;
  }
  toasts.success(`You are on “${done.value.branch}” now.`, {
    text: switchText(done.value),
    actions: [undoAction(project)],
  });
}

function switchText(outcome: Extract<SwitchOutcome, { outcome: 'switched' }>): string {
  const parts: string[] = [];
  if (outcome.carried > 0) parts.push(`${count(outcome.carried, 'uncommitted change')} came along.`);
  if (outcome.parked > 0) parts.push(`${count(outcome.parked, 'change')} wait on the branch you left.`);
  if (outcome.unparked > 0) parts.push(`${count(outcome.unparked, 'change')} that waited here are back.`);
  if (outcome.stillParked)
    parts.push('Changes that waited here still wait, because they touch what you brought along.');
  return parts.join(' ');
}

export async function mergeFrom(project: OpenProject, branch: string, answers: Answers = {}): Promise<void> {
  const done = await attemptLong(
    project,
    `Merging ${branch}`,
    () => ipc.mergeBranch(project.id, branch, answers),
    () => mergeFrom(project, branch, answers),
    false,
  );
  if (!done) return;
  showMerge(project, done.value, {
    what: `Merge “${branch}”`,
    their: `“${branch}”`,
    again: (next) => mergeFrom(project, branch, next),
  });
}

/** Brings back the changes that are parked on the current branch. */
export async function unpark(project: OpenProject, answers: Answers = {}): Promise<void> {
  const done = await attemptLong(project, 'Bringing back parked changes', () =>
    ipc.unpark(project.id, answers),
  );
  if (!done) return;
  if (done.value.outcome === 'disagree') {
    dialogs.open({
      kind: 'disagree',
      what: 'Bring back parked changes',
      theirName: 'the parked version',
      disagreements: done.value.disagreements,
      go: (next) => unpark(project, next),
    });
    return;
  }
  toasts.success('The parked changes are back.', { actions: [undoAction(project)] });
}
