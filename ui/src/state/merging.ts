import type { LandOutcome } from '../bindings/LandOutcome';
import type { MergeOf } from '../bindings/MergeOf';
import type { MergeView } from '../bindings/MergeView';
import * as ipc from '../ipc';
import { attempt, attemptLong } from './attempt';
import { showSwitch } from './branching';
import { dialogs } from './dialogs.svelte';
import type { OpenProject } from './project.svelte';
import { showMerge } from './remote';
import { isConflict } from '../questions/words';
import { settled } from './settled';
import { toasts } from './toasts.svelte';
import { undoAction } from './undoing';

/** Lands the merge that waits, and says how it ended. What it still asks is left to the one who calls. */
export async function landMerge(project: OpenProject): Promise<LandOutcome | null> {
  const done = await attemptLong(
    project,
    'Merging',
    () => ipc.landMerge(project.id),
    () => landMerge(project),
    false,
  );
  return done?.value ?? null;
}

/** Says how a merge that waited landed. */
export function showLanded(project: OpenProject, landed: LandOutcome, merge: MergeView) {
  if (landed.of === 'switch') showSwitch(project, landed.switch, merge.of.of === 'unpark');
  else {
    const replayed = landed.merge.outcome === 'replayed';
    showMerge(project, landed.merge, replayed ? (merge.onto ?? merge.into) : merge.from);
  }
}

/** Shows the questions of the merge that waits. */
export async function openQuestions(project: OpenProject) {
  if (await settled(project)) dialogs.open({ kind: 'questions', project });
}

/** Drops the merge that waits; answers that may have been given go with it, so that is asked about first. */
export async function dropMerge(project: OpenProject, what: MergeOf, answered = Infinity): Promise<boolean> {
  const outside = what.of === 'outside';
  const sure =
    (answered === 0 && !outside) ||
    (await dialogs.confirm({
      title: outside ? 'Take it back?' : 'Drop it, with the answers given so far?',
      text: isConflict(what)
        ? 'The files in conflict, and what is staged, go back to the last commit. What you edited besides stays, a stash stays in git’s list, and what is nowhere else is parked.'
        : outside
          ? 'Your project goes back to what it was before it began. What you edited besides stays.'
          : 'Your project stays as it is. You can start again at any time, and are then asked again.',
      confirm: outside ? 'Take back' : 'Drop',
      danger: true,
    }));
  if (!sure) return false;
  const done = await attempt(project, () => ipc.abortMerge(project.id));
  await project.reload();
  if (done && outside) toasts.success('Taken back.', { actions: [undoAction(project)] });
  else if (done) toasts.show({ title: 'Dropped.', text: 'Nothing in your project was changed by it.' });
  return done !== null;
}
