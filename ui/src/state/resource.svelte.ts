import { SvelteMap } from 'svelte/reactivity';
import type { ErrorView } from '../bindings/ErrorView';
import type { FieldEdit } from '../bindings/FieldEdit';
import type { ResourceView } from '../bindings/ResourceView';
import * as ipc from '../ipc';
import { toErrorView } from '../lib/errors';
import { addEdit, type Fields, withValue } from '../lib/fields';
import { debounce, latest } from '../lib/latest';

const IDLE = 600;

export type SaveState = 'clean' | 'dirty' | 'saving' | 'saved' | 'failed' | 'outside';

/** A resource that is open in the editor: what was read, what was typed since, and how saving goes. */
export class OpenResource {
  readonly id: string;
  readonly #project: string;
  readonly #saved: () => void;

  /** A tab that the next opened resource takes over, until it is edited or kept. */
  preview = $state(false);
  view = $state.raw<ResourceView | null>(null);
  fields = $state.raw<Fields>({});
  /** Why it cannot be shown. */
  error = $state.raw<ErrorView | null>(null);
  saveError = $state.raw<ErrorView | null>(null);
  state = $state<SaveState>('clean');
  /** The file's content where another program changed it meanwhile. */
  outside = $state.raw<ResourceView | null>(null);
  /** Texts that cannot be a value yet, such as half-typed JSON, by path. */
  readonly unfinished = new SvelteMap<string, string>();
  /** Counts each time the fields were replaced from disk. */
  revision = $state(0);

  #waiting: FieldEdit[] = [];
  #sending = false;
  readonly #idle = debounce(IDLE, () => void this.flush());
  readonly #save = latest(() => this.#saveNow());

  constructor(project: string, id: string, saved: () => void) {
    this.#project = project;
    this.id = id;
    this.#saved = saved;
  }

  readonly dirty = $derived(
    this.unfinished.size > 0 || ['dirty', 'saving', 'failed', 'outside'].includes(this.state),
  );

  /** Reads it; edits that wait are kept. */
  async load() {
    const before = this.view;
    try {
      const view = await ipc.resource(this.#project, this.id);
      this.error = null;
      if (this.#waiting.length > 0 || this.unfinished.size > 0 || this.#sending) return;
      // What was saved while this was read is newer.
      if (this.view !== before) return;
      if (this.view?.version === view.version) return;
      this.#take(view);
    } catch (thrown) {
      this.error = toErrorView(thrown);
    }
  }

  edit(path: string, value: unknown) {
    this.editAll([{ path, value }]);
  }

  editAll(edits: FieldEdit[]) {
    if (edits.length === 0 || this.view?.readOnly) return;
    for (const edit of edits) {
      this.fields = withValue(this.fields, edit.path, edit.value);
      this.#waiting = addEdit(this.#waiting, edit);
    }
    this.preview = false;
    if (this.state === 'outside') return;
    this.state = 'dirty';
    this.#idle.call();
  }

  /** Saves what waits; true where nothing waits any more. */
  async flush(): Promise<boolean> {
    this.#idle.cancel();
    if (this.#waiting.length > 0 || this.#sending) await this.#save(undefined);
    return this.#waiting.length === 0 && this.unfinished.size === 0;
  }

  /** Keeps a text that cannot be a value yet; an empty text is one, null ends it. */
  keepUnfinished(path: string, text: string | null) {
    if (text === null) this.unfinished.delete(path);
    else this.unfinished.set(path, text);
    this.preview = false;
  }

  /** Answers to a change from outside. */
  async keepMine() {
    const view = this.outside;
    if (!view) return;
    this.outside = null;
    this.#take(view);
    this.fields = this.#waiting.reduce((all, { path, value }) => withValue(all, path, value), view.fields);
    this.state = 'dirty';
    await this.flush();
  }

  takeTheirs() {
    const view = this.outside;
    if (!view) return;
    this.#waiting = [];
    this.unfinished.clear();
    this.outside = null;
    this.#take(view);
  }

  /** Drops what could not be saved. */
  async dropEdits() {
    this.#idle.cancel();
    this.#waiting = [];
    this.unfinished.clear();
    this.view = null;
    this.saveError = null;
    this.state = 'clean';
    await this.load();
  }

  #take(view: ResourceView) {
    this.view = view;
    this.fields = view.fields;
    this.state = 'clean';
    this.saveError = null;
    this.revision += 1;
  }

  async #saveNow() {
    const version = this.view?.version;
    const edits = this.#waiting;
    if (version === undefined || edits.length === 0 || this.state === 'outside') return;
    this.#waiting = [];
    this.#sending = true;
    this.state = 'saving';
    this.saveError = null;
    try {
      const answer = await ipc.editResource(this.#project, this.id, version, edits);
      if (answer.outcome === 'saved') {
        this.view = answer.resource;
        this.state = this.#waiting.length > 0 ? 'dirty' : 'saved';
        if (this.#waiting.length > 0) this.#idle.call();
        this.#saved();
        return;
      }
      this.#waiting = this.#waiting.reduce(addEdit, edits);
      this.outside = answer.resource;
      this.state = 'outside';
    } catch (thrown) {
      this.#waiting = this.#waiting.reduce(addEdit, edits);
      this.saveError = toErrorView(thrown);
      this.state = 'failed';
    } finally {
      this.#sending = false;
    }
  }
}
