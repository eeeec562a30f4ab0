import type { MergeOf } from '../bindings/MergeOf';
import type { MergePreview } from '../bindings/MergePreview';
import * as ipc from '../ipc';
import { attemptLong } from './attempt';
import { dialogs } from './dialogs.svelte';
import { showMerge } from './remote';
import type { OpenProject } from './project.svelte';
import { settings } from './settings.svelte';

/** What is looked at before it lands. */
export type Shown = Extract<MergeOf, { of: 'pull' | 'branch' }>;

/** Pulls. What comes is shown first where there is something, and the user wants to see it. */
export async function pull(project: OpenProject): Promise<void> {
  const what: Shown = { of: 'pull' };
  if (!settings.value.showBeforePull || waits(project, what)) {
    await pullNow(project);
    return;
  }
  const done = await attemptLong(
    project,
    'Fetching',
    (run) => ipc.pullPreview(project.id, run),
    () => pull(project),
  );
  if (done) await show(project, what, done.value);
}

/** Pulls without a look: what comes was seen already, or need not be. */
export async function pullNow(project: OpenProject): Promise<void> {
  const done = await attemptLong(
    project,
    'Pulling',
    (run) => ipc.pull(project.id, run),
    () => pullNow(project),
  );
  if (done) showMerge(project, done.value, upstreamOf(project));
}

/** Merges a branch into the current one, after a look at what comes. */
export async function mergeFrom(project: OpenProject, branch: string): Promise<void> {
  const what: Shown = { of: 'branch', name: branch };
  if (waits(project, what)) {
    await landShown(project, what, branch);
    return;
  }
  const done = await attemptLong(
    project,
    `Looking at ${branch}`,
    () => ipc.mergePreview(project.id, what),
    () => mergeFrom(project, branch),
    false,
  );
  if (done) await show(project, what, done.value);
}

/** Lands what was shown. What came to the remote meanwhile is not in it. */
export async function landShown(project: OpenProject, what: Shown, from: string): Promise<void> {
  const done = await attemptLong(
    project,
    what.of === 'pull' ? 'Pulling' : `Merging ${what.name}`,
    () => (what.of === 'pull' ? ipc.pullFetched(project.id) : ipc.mergeBranch(project.id, what.name)),
    () => landShown(project, what, from),
    false,
  );
  if (done) showMerge(project, done.value, what.of === 'pull' ? from : `“${what.name}”`);
}

/** With nothing to look at, landing says why. */
async function show(project: OpenProject, what: Shown, look: MergePreview) {
  if (look.outcome === 'ready') dialogs.open({ kind: 'preview', project, what, merge: look.merge });
  else await landShown(project, what, upstreamOf(project));
}

/** A merge that waits was looked at already. */
const waits = ({ view, branch }: OpenProject, what: Shown) =>
  view?.waiting?.branch === branch && nameOf(view?.waiting?.what) === nameOf(what);

const nameOf = (what: MergeOf | undefined) => {
  if (what?.of === 'branch') return `branch ${what.name}`;
  return what?.of === 'rebase' ? 'pull' : (what?.of ?? null);
};

const upstreamOf = ({ view }: OpenProject) => view?.upstream ?? 'the remote';
