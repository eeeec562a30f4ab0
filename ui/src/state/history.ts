import { dialogs } from './dialogs.svelte';
import type { OpenProject } from './project.svelte';
import { settled } from './settled';

/** Why the last commit cannot be replaced; nothing where it can, as far as is known. */
export function whyNotAmend(project: OpenProject): string | undefined {
  if (project.branch === null) return 'You are on no branch. Switch to one first.';
  if (project.view?.card.head?.at === 'unborn') return 'There is no commit yet.';
  if (project.view?.card.ahead === 0) return 'The last commit is pushed already, and others may have it.';
  return undefined;
}

/** Is what is open a resource that commits can hold? */
export function hasHistory(project: OpenProject): boolean {
  return project.active?.view != null && !project.active.id.includes('/');
}

/** Shows every version of a resource. */
export async function openResourceHistory(project: OpenProject, id: string) {
  if (await settled(project)) dialogs.renew({ kind: 'resource-history', project, id });
}
