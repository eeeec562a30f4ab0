import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { FieldChange } from '../bindings/FieldChange';
import type { ResourceChange } from '../bindings/ResourceChange';

/** How much of something is chosen. */
export type Extent = 'all' | 'some' | 'none';

/** The fields a person can choose one by one; none where a resource goes in as a whole. */
export function choosable({ change, fields }: ResourceChange): FieldChange[] {
  if (change === 'added' || change === 'deleted') return [];
  const real = fields.filter(({ bookkeeping }) => !bookkeeping);
  return real.length > 1 ? real : [];
}

/** What is chosen of a list of changes: resources, and fields of them. */
export class Selection {
  changes = $state.raw<ResourceChange[]>([]);
  /** Fields that were left out, by resource; a resource without an entry is chosen as a whole or not at all. */
  readonly #without = new SvelteMap<string, SvelteSet<string>>();
  readonly #off = new SvelteSet<string>();

  /** Of which something goes in. */
  readonly picked = $derived(this.changes.filter((change) => this.of(change) !== 'none'));
  readonly isEverything = $derived(this.changes.every((change) => this.of(change) === 'all'));

  /** A new list. What is new in it goes in; what was left out stays out. */
  replace(changes: ResourceChange[]) {
    const isThere = (id: string) => changes.some((change) => change.id === id);
    for (const id of [...this.#off]) if (!isThere(id)) this.#off.delete(id);
    for (const id of [...this.#without.keys()]) if (!isThere(id)) this.#without.delete(id);
    this.changes = changes;
  }

  of(change: ResourceChange): Extent {
    if (this.#off.has(change.id)) return 'none';
    const without = this.#without.get(change.id);
    const fields = choosable(change);
    const left = fields.filter(({ path }) => without?.has(path)).length;
    return left === 0 ? 'all' : left === fields.length ? 'none' : 'some';
  }

  hasField({ id }: ResourceChange, path: string): boolean {
    return !this.#off.has(id) && !this.#without.get(id)?.has(path);
  }

  choose(changes: ResourceChange[], on: boolean) {
    for (const { id } of changes) {
      this.#without.delete(id);
      if (on) this.#off.delete(id);
      else this.#off.add(id);
    }
  }

  chooseField(change: ResourceChange, path: string, on: boolean) {
    const { id } = change;
    const all = choosable(change).map((field) => field.path);
    const without = new SvelteSet(this.#off.has(id) ? all : this.#without.get(id));
    this.#off.delete(id);
    if (on) without.delete(path);
    else without.add(path);
    if (without.size === 0) this.#without.delete(id);
    else this.#without.set(id, without);
  }

  /** For the shell: null for everything, else `ID` or `ID:FIELD`. */
  only(): string[] | null {
    if (this.isEverything) return null;
    return this.picked.flatMap((change) =>
      this.of(change) === 'all'
        ? [change.id]
        : choosable(change)
            .filter(({ path }) => this.hasField(change, path))
            .map(({ path }) => `${change.id}:${path}`),
    );
  }
}

/** How much of several changes is chosen. */
export function extentOf(selection: Selection, changes: ResourceChange[]): Extent {
  const [first = 'none', ...rest] = changes.map((change) => selection.of(change));
  return rest.every((extent) => extent === first) ? first : 'some';
}
