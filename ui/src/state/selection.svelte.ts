import type { Row } from '../lib/rows';
import { minus, plus, setOf } from '../lib/sets';

/** Which lines of the tree are chosen, and the one that keys start from. */
export class Selection {
  lead = $state<string | null>(null);
  ids = $state.raw(setOf<string>());
  /** Where a range begins. */
  #anchor: string | null = null;

  only(id: string | null) {
    this.lead = id;
    this.#anchor = id;
    if (this.ids.size === (id === null ? 0 : 1) && (id === null || this.ids.has(id))) return;
    this.ids = setOf(id === null ? [] : [id]);
  }

  /** Takes a line in or out. */
  toggle(id: string) {
    this.ids = this.ids.has(id) ? minus(this.ids, [id]) : plus(this.ids, id);
    this.lead = id;
    this.#anchor = id;
  }

  /** Everything from where the range began to a line. */
  extend(rows: Row[], id: string) {
    const from = rows.findIndex((row) => row.id === this.#anchor);
    const to = rows.findIndex((row) => row.id === id);
    if (from < 0 || to < 0) {
      this.only(id);
      return;
    }
    const range = rows.slice(Math.min(from, to), Math.max(from, to) + 1);
    this.ids = setOf(range.map((row) => row.id));
    this.lead = id;
  }

  all(rows: Row[]) {
    this.ids = setOf(rows.map(({ id }) => id));
  }

  /** Forgets what is not there any more. */
  keep(isThere: (id: string) => boolean) {
    if ([...this.ids].every(isThere)) return;
    this.ids = setOf([...this.ids].filter(isThere));
    if (this.lead !== null && !isThere(this.lead)) this.lead = [...this.ids][0] ?? null;
  }
}
