import type { ErrorView } from '../bindings/ErrorView';
import type { Repaired } from '../bindings/Repaired';
import * as ipc from '../ipc';
import { isCancelled, toErrorView } from '../lib/errors';
import { count, shortId } from '../lib/words';
import { dialogs } from './dialogs.svelte';
import { operations } from './operations.svelte';
import type { OpenProject } from './project.svelte';
import { toasts } from './toasts.svelte';

const HEADS = 'refs/heads/';
/** Codes of errors that have nothing to do with the remote. */
const OF_DISK = new Set(['busy', 'damaged', 'git', 'internal', 'io', 'not-a-repository', 'unsupported']);

/** Makes a damaged repository whole. Where the remote is needed and does not answer, asks whether to go without. */
export async function repair(project: OpenProject, offline = false): Promise<void> {
  try {
    const done = await operations.run(project.id, 'Repairing', (run) => ipc.repair(project.id, offline, run));
    await project.reload();
    toasts.success(isSound(done) ? 'Nothing is damaged.' : 'Repaired. Your files are as they were.', {
      text: told(done).join(' '),
    });
  } catch (thrown) {
    const error = toErrorView(thrown);
    if (isCancelled(thrown)) {
      toasts.show({ title: 'Cancelled.', text: 'Nothing was changed.' });
    } else if (offline || OF_DISK.has(error.code)) {
      toasts.error(error, [{ label: 'Try again', run: () => repair(project, offline) }]);
    } else if (await goesWithout(error)) {
      await repair(project, true);
    }
  }
}

const goesWithout = (error: ErrorView) =>
  dialogs.confirm({
    title: 'Repair without the remote?',
    text: `${error.message} What only the remote has stays missing until a later repair.`,
    confirm: 'Repair without it',
  });

function isSound({ setAside, broughtBack, missing, refs, index }: Repaired): boolean {
  return setAside.length + broughtBack + missing + refs.length === 0 && !index;
}

function told({ broughtBack, missing, refs }: Repaired): string[] {
  const branches = refs.flatMap(({ name, after }) => {
    if (!name.startsWith(HEADS)) return [];
    const branch = `“${name.slice(HEADS.length)}”`;
    return after
      ? [`${branch} is at ${shortId(after)}, its newest commit that can be read.`]
      : [`No commit of ${branch} can be read any more.`];
  });
  return [
    ...(broughtBack > 0 ? [`${count(broughtBack, 'lost object')} brought back.`] : []),
    ...branches,
    ...(missing > 0 ? [`${count(missing, 'object')} still missing: fetch from where they may be.`] : []),
  ];
}
