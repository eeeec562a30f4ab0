import type { CommitInfo } from '../bindings/CommitInfo';
import type { MergeOutcome } from '../bindings/MergeOutcome';
import type { PushMode } from '../bindings/PushMode';
import type { PushOutcome } from '../bindings/PushOutcome';
import type { Rejection } from '../bindings/Rejection';
import type { ResourceChange } from '../bindings/ResourceChange';
import * as ipc from '../ipc';
import { count } from '../lib/words';
import { attemptLong, openPage } from './attempt';
import { dialogs } from './dialogs.svelte';
import { pull } from './looking';
import type { OpenProject } from './project.svelte';
import { toasts } from './toasts.svelte';
import { undoAction } from './undoing';

/** Says how a push ended and offers what comes next; `again` is the same push. */
export function showPush(
  project: OpenProject,
  outcome: PushOutcome,
  again: () => unknown = () => push(project),
) {
  switch (outcome.outcome) {
    case 'pushed': {
      const page = outcome.pullRequest;
      const what =
        outcome.commits > 0 ? count(outcome.commits, 'commit') : outcome.created ? 'the branch' : 'your work';
      toasts.success(`Pushed ${what} to “${outcome.branch}”.`, {
        text: outcome.backup
          ? `The commits that were replaced are kept on this computer as ${outcome.backup}.`
          : '',
        actions: page ? [{ label: 'Open pull request page', run: () => openPage(page) }] : [],
      });
      return;
    }
    case 'upToDate':
      toasts.show({ title: 'Nothing to push.', text: 'The remote already has all your commits.' });
      return;
    case 'queued':
      toasts.show({ title: outcome.message });
      return;
    case 'unrelated':
      dialogs.open({ kind: 'unrelated', project, during: 'push' });
      return;
    case 'secretsFound':
      dialogs.renew({ kind: 'secrets', project, secrets: outcome.secrets, during: 'push', again });
      return;
    case 'rejected':
      dialogs.open({ kind: 'rejected', project, rejected: outcome });
  }
}

/** Says that the remote refused something other than commits of the current branch. */
export function showRefused({ message, serverText }: Rejection) {
  toasts.show({
    tone: 'error',
    title: message,
    text: serverText,
    advice: 'The remote is as it was.',
    lasts: null,
  });
}

export async function push(
  project: OpenProject,
  mode: PushMode = { mode: 'normal' },
): Promise<PushOutcome | null> {
  const done = await attemptLong(
    project,
    'Pushing',
    (run) => ipc.push(project.id, mode, run),
    () => push(project, mode),
  );
  if (done) showPush(project, done.value, () => push(project, mode));
  return done?.value ?? null;
}

/** The first push of a project: what is not committed yet goes along. */
export async function pushInitial(project: OpenProject): Promise<void> {
  const done = await attemptLong(
    project,
    'Pushing the initial snapshot',
    (run) => ipc.pushInitial(project.id, run),
    () => pushInitial(project),
  );
  if (done) showPush(project, done.value, () => pushInitial(project));
}

const carriedText = (carried: number) =>
  carried > 0 ? `Your ${count(carried, 'uncommitted change')} came along.` : '';

const leftOutText = (dropped: CommitInfo[]) =>
  dropped.length > 0
    ? `Left out, as nothing of it is new: ${dropped.map(({ title }) => `“${title}”`).join(', ')}.`
    : '';

const goesOnText = (goesOn: boolean) =>
  goesOn ? 'The rest of it is for the program that began it: git rebase --continue.' : '';

/** Says how a merge or pull of `from` ended; questions open their dialog. */
export function showMerge(project: OpenProject, outcome: MergeOutcome, from: string) {
  const actions = [undoAction(project)];
  switch (outcome.outcome) {
    case 'upToDate':
      toasts.show({ title: 'Already up to date.', text: `There is nothing new on ${from}.` });
      return;
    case 'fastForward':
      toasts.success(`Brought in ${count(outcome.commits, 'commit')} from ${from}.`, {
        text: [changedText(outcome.changes), carriedText(outcome.carried)].join(' ').trim(),
        actions,
      });
      return;
    case 'merged':
      toasts.success(`Merged ${count(outcome.commits, 'commit')} from ${from} with yours.`, {
        text: [outcome.instead ?? '', changedText(outcome.changes), carriedText(outcome.carried)]
          .join(' ')
          .trim(),
        actions,
      });
      return;
    case 'replayed':
      toasts.success(`Put ${count(outcome.commits, 'commit')} on top of ${from}.`, {
        text: [leftOutText(outcome.dropped), goesOnText(outcome.goesOn), carriedText(outcome.carried)]
          .join(' ')
          .trim(),
        actions,
      });
      return;
    case 'settled':
      toasts.success('Settled.', {
        text: ['Nothing is committed yet.', carriedText(outcome.carried)].join(' ').trim(),
        actions,
      });
      return;
    case 'noRemoteBranch':
      toasts.show({
        title: `The remote has no branch “${outcome.branch}” yet.`,
        text: 'Push it once, then others can pull it.',
        actions: [{ label: 'Push', run: () => push(project) }],
      });
      return;
    case 'unrelated':
      dialogs.open({ kind: 'unrelated', project, during: 'pull' });
      return;
    case 'questions':
      dialogs.open({ kind: 'questions', project, merge: outcome.merge });
  }
}

function changedText(changes: ResourceChange[]): string {
  const files = changes.filter(({ kind }) => kind === 'File').length;
  const resources = changes.length - files;
  const parts = [resources > 0 && count(resources, 'resource'), files > 0 && count(files, 'file')];
  const named = parts.filter(Boolean).join(' and ');
  return named && `${named} changed.`;
}

export async function fetchRemote(project: OpenProject): Promise<void> {
  const done = await attemptLong(
    project,
    'Fetching',
    (run) => ipc.fetchRemote(project.id, run),
    () => fetchRemote(project),
  );
  if (!done) return;
  const behind = project.view?.card.behind ?? 0;
  toasts.success(
    behind > 0
      ? `${count(behind, 'new commit')} on the remote.`
      : 'Fetched. There is nothing new for this branch.',
    behind > 0
      ? {
          actions: [
            { label: 'Pull', run: () => pull(project) },
            { label: 'Look first', run: () => dialogs.open({ kind: 'incoming', project }) },
          ],
        }
      : {},
  );
}
