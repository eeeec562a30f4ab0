import type { CommitInfo } from '../bindings/CommitInfo';
import type { MergeOf } from '../bindings/MergeOf';
import type { MergeOutcome } from '../bindings/MergeOutcome';
import type { MergePreview } from '../bindings/MergePreview';
import * as ipc from '../ipc';
import { attemptLong } from './attempt';
import { dialogs } from './dialogs.svelte';
import type { OpenProject } from './project.svelte';
import { showMerge } from './remote';
import { settled } from './settled';
import { toasts } from './toasts.svelte';
import { undoAction } from './undoing';

/** A commit taken back or taken over, or a branch as one commit. */
export type Applied = Extract<MergeOf, { of: 'revert' | 'cherryPick' | 'squash' }>;

/** Shows what taking a commit back or over would change, before anything is. */
export function applyCommit(project: OpenProject, how: 'revert' | 'cherryPick', commit: CommitInfo) {
  return look(project, { of: how, commit: commit.id }, commit.title);
}

/** Shows what a branch as one commit would change. */
export function squash(project: OpenProject, branch: string) {
  return look(project, { of: 'squash', name: branch }, branch);
}

async function look(project: OpenProject, what: Applied, title: string) {
  if (!(await settled(project))) return;
  dialogs.renew({ kind: 'apply', project, what, title });
}

/** What it would come to; nothing was touched. */
export const previewOf = (project: OpenProject, what: Applied): Promise<MergePreview> =>
  ipc.mergePreview(project.id, what);

const labels: Record<Applied['of'], string> = {
  revert: 'Reverting',
  cherryPick: 'Cherry-picking',
  squash: 'Merging as one commit',
};

const run = (project: OpenProject, what: Applied): Promise<MergeOutcome> => {
  if (what.of === 'revert') return ipc.revert(project.id, what.commit);
  if (what.of === 'cherryPick') return ipc.cherryPick(project.id, what.commit);
  return ipc.squashBranch(project.id, what.name);
};

/** Does it, and says how it ended; questions open their dialog. */
export async function apply(project: OpenProject, what: Applied, title: string): Promise<void> {
  const done = await attemptLong(
    project,
    labels[what.of],
    () => run(project, what),
    () => apply(project, what, title),
    false,
  );
  if (!done) return;
  const outcome = done.value;
  if (outcome.outcome === 'merged' || outcome.outcome === 'fastForward') {
    toasts.success(doneText(what, title), { actions: [undoAction(project)] });
  } else {
    showMerge(project, outcome, `“${title}”`);
  }
}

function doneText(what: Applied, title: string): string {
  if (what.of === 'revert') return `Took back “${title}” with a new commit.`;
  if (what.of === 'cherryPick') return `Took over “${title}” as a new commit.`;
  return `Merged all of “${title}” as one commit.`;
}
