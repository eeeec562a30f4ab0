import type { RemoteMove } from '../bindings/RemoteMove';
import type { UndoPoint } from '../bindings/UndoPoint';
import * as ipc from '../ipc';
import { count, shortId } from '../lib/words';
import type { Step } from '../undo/timeline.svelte';
import { attempt, attemptLong } from './attempt';
import { dialogs } from './dialogs.svelte';
import type { OpenProject } from './project.svelte';
import { settled } from './settled';
import { toasts, type ToastAction } from './toasts.svelte';

/** For the message about something that was just done: undoes that, and nothing that came later. */
export function undoAction(project: OpenProject): ToastAction {
  const point = project.view?.undo?.id ?? null;
  return { label: 'Undo', run: () => undo(project, point) };
}

/** Undoes the newest thing, or only `expected` while it is the newest. */
export async function undo(project: OpenProject, expected: string | null = null) {
  if (!(await settled(project))) return;
  const done = await attempt(project, () => ipc.undo(project.id, expected));
  await project.reload();
  if (done) {
    toasts.show({
      title: `Undone: ${done.value.label}.`,
      ...(done.value.remote ? onRemoteText(done.value.remote) : {}),
      actions: [
        { label: 'Redo', run: () => redo(project) },
        ...(done.value.remote ? [pushBackAction(project, done.value.remote)] : []),
      ],
    });
  }
}

export async function redo(project: OpenProject) {
  if (!(await settled(project))) return;
  const done = await attempt(project, () => ipc.redo(project.id));
  await project.reload();
  if (done) {
    toasts.show({
      title: `Done again: ${done.value.label}.`,
      actions: [undoAction(project)],
    });
  }
}

/** Goes to a point of the timeline; true where the project is there. */
export async function goTo(project: OpenProject, step: Step): Promise<boolean> {
  const { way, point } = step;
  const done = await attemptLong(
    project,
    way === 'back' ? 'Going back' : 'Doing again',
    () => (way === 'back' ? ipc.undoTo(project.id, point.id) : ipc.redoTo(project.id, point.id)),
    undefined,
    false,
  );
  if (!done) return false;
  const taken = done.value;
  const moved = taken.flatMap(({ remote }) => remote ?? [])[0];
  toasts.success(`${wentText(way, taken)}.`, {
    ...(moved ? onRemoteText(moved) : {}),
    actions: [await wayBack(project, step), ...(moved ? [pushBackAction(project, moved)] : [])],
  });
  return true;
}

function wentText(way: Step['way'], taken: UndoPoint[]): string {
  const [only] = taken;
  const what = taken.length === 1 && only ? only.label : count(taken.length, 'step');
  return way === 'back' ? `Undone: ${what}` : `Done again: ${what}`;
}

/** The way back of a walk of several steps is as long. */
async function wayBack(project: OpenProject, { way, steps }: Step): Promise<ToastAction> {
  const known = await ipc.timeline(project.id).catch(() => null);
  const turned = way === 'back' ? 'forth' : 'back';
  const point = (turned === 'forth' ? known?.redo : known?.undo)?.[steps - 1];
  const label = way === 'back' ? 'Redo' : 'Undo';
  return point
    ? { label, run: () => goTo(project, { point, way: turned, steps }) }
    : { label, run: () => (way === 'back' ? redo(project) : undo(project)) };
}

const onRemoteText = ({ branch }: RemoteMove) => ({
  text: `“${branch}” of the remote stays as it is; only another push takes back what was done there.`,
});

const pushBackAction = (project: OpenProject, moved: RemoteMove): ToastAction => ({
  label: 'Push it back…',
  run: () => pushBack(project, moved),
});

/** Pushes what a branch of the remote held before, if nobody has moved it since. */
export async function pushBack(project: OpenProject, moved: RemoteMove): Promise<void> {
  const sure = await dialogs.confirm({
    title: `Push back what “${moved.branch}” of the remote held?`,
    text: moved.after
      ? `It leads to ${shortId(moved.before)} again, for everybody. What it holds now is kept on this computer. If somebody has pushed since, nothing is pushed.`
      : `The branch is made again at ${shortId(moved.before)}. If somebody has made one of this name since, nothing is pushed.`,
    confirm: 'Push it back',
    danger: moved.after !== null,
  });
  if (!sure) return;
  const done = await attemptLong(project, 'Pushing back', (run) =>
    ipc.pushBack(project.id, moved.backup, moved.after, run),
  );
  if (!done) return;
  const outcome = done.value;
  if (outcome.outcome === 'rejected') {
    const { message, serverText } = outcome.rejection;
    toasts.show({
      tone: 'error',
      title: message,
      text: serverText,
      advice: 'The remote is as it was.',
      lasts: null,
    });
    return;
  }
  toasts.success(`“${moved.branch}” of the remote holds ${shortId(moved.before)} again.`, {
    text:
      outcome.outcome === 'done' && outcome.backup
        ? `What was replaced is kept on this computer as ${outcome.backup}.`
        : '',
  });
}
