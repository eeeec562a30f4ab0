import type { ErrorView } from '../bindings/ErrorView';
import type { ProjectView } from '../bindings/ProjectView';
import * as ipc from '../ipc';
import { toErrorView } from '../lib/errors';
import { turn } from '../lib/frames';
import { latest } from '../lib/latest';
import { rowsOf } from '../lib/rows';
import { minus, plus, setOf } from '../lib/sets';
import { allNodes, changesById, changesInside, indexOf, keepSame } from '../lib/tree';
import { dialogs } from './dialogs.svelte';
import { OpenResource } from './resource.svelte';
import { ContentSearch } from './search.svelte';
import { Selection } from './selection.svelte';
import { toasts } from './toasts.svelte';

const AGAIN = 300;
/** In a project with more than this, folders are folded at first. */
const MANY = 400;
const nothing: ProjectView['collections'] = [];

/** The project in the window: what was read of it, its open tabs and its tree. */
export class OpenProject {
  readonly id: string;
  view = $state.raw<ProjectView | null>(null);
  error = $state.raw<ErrorView | null>(null);

  tabs = $state.raw<OpenResource[]>([]);
  activeId = $state<string | null>(null);
  readonly active = $derived(this.tabs.find(({ id }) => id === this.activeId) ?? null);
  /** Tabs with edits that are not in their files. */
  readonly unsaved = $derived(this.tabs.filter(({ dirty }) => dirty));

  /** Ids of folded lines of the tree; replaced as a whole. */
  folded = $state.raw(setOf<string>());
  filter = $state('');
  readonly selection = new Selection();
  /** What was cut in the tree and waits to be pasted. */
  cut = $state.raw(setOf<string>());
  renamingId = $state<string | null>(null);
  readonly search: ContentSearch;
  /** Counts each time the search field is asked for. */
  searching = $state(0);

  readonly collections = $derived(this.view?.collections ?? nothing);
  readonly rows = $derived(rowsOf(this.collections, { folded: this.folded, filter: this.filter }));
  readonly changed = $derived(changesById(this.view?.changes ?? []));
  /** How many changed resources a line of the tree holds. */
  readonly changedInside = $derived(changesInside(this.collections, this.changed));
  readonly branch = $derived.by(() => {
    const head = this.view?.card.head;
    return head && head.at !== 'detached' ? head.name : null;
  });

  #notice: string | null = null;
  readonly #read = latest(() => this.#readNow());

  constructor(id: string) {
    this.id = id;
    this.search = new ContentSearch(id);
  }

  get selectedId(): string | null {
    return this.selection.lead;
  }

  set selectedId(id: string | null) {
    this.selection.only(id);
  }

  fold(id: string) {
    this.folded = plus(this.folded, id);
  }

  unfold(...ids: string[]) {
    this.folded = minus(this.folded, ids);
  }

  /** Reads everything again. */
  reload(): Promise<void> {
    return this.#read(undefined);
  }

  /** Saves all that waits; false where something could not be saved. */
  async flush(): Promise<boolean> {
    const saved = await Promise.all(this.tabs.map((tab) => tab.flush()));
    return saved.every(Boolean);
  }

  open(id: string, how: 'preview' | 'keep' = 'preview') {
    this.selectedId = id;
    const there = this.tabs.find((tab) => tab.id === id);
    if (there) {
      if (how === 'keep') there.preview = false;
      this.#activate(there);
      return;
    }
    const tab = new OpenResource(this.id, id, () => void this.reload());
    tab.preview = how === 'preview';
    const taken = this.tabs.findIndex((other) => other.preview);
    this.tabs = taken < 0 ? [...this.tabs, tab] : this.tabs.with(taken, tab);
    this.#activate(tab);
  }

  activate(id: string) {
    const tab = this.tabs.find((other) => other.id === id);
    if (tab) this.#activate(tab);
  }

  /** Closes a tab after saving; one that cannot be saved is asked about first. */
  async close(id: string) {
    const tab = this.tabs.find((other) => other.id === id);
    if (!tab) return;
    if (!(await tab.flush())) {
      this.#activate(tab);
      if (!(await this.#mayDrop(tab))) return;
      tab.abandon();
    }
    const index = this.tabs.indexOf(tab);
    this.tabs = this.tabs.filter((other) => other.id !== id);
    if (this.activeId === id) {
      const next = this.tabs[index] ?? this.tabs[index - 1];
      this.activeId = next?.id ?? null;
      if (next) this.#activate(next);
    }
  }

  /** Unfolds all that holds a row. */
  reveal(id: string) {
    this.unfold(...(indexOf(this.collections).get(id)?.holders ?? []));
  }

  /** Names of what holds a resource, the collection first. */
  placeOf(id: string): string[] {
    const holders = indexOf(this.collections).get(id)?.holders ?? [];
    return holders.flatMap((holder) => this.nameOf(holder) ?? []);
  }

  nameOf(id: string): string | null {
    const collection = this.collections.find((c) => c.id === id);
    return collection?.name ?? indexOf(this.collections).get(id)?.node.name ?? null;
  }

  /** Name of an open resource, also of one that is gone. */
  titleOf(tab: OpenResource): string {
    return this.nameOf(tab.id) ?? tab.view?.name ?? tab.id;
  }

  #mayDrop(tab: OpenResource): Promise<boolean> {
    return dialogs.confirm({
      title: `Close “${this.titleOf(tab)}” without saving?`,
      text: 'It could not be saved. If you close it now, what you typed is lost.',
      confirm: 'Close anyway',
      cancel: 'Keep open',
      danger: true,
    });
  }

  #activate(tab: OpenResource) {
    this.activeId = tab.id;
    this.selectedId = tab.id;
    void tab.load();
  }

  /** With a view in hand one failure may be a moment's, so it is read once more. */
  async #readView(): Promise<ProjectView> {
    try {
      return await ipc.projectView(this.id);
    } catch (thrown) {
      if (!this.view) throw thrown;
      await new Promise((done) => setTimeout(done, AGAIN));
      return ipc.projectView(this.id);
    }
  }

  /** A tree of thousands of lines is met folder by folder. */
  #foldAtFirst({ collections }: ProjectView) {
    const nodes = collections.flatMap((collection) => [...allNodes(collection)]);
    if (nodes.length <= MANY) return;
    this.folded = setOf(nodes.filter(({ kind }) => kind === 'RequestGroup').map(({ id }) => id));
  }

  async #readNow() {
    try {
      const read = await this.#readView();
      // Each step of a large project is a task of its own: keys and clicks are heard between them.
      await turn();
      const view = this.view ? keepSame(this.view, read) : read;
      await turn();
      indexOf(view.collections);
      if (!this.view) this.#foldAtFirst(view);
      await turn();
      if (this.view && view.collections !== this.view.collections) this.search.again();
      this.view = view;
      this.selection.keep((id) => id.includes('/') || this.nameOf(id) !== null);
      this.error = null;
      if (view.notice && view.notice !== this.#notice) toasts.show({ title: view.notice });
      this.#notice = view.notice;
      await this.active?.load();
    } catch (thrown) {
      this.error = toErrorView(thrown);
    }
  }
}
