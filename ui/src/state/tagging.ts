import type { Tag } from '../bindings/Tag';
import * as ipc from '../ipc';
import { attempt, attemptLong } from './attempt';
import type { OpenProject } from './project.svelte';
import { showRefused } from './remote';
import { toasts } from './toasts.svelte';
import { undoAction } from './undoing';

/** Deletes a tag on this computer, and offers to undo. */
export async function deleteTag(project: OpenProject, { name }: Tag) {
  const done = await attempt(project, () => ipc.deleteTag(project.id, name));
  await project.reload();
  if (!done) return;
  toasts.show({
    title: `Deleted the tag “${name}”.`,
    text: 'Only here; a tag of the same name on the remote stays.',
    actions: [undoAction(project)],
  });
}

/** Sends a tag to the remote. */
export async function pushTag(project: OpenProject, { name }: Pick<Tag, 'name'>): Promise<void> {
  const done = await attemptLong(
    project,
    `Pushing the tag ${name}`,
    (run) => ipc.pushTag(project.id, name, run),
    () => pushTag(project, { name }),
  );
  if (!done) return;
  if (done.value.outcome === 'rejected') showRefused(done.value.rejection);
  else if (done.value.outcome === 'upToDate') toasts.show({ title: `The remote has “${name}” already.` });
  else toasts.success(`Pushed the tag “${name}”.`, { text: 'Everybody can see it now.' });
}

/** Says that a tag was made, and offers what comes next. */
export function showTagged(project: OpenProject, name: string) {
  const hasRemote = project.view?.card.remote != null;
  toasts.success(`Tagged as “${name}”.`, {
    text: 'The tag is only on this computer until you push it.',
    actions: [
      ...(hasRemote ? [{ label: 'Push it', run: () => pushTag(project, { name }) }] : []),
      undoAction(project),
    ],
  });
}
