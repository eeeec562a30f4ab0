import type { CommitInfo } from '../bindings/CommitInfo';
import type { ResourceChange } from '../bindings/ResourceChange';
import * as ipc from '../ipc';
import { attempt } from './attempt';
import type { OpenProject } from './project.svelte';
import { settled } from './settled';
import { toasts } from './toasts.svelte';
import { undoAction } from './undoing';

/** Puts a resource back as it was in a commit. */
export function restore(
  project: OpenProject,
  commit: CommitInfo,
  { id, name }: Pick<ResourceChange, 'id' | 'name'>,
) {
  return putBack(project, commit, id, `“${name}” is back as it was in that commit.`);
}

/** Puts one field of a resource back as it was in a commit. */
export function restoreField(
  project: OpenProject,
  commit: CommitInfo,
  id: string,
  field: { path: string; label: string },
) {
  return putBack(
    project,
    commit,
    `${id}:${field.path}`,
    `${capital(field.label)} is back as it was in that commit.`,
  );
}

async function putBack(project: OpenProject, commit: CommitInfo, what: string, title: string) {
  if (!(await settled(project))) return;
  const done = await attempt(project, () => ipc.restoreResource(project.id, commit.id, what));
  await project.reload();
  if (!done) return;
  toasts.success(title, { text: 'Look at it, then commit it.', actions: [undoAction(project)] });
}

const capital = (text: string) => text.replace(/^[a-z]/, (letter) => letter.toUpperCase());
