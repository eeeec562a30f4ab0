import { dropAt, type Drop } from '../lib/drop';
import type { Row } from '../lib/tree';

const SLACK = 5;

/** Moving lines of the tree with the pointer. */
export class TreeDrag {
  row = $state.raw<Row | null>(null);
  active = $state(false);
  drop = $state.raw<Drop | null>(null);
  x = $state(0);
  y = $state(0);
  /** True right after a drag, so that its click is not taken for one. */
  justEnded = false;

  readonly #rows: () => Row[];
  readonly #done: (row: Row, drop: Drop) => void;
  #from = { x: 0, y: 0 };

  constructor(rows: () => Row[], done: (row: Row, drop: Drop) => void) {
    this.#rows = rows;
    this.#done = done;
  }

  press(event: PointerEvent, row: Row) {
    if (event.button !== 0 || !row.movable) return;
    this.row = row;
    this.#from = { x: event.clientX, y: event.clientY };
  }

  move(event: PointerEvent) {
    if (!this.row) return;
    this.x = event.clientX;
    this.y = event.clientY;
    const far = Math.hypot(this.x - this.#from.x, this.y - this.#from.y) > SLACK;
    if (!this.active && !far) return;
    this.active = true;
    const target = document.elementFromPoint(this.x, this.y)?.closest<HTMLElement>('[data-row]');
    const over = this.#rows().find(({ id }) => id === target?.dataset.row);
    if (!target || !over || over.id === this.row.id) {
      this.drop = null;
      return;
    }
    const box = target.getBoundingClientRect();
    this.drop = dropAt(this.#rows(), this.row, over, (this.y - box.top) / box.height);
  }

  end() {
    const { row, drop, active } = this;
    this.cancel();
    if (!active) return;
    this.justEnded = true;
    setTimeout(() => (this.justEnded = false));
    if (row && drop) this.#done(row, drop);
  }

  cancel() {
    this.row = null;
    this.active = false;
    this.drop = null;
  }
}
