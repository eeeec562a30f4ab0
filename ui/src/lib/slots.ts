type Key = string | number;

/**
 * Gives each shown line a slot, which is a piece of the page that stays. A line keeps its slot while it is shown, and one that
 * comes takes the slot of one that went, as filling it anew is much less work than making another.
 */
export class Slots {
  /** In the order in which they are shown, so that lines that all come at once need not be moved. */
  #taken = new Map<Key, number>();

  of(keys: Key[]): number[] {
    const before = this.#taken;
    const shown = new Set(keys);
    const free = [...before].filter(([key]) => !shown.has(key)).map(([, slot]) => slot);
    let next = Math.max(-1, ...before.values()) + 1;
    this.#taken = new Map(keys.map((key) => [key, before.get(key) ?? free.shift() ?? next++]));
    return keys.map((key) => this.#taken.get(key) ?? 0);
  }
}
