import type { Allow } from '../bindings/Allow';
import type { MovedSecret } from '../bindings/MovedSecret';
import type { Secret } from '../bindings/Secret';
import * as ipc from '../ipc';
import { attempt } from './attempt';
import { dialogs } from './dialogs.svelte';
import type { OpenProject } from './project.svelte';
import { settled as typedIsSaved } from './settled';
import { toasts } from './toasts.svelte';
import { undoAction } from './undoing';

/** What a person decided about a value that looks like a secret. */
export type Settled = Allow | 'moved';

/** Moves a value out of its field; null where that did not work, which is told. */
export async function moveOut(project: OpenProject, secret: Secret): Promise<MovedSecret | null> {
  if (!(await typedIsSaved(project))) return null;
  const done = await attempt(project, () => ipc.moveSecret(project.id, secret.fingerprint));
  await project.reload();
  if (!done) return null;
  const { variable, environmentName } = done.value;
  const title = `Moved to the private environment “${environmentName}” as “${variable}”.`;
  if (secret.commit) {
    toasts.show({
      title,
      text: `The commit “${secret.commit.title}” still holds the value. Add the change to it, then push.`,
      actions: [
        {
          label: 'Add to last commit…',
          run: () => dialogs.open({ kind: 'commit', project, amend: true }),
        },
        undoAction(project),
      ],
      lasts: null,
    });
  } else {
    toasts.success(title, { actions: [undoAction(project)] });
  }
  return done.value;
}

/** Lets through what is allowed; false where that did not work, which is told. */
export async function letThrough(project: OpenProject, all: ReadonlyMap<string, Settled>): Promise<boolean> {
  for (const how of ['once', 'field'] as const) {
    const fingerprints = [...all]
      .filter(([, decided]) => decided === how)
      .map(([fingerprint]) => fingerprint);
    if (fingerprints.length === 0) continue;
    const done = await attempt(project, () => ipc.allowSecrets(project.id, fingerprints, how));
    if (!done) return false;
  }
  return true;
}
