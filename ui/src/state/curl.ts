import type { FieldEdit } from '../bindings/FieldEdit';
import * as ipc from '../ipc';
import { copyText } from '../lib/copy';
import { same } from '../lib/fields';
import { attempt } from './attempt';
import type { OpenProject } from './project.svelte';
import type { OpenResource } from './resource.svelte';
import { settled } from './settled';
import { toasts } from './toasts.svelte';

/** What a command says of a request. Its name is not among it: that one stays. */
const filled = ['url', 'method', 'body', 'parameters', 'headers', 'authentication'];

export const looksLikeCurl = (text: string) => /^\s*(\$\s*)?curl(\.exe)?\s/i.test(text);

/** Fills an open request from a cURL command. */
export async function fillFromCurl(tab: OpenResource, text: string) {
  const done = await attempt(null, () => ipc.parseCurl(text));
  if (!done) return;
  if (!done.value) {
    toasts.show({ tone: 'error', title: 'This is no cURL command that can be read.' });
    return;
  }
  const { fields } = done.value;
  const edits: FieldEdit[] = filled
    .filter((path) => path in fields && !same(fields[path], tab.fields[path]))
    .map((path) => ({ path, value: fields[path] }));
  tab.sealStep();
  tab.editAll(edits);
  tab.sealStep();
  toasts.show({
    title: 'Filled from the cURL command.',
    actions: [{ label: 'Undo', run: () => tab.undo() }],
  });
}

/** Puts a request on the clipboard as a cURL command. */
export async function copyCurl(project: OpenProject, id: string) {
  if (!(await settled(project))) return;
  const done = await attempt(project, () => ipc.copyAsCurl(project.id, id, null));
  if (!done) return;
  if (await copyText(done.value)) toasts.show({ title: 'Copied as a cURL command.' });
  else toasts.show({ tone: 'error', title: 'The clipboard cannot be used.' });
}
