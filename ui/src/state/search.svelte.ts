import type { ErrorView } from '../bindings/ErrorView';
import type { FieldHit } from '../bindings/FieldHit';
import type { ResourceHits } from '../bindings/ResourceHits';
import type { SearchDone } from '../bindings/SearchDone';
import type { SearchOptions } from '../bindings/SearchOptions';
import * as ipc from '../ipc';
import { isCancelled, toErrorView } from '../lib/errors';
import { debounce } from '../lib/latest';
import { newOperation } from '../lib/ids';

/** A key that follows soon makes what was typed before it useless. */
const PAUSE = 80;

/** A line of the results: a resource, or one of its hits. */
export interface ResultLine {
  key: string;
  resource: ResourceHits;
  hit: FieldHit | null;
}

/** Names and addresses are found by the filter of the tree already. */
const inTree = ({ path }: FieldHit) => path === 'name' || path === 'fileName' || path === 'url';

function withoutTree(found: ResourceHits[]): ResourceHits[] {
  return found.flatMap((resource) => {
    const hits = resource.hits.filter((hit) => !inTree(hit));
    return hits.length > 0 ? [{ ...resource, hits }] : [];
  });
}

/** The search in contents of one project. The newest query wins; older ones are stopped. */
export class ContentSearch {
  options = $state.raw<SearchOptions>({ matchCase: false, wholeWord: false, regex: false });
  query = $state('');
  found = $state.raw<ResourceHits[]>([]);
  done = $state.raw<SearchDone | null>(null);
  error = $state.raw<ErrorView | null>(null);
  /** The line that was opened last. */
  at = $state(-1);

  readonly lines = $derived(
    this.found.flatMap((resource): ResultLine[] => [
      { key: resource.id, resource, hit: null },
      ...resource.hits.map((hit, n) => ({ key: `${resource.id} ${String(n)}`, resource, hit })),
    ]),
  );
  readonly count = $derived(this.found.reduce((sum, { hits }) => sum + hits.length, 0));

  readonly #project: string;
  #running: string | null = null;
  readonly #pause = debounce(PAUSE, () => void this.#run());

  constructor(project: string) {
    this.#project = project;
  }

  /** Searches once no more is typed. */
  look(query: string) {
    if (query === this.query) return;
    this.query = query;
    this.#stop();
    if (query.trim() === '') this.#clear();
    else this.#pause.call();
  }

  change(options: Partial<SearchOptions>) {
    this.options = { ...this.options, ...options };
    this.again();
  }

  /** The same query once more: files changed. */
  again() {
    if (this.query.trim() !== '') this.#pause.call();
  }

  /** The next or last line with a hit, round and round; null where there is none. */
  step(by: 1 | -1): ResultLine | null {
    const { lines } = this;
    for (let n = 1; n <= lines.length; n += 1) {
      const at = (Math.max(this.at, by > 0 ? -1 : 0) + by * n + lines.length * 2) % lines.length;
      const line = lines[at];
      if (line?.hit) {
        this.at = at;
        return line;
      }
    }
    return null;
  }

  #clear() {
    this.found = [];
    this.done = null;
    this.error = null;
    this.at = -1;
  }

  #stop() {
    this.#pause.cancel();
    if (this.#running !== null) void ipc.cancel(this.#running);
    this.#running = null;
  }

  async #run() {
    this.#stop();
    const operation = newOperation();
    const { options } = this;
    const plain = !options.matchCase && !options.wholeWord && !options.regex;
    this.#running = operation;
    this.at = -1;
    const found: ResourceHits[] = [];
    const isNewest = () => this.#running === operation;
    try {
      const done = await ipc.search(this.#project, this.query, options, operation, (hits) => {
        if (!isNewest()) return;
        found.push(...(plain ? withoutTree(hits) : hits));
        this.#show([...found]);
      });
      if (!isNewest()) return;
      this.#show(found);
      this.done = done;
    } catch (thrown) {
      if (!isNewest() || isCancelled(thrown)) return;
      this.#clear();
      this.error = toErrorView(thrown);
    }
  }

  #show(found: ResourceHits[]) {
    this.found = found;
    this.error = null;
  }
}
