import { SvelteSet } from 'svelte/reactivity';
import type { ErrorView } from '../bindings/ErrorView';
import type { ProjectView } from '../bindings/ProjectView';
import * as ipc from '../ipc';
import { toErrorView } from '../lib/errors';
import { latest } from '../lib/latest';
import { changesById, findNode, holdersOfChanges, rowsOf } from '../lib/tree';
import { dialogs } from './dialogs.svelte';
import { OpenResource } from './resource.svelte';
import { toasts } from './toasts.svelte';

const AGAIN = 300;

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

  readonly folded = new SvelteSet<string>();
  filter = $state('');
  selectedId = $state<string | null>(null);
  renamingId = $state<string | null>(null);

  readonly collections = $derived(this.view?.collections ?? []);
  readonly rows = $derived(rowsOf(this.collections, { folded: this.folded, filter: this.filter }));
  readonly changed = $derived(changesById(this.view?.changes ?? []));
  readonly holders = $derived(holdersOfChanges(this.collections, this.changed));
  readonly branch = $derived.by(() => {
    const head = this.view?.card.head;
    return head && head.at !== 'detached' ? head.name : null;
  });

  #notice: string | null = null;
  readonly #read = latest(() => this.#readNow());

  constructor(id: string) {
    this.id = id;
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
    for (const collection of this.collections) {
      const path = pathTo(collection.items, id);
      if (path) [collection.id, ...path].forEach((holder) => this.folded.delete(holder));
    }
  }

  nameOf(id: string): string | null {
    const collection = this.collections.find((c) => c.id === id);
    return collection?.name ?? findNode(this.collections, id)?.name ?? null;
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

  async #readNow() {
    try {
      const view = await this.#readView();
      this.view = view;
      this.error = null;
      if (view.notice && view.notice !== this.#notice) toasts.show({ title: view.notice });
      this.#notice = view.notice;
      await this.active?.load();
    } catch (thrown) {
      this.error = toErrorView(thrown);
    }
  }
}

type Nodes = ProjectView['collections'][number]['items'];

function pathTo(nodes: Nodes, id: string): string[] | null {
  for (const node of nodes) {
    if (node.id === id) return [];
    const below = pathTo(node.children, id);
    if (below) return [node.id, ...below];
  }
  return null;
}
