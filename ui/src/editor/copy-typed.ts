import { copyText } from '../lib/copy';
import { toasts } from '../state/toasts.svelte';

/** Copies what was typed and cannot be saved, and says so. */
export async function copyTyped(text: string) {
  if (await copyText(text)) toasts.show({ title: 'Copied what you typed.' });
  else toasts.show({ tone: 'error', title: 'The clipboard cannot be used.' });
}
