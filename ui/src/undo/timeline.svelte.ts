import type { ErrorView } from '../bindings/ErrorView';
import type { Timeline } from '../bindings/Timeline';
import type { UndoPoint } from '../bindings/UndoPoint';
import type { UndoPreview } from '../bindings/UndoPreview';
import * as ipc from '../ipc';
import { toErrorView } from '../lib/errors';
import type { OpenProject } from '../state/project.svelte';

/** A point of the line of time, and where it lies. */
export interface Step {
  point: UndoPoint;
  /** Back to before what was done, or forth to after what was undone. */
  way: 'back' | 'forth';
  /** How many steps lead there. */
  steps: number;
}

const none: Step[] = [];

/** From the latest to the earliest: what was undone, and below it what can be. */
export function stepsOf({ undo, redo }: Timeline): Step[] {
  const forth = redo.map((point, at) => ({ point, way: 'forth' as const, steps: at + 1 }));
  const back = undo.map((point, at) => ({ point, way: 'back' as const, steps: at + 1 }));
  return [...forth.reverse(), ...back];
}

/** What can be undone and done again, the step a person looks at, and what it would change. */
export class UndoTimeline {
  readonly #project: OpenProject;
  #timeline = $state.raw<Timeline | null>(null);
  error = $state.raw<ErrorView | null>(null);
  #pickedId = $state<string | null>(null);
  look = $state.raw<UndoPreview | null>(null);
  lookError = $state.raw<ErrorView | null>(null);

  readonly loaded = $derived(this.#timeline !== null);
  readonly steps = $derived(this.#timeline ? stepsOf(this.#timeline) : none);
  /** How many of them were undone: now comes after these. */
  readonly undone = $derived(this.#timeline?.redo.length ?? 0);
  readonly picked = $derived(this.steps.find(({ point }) => point.id === this.#pickedId) ?? null);

  constructor(project: OpenProject) {
    this.#project = project;
  }

  async load() {
    try {
      this.#timeline = await ipc.timeline(this.#project.id);
      this.error = null;
    } catch (thrown) {
      this.error = toErrorView(thrown);
      return;
    }
    await this.pick(this.picked ?? this.steps[this.undone] ?? this.steps.at(-1));
  }

  /** Looks at a step; what it would change is read. */
  async pick(step: Step | undefined) {
    const id = step?.point.id ?? null;
    if (id !== this.#pickedId) this.look = null;
    this.#pickedId = id;
    this.lookError = null;
    if (id === null) return;
    try {
      const look = await ipc.undoPreview(this.#project.id, id);
      if (this.#pickedId === id) this.look = look;
    } catch (thrown) {
      if (this.#pickedId === id) this.lookError = toErrorView(thrown);
    }
  }

  /** Whether a step is taken on the way to the one that is picked. */
  isOnTheWay({ way, steps }: Step): boolean {
    return this.picked !== null && way === this.picked.way && steps <= this.picked.steps;
  }
}
