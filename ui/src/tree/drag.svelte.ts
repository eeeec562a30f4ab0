import { dropAt, isRefusal, type Drop, type Refusal } from '../lib/drop';
import type { Row } from '../lib/rows';

/** Pixels before a press becomes a drag. */
const SLACK = 5;
/** Milliseconds over a folded line until it opens. */
const OPENS_AFTER = 600;
/** Pixels from an edge of the list in which it scrolls, and how far it does so in a frame at most. */
const EDGE = 32;
const SPEED = 14;

interface Host {
  rows: () => Row[];
  list: () => HTMLElement | null;
  open: (id: string) => void;
  close: (id: string) => void;
  done: (rows: Row[], drop: Drop) => void;
}

/** Moving lines of the tree with the pointer. */
export class TreeDrag {
  rows = $state.raw<Row[]>([]);
  active = $state(false);
  drop = $state.raw<Drop | null>(null);
  /** Why nothing can be put where the pointer is. */
  refused = $state.raw<Refusal | null>(null);
  x = $state(0);
  y = $state(0);
  /** True right after a drag, so that its click is not taken for one. */
  justEnded = false;

  readonly #host: Host;
  #from = { x: 0, y: 0 };
  #hovered: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #frame = 0;
  #opened: string[] = [];

  constructor(host: Host) {
    this.#host = host;
  }

  press(event: PointerEvent, rows: Row[]) {
    if (event.button !== 0 || rows.length === 0 || rows.some(({ group }) => group === null)) return;
    this.rows = rows;
    this.#from = { x: event.clientX, y: event.clientY };
  }

  move(event: PointerEvent) {
    if (this.rows.length === 0) return;
    this.x = event.clientX;
    this.y = event.clientY;
    const far = Math.hypot(this.x - this.#from.x, this.y - this.#from.y) > SLACK;
    if (!this.active && !far) return;
    this.active = true;
    this.#look();
    if (this.#frame === 0) this.#scroll();
  }

  end() {
    const { rows, drop, active } = this;
    const into = drop?.parent;
    if (drop) this.#opened = this.#opened.filter((id) => id !== into);
    this.cancel();
    if (!active) return;
    this.justEnded = true;
    setTimeout(() => (this.justEnded = false));
    if (drop) this.#host.done(rows, drop);
  }

  /** Ends the drag; lines that opened on the way are folded again. */
  cancel() {
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
    this.#opened.forEach((id) => this.#host.close(id));
    this.#opened = [];
    this.#frame = 0;
    this.#hovered = null;
    this.rows = [];
    this.active = false;
    this.drop = null;
    this.refused = null;
  }

  #look() {
    const all = this.#host.rows();
    const target = document.elementFromPoint(this.x, this.y)?.closest<HTMLElement>('[data-row]');
    const over = target ? all.find(({ id }) => id === target.dataset.row) : undefined;
    this.#hover(over);
    if (!target || !over || this.rows.some(({ id }) => id === over.id)) {
      this.drop = null;
      this.refused = null;
      return;
    }
    const box = target.getBoundingClientRect();
    const found = dropAt(all, this.rows, over, (this.y - box.top) / box.height);
    this.drop = isRefusal(found) ? null : found;
    this.refused = isRefusal(found) ? found : null;
  }

  #hover(row: Row | undefined) {
    if (row?.id === this.#hovered) return;
    clearTimeout(this.#timer);
    this.#hovered = row?.id ?? null;
    if (!row?.expandable || row.expanded || this.rows.some(({ id }) => id === row.id)) return;
    this.#timer = setTimeout(() => {
      this.#opened.push(row.id);
      this.#host.open(row.id);
    }, OPENS_AFTER);
  }

  /** Near an edge the list goes on by itself, faster the nearer. */
  #scroll() {
    const list = this.#host.list();
    if (!this.active || !list) {
      this.#frame = 0;
      return;
    }
    const { top, bottom } = list.getBoundingClientRect();
    const above = Math.max(0, EDGE - (this.y - top));
    const below = Math.max(0, EDGE - (bottom - this.y));
    const by = Math.round(((Math.min(below, EDGE) - Math.min(above, EDGE)) / EDGE) * SPEED);
    if (by !== 0) {
      list.scrollTop += by;
      this.#look();
    }
    this.#frame = requestAnimationFrame(() => this.#scroll());
  }
}
