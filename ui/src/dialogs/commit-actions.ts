import type { ErrorView } from '../bindings/ErrorView';
import type { ResourceChange } from '../bindings/ResourceChange';
import type { Secret } from '../bindings/Secret';
import * as ipc from '../ipc';
import { isCancelled, toErrorView } from '../lib/errors';
import { count } from '../lib/words';
import { attempt, report, wayOut } from '../state/attempt';
import { dialogs } from '../state/dialogs.svelte';
import { operations } from '../state/operations.svelte';
import type { OpenProject } from '../state/project.svelte';
import { push as pushCommits, showPush } from '../state/remote';
import { toasts } from '../state/toasts.svelte';
import { undoAction } from '../state/undoing';

/** Commits, and says how it went; an error that left the commit undone is returned for the dialog. */
export async function commitChanges(
  project: OpenProject,
  message: string,
  only: string[] | null,
  push: boolean,
  done: () => void,
): Promise<ErrorView | null> {
  try {
    const answer = await operations.run(project.id, push ? 'Committing and pushing' : 'Committing', (run) =>
      ipc.commit(project.id, message, only, push, run),
    );
    if (answer.outcome === 'secretsFound') {
      askAboutSecrets(project, answer.secrets, () => commitChanges(project, message, only, push, done));
      return null;
    }
    done();
    await project.reload();
    if (answer.pushError && isCancelled(answer.pushError)) {
      toasts.show({ title: 'Committed; the push was cancelled.', actions: [undoAction(project)] });
    } else if (answer.pushError) {
      toasts.error(
        { ...answer.pushError, unchanged: 'The commit stands, but it was not pushed.' },
        wayOut(answer.pushError, project, () => pushCommits(project)),
      );
    } else if (answer.push) {
      showPush(project, answer.push);
    } else {
      toasts.success(`Committed “${answer.commit.title}”.`, {
        text: alongText(answer.along),
        actions: [undoAction(project)],
      });
    }
    return null;
  } catch (thrown) {
    await project.reload();
    if (!isCancelled(thrown)) return toErrorView(thrown);
    report(thrown, project);
    return null;
  }
}

/** Replaces the last commit, and says how it went; an error that left it as it was is returned for the dialog. */
export async function amendCommit(
  project: OpenProject,
  message: string,
  only: string[] | null,
  done: () => void,
): Promise<ErrorView | null> {
  try {
    const answer = await operations.run(
      project.id,
      'Replacing the last commit',
      () => ipc.amend(project.id, message, only),
      false,
    );
    if (answer.outcome === 'secretsFound') {
      askAboutSecrets(project, answer.secrets, () => amendCommit(project, message, only, done));
      return null;
    }
    done();
    await project.reload();
    toasts.success(`The last commit is “${answer.commit.title}” now.`, {
      text: alongText(answer.along),
      actions: [undoAction(project)],
    });
    return null;
  } catch (thrown) {
    await project.reload();
    return toErrorView(thrown);
  }
}

/** Nothing was committed: each value is asked about, and then it is tried again. */
function askAboutSecrets(project: OpenProject, secrets: Secret[], commit: () => Promise<ErrorView | null>) {
  const again = async () => {
    const failed = await commit();
    if (failed) report(failed, project);
  };
  dialogs.renew({ kind: 'secrets', project, secrets, during: 'commit', again });
}

/** What was taken along because the rest needs it. */
function alongText(names: string[]): string {
  if (names.length === 0) return '';
  const named =
    names.length > 3 ? count(names.length, 'more item') : names.map((name) => `“${name}”`).join(', ');
  return `${named} went along, as the rest needs ${names.length === 1 ? 'it' : 'them'}.`;
}

/** Discards at once and offers to undo. `only` null discards everything. */
export async function discardChanges(project: OpenProject, which: ResourceChange[], only: string[] | null) {
  const done = await attempt(project, () => ipc.discard(project.id, only));
  await project.reload();
  if (!done) return;
  const [first] = which;
  toasts.show({
    title:
      which.length === 1 && first
        ? `Discarded the change of “${first.name}”.`
        : `Discarded changes in ${count(done.value.files, 'file')}.`,
    text: alongText(done.value.along),
    actions: [undoAction(project)],
  });
}
