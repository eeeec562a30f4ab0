import type { RefMove } from '../bindings/RefMove';
import type { RefPlace } from '../bindings/RefPlace';
import type { UndoPoint } from '../bindings/UndoPoint';
import { count } from '../lib/words';
import type { Step } from './timeline.svelte';

/** What the button says. */
export function goWord({ way, steps }: Step): string {
  if (way === 'back') return steps === 1 ? 'Go back' : `Go back ${count(steps, 'step')}`;
  return steps === 1 ? 'Do again' : `Do ${count(steps, 'step')} again`;
}

/** What happens on the way, as a sentence. */
export function wayText({ way, steps }: Step): string {
  if (way === 'back') {
    return steps === 1
      ? 'Going back takes back this one step.'
      : `Going back to before it takes back ${count(steps, 'step')}, the newest first.`;
  }
  return steps === 1 ? 'It was undone, and can be done again.' : `It and ${before(steps)} are done again.`;
}

const before = (steps: number) => (steps === 2 ? 'the one before it' : `the ${steps - 1} before it`);

/** What it touched, and where that was not the current branch: "2 files, on main". */
export function extentText({ files, branch, remote }: UndoPoint, current: string | null): string {
  if (remote) return 'on the remote';
  const where = branch && branch !== current ? [`on ${branch}`] : [];
  return [...(files > 0 ? [count(files, 'file')] : []), ...where].join(', ');
}

const placeText = (place: RefPlace) => (place.at === 'branch' ? place.name : `“${place.commit.title}”`);

/** A name that moves, as a line of a list. */
export function moveText({ kind, name, from, to }: RefMove): string {
  if (kind === 'head') return to ? `You are on ${placeText(to)} then` : 'You are on no branch then';
  if (kind === 'parked')
    return to ? `The changes parked on ${name} are back` : `The changes parked on ${name} go`;
  const what = kind === 'branch' ? `Branch ${name}` : kind === 'tag' ? `Tag ${name}` : name;
  if (!to) return `${what} goes`;
  return from ? `${what} moves to ${placeText(to)}` : `${what} comes back, at ${placeText(to)}`;
}
