import type { OpenProject } from './project.svelte';
import type { OpenResource } from './resource.svelte';
import { toasts } from './toasts.svelte';

/** Saves what was typed. Where that fails, shows the resource, says why, and answers false. */
export async function settled(project: OpenProject): Promise<boolean> {
  if (await project.flush()) return true;
  const [tab] = project.unsaved;
  if (tab) project.activate(tab.id);
  toasts.show({
    tone: 'error',
    title: `“${tab ? project.titleOf(tab) : 'An open resource'}” could not be saved.`,
    text: tab ? reason(tab) : '',
    advice: 'Settle it in the editor first, then try again.',
  });
  return false;
}

function reason(tab: OpenResource): string {
  if (tab.outside) return 'Another program changed its file while you edited it.';
  if (tab.saveError) return tab.saveError.message;
  return 'Some of its text is not complete yet.';
}
