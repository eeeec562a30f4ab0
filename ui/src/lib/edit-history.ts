import type { FieldEdit } from '../bindings/FieldEdit';
import { same, valueAt, type Fields } from './fields';

/** One field before and after a step. */
interface Turn {
  path: string;
  before: unknown;
  after: unknown;
}

/** What one undo takes back. */
interface Step {
  turns: Turn[];
  /** When it was last added to, in milliseconds. */
  at: number;
}

/** Where an edit came from: typed, or from the undo of a code field. */
export type EditOrigin = 'typed' | 'undo' | 'redo';

/** Typing on in the same field within this time, in milliseconds, is one step. */
const ONE_STEP = 700;
const MAX_STEPS = 500;

/** The edits of one resource, to step back and forth through; as long as it is open. */
export class EditHistory {
  #done: Step[] = [];
  #undone: Step[] = [];
  #sealed = true;

  get canUndo() {
    return this.#done.length > 0;
  }

  get canRedo() {
    return this.#undone.length > 0;
  }

  /** The next edit begins a step of its own. */
  seal() {
    this.#sealed = true;
  }

  /** Notes edits before they are made to `fields`. */
  record(fields: Fields, edits: FieldEdit[], origin: EditOrigin, now: number) {
    const turns = edits.map(({ path, value }) => ({ path, before: valueAt(fields, path), after: value }));
    if (turns.every(({ before, after }) => same(before, after))) return;
    if (origin !== 'typed' && this.#follow(turns, origin)) return;
    this.#undone = [];
    const last = this.#done.at(-1);
    const isTyping = turns.every(({ after }) => typeof after === 'string' || Array.isArray(after));
    const goesOn =
      last && isTyping && !this.#sealed && now - last.at < ONE_STEP && samePaths(last.turns, turns);
    this.#done = goesOn
      ? [...this.#done.slice(0, -1), { at: now, turns: joined(last.turns, turns) }]
      : [...this.#done, { at: now, turns }].slice(-MAX_STEPS);
    this.#sealed = false;
  }

  /** The edits that take the last step back. A step whose field was changed from elsewhere since is passed over. */
  undo(fields: Fields): FieldEdit[] {
    const step = takeLast(this.#done, (turn) => same(valueAt(fields, turn.path), turn.after));
    if (!step) return [];
    this.#undone.push(step);
    this.seal();
    return step.turns.map(({ path, before }) => ({ path, value: before })).reverse();
  }

  /** The edits that make the step taken back last again. */
  redo(fields: Fields): FieldEdit[] {
    const step = takeLast(this.#undone, (turn) => same(valueAt(fields, turn.path), turn.before));
    if (!step) return [];
    this.#done.push(step);
    this.seal();
    return step.turns.map(({ path, after }) => ({ path, value: after }));
  }

  /** A code field has an undo of its own: the step it belongs to follows. False where it belongs to none. */
  #follow(turns: Turn[], origin: 'undo' | 'redo'): boolean {
    const [from, to] = origin === 'undo' ? [this.#done, this.#undone] : [this.#undone, this.#done];
    const step = from.at(-1);
    if (!step || !samePaths(step.turns, turns)) return false;
    const here = origin === 'undo' ? ('before' as const) : ('after' as const);
    const there = origin === 'undo' ? ('after' as const) : ('before' as const);
    const rest = step.turns.map((turn, i) => ({ ...turn, [there]: turns[i]?.after }));
    from.pop();
    if (!rest.every((turn) => same(turn.before, turn.after))) from.push({ ...step, turns: rest });
    const moved = step.turns.map((turn, i) => ({ ...turn, [here]: turns[i]?.after }));
    const next = to.at(-1);
    const meets =
      next &&
      samePaths(next.turns, moved) &&
      next.turns.every((turn, i) => same(turn[here], moved[i]?.[there]));
    if (meets) {
      to.pop();
      to.push({ ...step, turns: next.turns.map((turn, i) => ({ ...turn, [here]: moved[i]?.[here] })) });
    } else to.push({ ...step, turns: moved });
    return true;
  }
}

/** Removes steps from the end until one still fits, and returns that. */
function takeLast(steps: Step[], fits: (turn: Turn) => boolean): Step | null {
  for (let step = steps.pop(); step; step = steps.pop()) {
    if (step.turns.every(fits)) return step;
  }
  return null;
}

const samePaths = (a: Turn[], b: Turn[]) =>
  a.length === b.length && a.every(({ path }, i) => path === b[i]?.path);

const joined = (first: Turn[], then: Turn[]) => first.map((turn, i) => ({ ...turn, after: then[i]?.after }));
