type Key = string | number;

/**
 * Gives each shown line a slot, which is a piece of the page that stays. A line keeps its slot while it is shown, and one that
 * comes takes the slot of one that went, as filling it anew is much less work than making another.
 */
export class Slots {
  #taken = new Map<Key, number>();

  of(keys: Key[]): number[] {
    const before = this.#taken;
    const taken = new Map<Key, number>();
    for (const key of keys) {
      const slot = before.get(key);
      if (slot !== undefined) taken.set(key, slot);
    }
    const used = new Set(taken.values());
    const free = [...before.values()].filter((slot) => !used.has(slot));
    let next = Math.max(-1, ...before.values()) + 1;
    for (const key of keys) {
      if (!taken.has(key)) taken.set(key, free.shift() ?? next++);
    }
    this.#taken = taken;
    return keys.map((key) => taken.get(key) ?? 0);
  }
}
