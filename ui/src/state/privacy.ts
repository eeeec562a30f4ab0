import { dialogs } from './dialogs.svelte';
import type { OpenProject } from './project.svelte';
import type { OpenResource } from './resource.svelte';
import { toasts } from './toasts.svelte';
import { undoAction } from './undoing';

/** Moves an environment out of the files that Git sees, or back into them. */
export async function setPrivate(project: OpenProject, tab: OpenResource, wanted: boolean) {
  const name = project.titleOf(tab);
  if (!wanted && !(await maySharing(name))) return;
  tab.edit('isPrivate', wanted);
  const saved = await tab.flush();
  await project.reload();
  if (!saved) return;
  toasts.show({
    title: wanted ? `“${name}” is kept out of Git.` : `“${name}” is shared.`,
    text: wanted
      ? 'The next commit removes it from the repository. Older commits keep what they held; change secrets that were in one.'
      : 'It goes into the next commit.',
    actions: [undoAction(project)],
  });
}

const maySharing = (name: string) =>
  dialogs.confirm({
    title: `Share “${name}” with everyone?`,
    text: 'Its values go into the repository with the next commit, and stay in the history from then on.',
    confirm: 'Share it',
  });
