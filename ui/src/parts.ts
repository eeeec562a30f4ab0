// What is no part of the first look, and most of the page: the editors, and the dialogs.
import { Later } from './lib/later.svelte';

export const resourceEditor = new Later(async () => (await import('./editor/ResourceEditor.svelte')).default);
export const dialogBody = new Later(async () => (await import('./dialogs/DialogBody.svelte')).default);
/** Finds a hit of the search in the editor, and knows the editor of code for that. */
export const hits = new Later(async () => (await import('./lib/goto')).showHit);

/** Fetches one after the other, so that the window can be used meanwhile. */
export async function fetchParts(): Promise<void> {
  for (const part of [resourceEditor, dialogBody, hits]) await part.fetch();
}
