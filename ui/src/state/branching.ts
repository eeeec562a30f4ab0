import type { SwitchOutcome } from '../bindings/SwitchOutcome';
import type { WithChanges } from '../bindings/WithChanges';
import * as ipc from '../ipc';
import { count } from '../lib/words';
import { attemptLong } from './attempt';
import { dialogs } from './dialogs.svelte';
import type { OpenProject } from './project.svelte';
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

/** Gets a branch that only the remote has, and switches to it. */
export async function bringBranch(project: OpenProject, branch: string) {
  const done = await attemptLong(
    project,
    `Fetching ${branch}`,
    (run) => ipc.fetchBranch(project.id, branch, run),
    () => bringBranch(project, branch),
  );
  if (done) await switchTo(project, branch);
}

export async function switchWith(
  project: OpenProject,
  branch: string,
  withChanges: WithChanges,
): Promise<void> {
  const done = await attemptLong(
    project,
    `Switching to ${branch}`,
    () => ipc.switchBranch(project.id, branch, withChanges),
    () => switchWith(project, branch, withChanges),
    false,
  );
  if (done) showSwitch(project, done.value);
}

/** Says how a switch, or the return of parked changes, ended; questions open their dialog. */
export function showSwitch(project: OpenProject, outcome: SwitchOutcome, unparked = false) {
  const actions = [undoAction(project)];
  if (outcome.outcome === 'questions') {
    dialogs.open({ kind: 'questions', project, merge: outcome.merge });
  } else if (unparked) {
    toasts.success('The parked changes are back.', { actions });
  } else {
    toasts.success(`You are on “${outcome.branch}” now.`, { text: switchText(outcome), actions });
  }
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

/** Brings back the changes that are parked on the current branch. */
export async function unpark(project: OpenProject): Promise<void> {
  const done = await attemptLong(project, 'Bringing back parked changes', () => ipc.unpark(project.id));
  if (done) showSwitch(project, done.value, true);
}
