import * as ipc from '../ipc';
import { attempt } from './attempt';
import type { OpenProject } from './project.svelte';
import { toasts } from './toasts.svelte';

/** Moves the token in the address of the remote to the keychain; where that refuses, it stays. */
export async function moveAddressToken(project: OpenProject) {
  const done = await attempt(project, () => ipc.moveAddressToken(project.id));
  await project.reload();
  if (!done) return;
  toasts.success('The login is in the keychain.', {
    text: 'The address of the remote does not hold it any more.',
  });
}
