import type { ChangeList } from '../bindings/ChangeList';
import type { ErrorView } from '../bindings/ErrorView';
import * as ipc from '../ipc';
import { toErrorView } from '../lib/errors';
import { latest } from '../lib/latest';

/** What differs from one branch, tag or commit to another. */
export class Compared {
  from = $state('');
  to = $state('');
  list = $state.raw<ChangeList | null>(null);
  error = $state.raw<ErrorView | null>(null);

  readonly #project: string;
  readonly #read = latest(() => this.#readNow());

  constructor(project: string, from: string, to: string) {
    this.#project = project;
    this.from = from;
    this.to = to;
  }

  load(): Promise<void> {
    return this.#read(undefined);
  }

  /** Two others. */
  between(from: string, to: string): Promise<void> {
    if (from !== this.from || to !== this.to) this.list = null;
    this.from = from;
    this.to = to;
    return this.load();
  }

  async #readNow() {
    const [from, to] = [this.from.trim(), this.to.trim()];
    this.error = null;
    if (from === '' || to === '') return;
    try {
      const list = await ipc.compare(this.#project, from, to);
      if (from === this.from.trim() && to === this.to.trim()) this.list = list;
    } catch (thrown) {
      this.error = toErrorView(thrown);
    }
  }
}
