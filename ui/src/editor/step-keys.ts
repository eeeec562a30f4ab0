import { isMac, isTextField, matches } from '../lib/shortcuts';
import type { OpenResource } from '../state/resource.svelte';

/** Undo and redo by key in the editor. Code fields have taken theirs before this hears of it. */
export function stepByKey(event: KeyboardEvent, tab: OpenResource) {
  if (event.defaultPrevented || tab.outside) return;
  const back = matches(event, 'Mod+Z');
  const forth = matches(event, 'Mod+Shift+Z') || (!isMac && matches(event, 'Mod+Y'));
  if (!back && !forth) return;
  const done = back ? tab.undo() : tab.redo();
  // A field's own undo knows nothing of the edits that other fields saw.
  if (done || isTextField(event.target)) event.preventDefault();
}
