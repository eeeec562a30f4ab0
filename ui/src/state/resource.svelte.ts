import { SvelteMap } from 'svelte/reactivity';
import type { EditOutcome } from '../bindings/EditOutcome';
import type { ErrorView } from '../bindings/ErrorView';
import type { FieldEdit } from '../bindings/FieldEdit';
import type { ResourceView } from '../bindings/ResourceView';
import * as ipc from '../ipc';
import { EditHistory, type EditOrigin } from '../lib/edit-history';
import { toErrorView } from '../lib/errors';
import { addEdit, asText, type Fields, same, valueAt, withValue } from '../lib/fields';
import { formless } from '../lib/kinds';
import { debounce, latest } from '../lib/latest';
import { reconcile, type FieldConflict } from '../lib/merge-fields';

const IDLE = 600;

export type SaveState = 'clean' | 'dirty' | 'saving' | 'saved' | 'failed' | 'outside';

/** The file's content where another program changed it meanwhile, and the fields that were also edited here. */
export interface Outside {
  view: ResourceView;
  conflicts: FieldConflict[];
}

/** Whose value of a field is kept. */
export type Keep = 'mine' | 'theirs';

/** A resource that is open in the editor: what was read, what was typed since, and how saving goes. */
export class OpenResource {
  readonly id: string;
  readonly #project: string;
  readonly #saved: () => void;

  /** A tab that the next opened resource takes over, until it is edited or kept. */
  preview = $state(false);
  /** Path of its file, where that is shown and edited as text in place of a form. */
  textPath = $state<string | null>(null);
  view = $state.raw<ResourceView | null>(null);
  fields = $state.raw<Fields>({});
  /** Why it cannot be shown. */
  error = $state.raw<ErrorView | null>(null);
  saveError = $state.raw<ErrorView | null>(null);
  state = $state<SaveState>('clean');
  outside = $state.raw<Outside | null>(null);
  /** Texts that cannot be a value yet, such as half-typed JSON, by path. */
  readonly unfinished = new SvelteMap<string, string>();
  /** Counts each time the fields were replaced, from disk or by undo. */
  revision = $state(0);
  canUndo = $state(false);
  canRedo = $state(false);
  /** The field that undo or redo changed last, so that the editor can show it. */
  shown = $state.raw<{ path: string } | null>(null);
  /** What was typed under another kind of body or authentication, by kind; as long as it is open. */
  readonly setAside: Record<string, Fields> = {};

  #waiting: FieldEdit[] = [];
  #sending = false;
  /** Counts each time what was typed was given up: a save that began before must not bring it back. */
  #givenUp = 0;
  readonly #history = new EditHistory();
  readonly #idle = debounce(IDLE, () => void this.flush());
  readonly #save = latest(() => this.#saveNow());

  constructor(project: string, id: string, saved: () => void) {
    this.#project = project;
    this.id = id;
    this.#saved = saved;
  }

  /** True where it was deleted, or is not on this branch. */
  readonly gone = $derived(this.error?.code === 'not-found');

  readonly dirty = $derived(
    this.unfinished.size > 0 || ['dirty', 'saving', 'failed', 'outside'].includes(this.state),
  );

  /** Reads it; edits that wait are kept. */
  async load() {
    const before = this.view;
    try {
      const view = await this.#read();
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

  /** Shows a file as text, unless something waits to be saved; false where it is no text. */
  async openText(path: string): Promise<boolean> {
    if (this.textPath === path || this.dirty) return true;
    try {
      const view = await ipc.textFile(this.#project, path);
      if (this.dirty) return true;
      this.textPath = path;
      this.error = null;
      this.#take(view);
      return true;
    } catch {
      return false;
    }
  }

  /** Shows the form again, once the text is saved. */
  async openForm() {
    this.textPath = null;
    this.view = null;
    await this.load();
  }

  /** Puts back what is gone, with what was typed. */
  async putBack() {
    this.#idle.cancel();
    if (this.#sending) await this.#save(undefined);
    try {
      const answer = await ipc.putBack(this.#project, this.textPath ?? this.id, this.#waiting);
      this.error = null;
      if (answer.outcome === 'saved') {
        this.#waiting = [];
        this.#take(answer.resource);
        this.state = 'saved';
      } else if (this.#meet(answer.resource) === 'joined') await this.flush();
      this.#saved();
    } catch (thrown) {
      this.saveError = toErrorView(thrown);
    }
  }

  edit(path: string, value: unknown, origin: EditOrigin = 'typed') {
    this.editAll([{ path, value }], origin);
  }

  editAll(edits: FieldEdit[], origin: EditOrigin = 'typed') {
    if (edits.length === 0 || this.view?.readOnly) return;
    this.#history.record(this.fields, edits, origin, performance.now());
    this.#change(edits);
  }

  /** The next edit is undone by itself, however soon it follows. */
  sealStep() {
    this.#history.seal();
  }

  /** Takes the last edit back; false where there is none. */
  undo(): boolean {
    const edits = this.#history.undo(this.fields);
    return this.#step(edits, edits.at(-1));
  }

  redo(): boolean {
    const edits = this.#history.redo(this.fields);
    return this.#step(edits, edits[0]);
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

  /** Answers to a change from outside, for every field that was changed on both sides. */
  async settle(choice: (conflict: FieldConflict) => Keep) {
    const outside = this.outside;
    if (!outside) return;
    const { edits } = reconcile(this.view?.fields ?? {}, outside.view.fields, this.#waiting);
    const mine = outside.conflicts
      .filter((conflict) => !conflict.unfinished && choice(conflict) === 'mine')
      .map(({ path, mine }) => ({ path, value: mine }));
    for (const conflict of outside.conflicts) {
      if (choice(conflict) === 'theirs') this.unfinished.delete(conflict.path);
    }
    this.outside = null;
    this.#rebase(outside.view, [...edits, ...mine]);
    await this.flush();
  }

  /** Drops what could not be saved, and shows the file as it is. */
  async dropEdits() {
    this.abandon();
    if (this.#sending) await this.#save(undefined);
    this.view = null;
    await this.load();
  }

  /** Gives up what was not saved, for good. */
  abandon() {
    this.#idle.cancel();
    this.#givenUp += 1;
    this.#waiting = [];
    this.unfinished.clear();
    this.outside = null;
    this.saveError = null;
    this.state = 'clean';
  }

  #change(edits: FieldEdit[]) {
    for (const edit of edits) {
      this.fields = withValue(this.fields, edit.path, edit.value);
      this.#waiting = addEdit(this.#waiting, edit);
    }
    this.#tellSteps();
    this.preview = false;
    if (this.state === 'outside') return;
    this.state = 'dirty';
    this.#idle.call();
  }

  /** `main` is the field that the step is about. */
  #step(edits: FieldEdit[], main: FieldEdit | undefined): boolean {
    this.#tellSteps();
    if (!main) return false;
    for (const { path } of edits) {
      for (const kept of this.unfinished.keys()) {
        if (kept === path || path.startsWith(`${kept}.`)) this.unfinished.delete(kept);
      }
    }
    this.#change(edits);
    this.revision += 1;
    this.shown = { path: main.path };
    return true;
  }

  async #read(): Promise<ResourceView> {
    if (this.textPath !== null) return ipc.textFile(this.#project, this.textPath);
    const read = await ipc.resource(this.#project, this.id);
    if (read.readOnly || !formless.has(read.kind)) return read;
    const isText = read.kind === 'File' || read.kind === 'Broken';
    const view = isText ? read : await ipc.textFile(this.#project, read.path);
    this.textPath = view.path;
    return view;
  }

  #write(version: string, edits: FieldEdit[]): Promise<EditOutcome> {
    if (this.textPath === null) return ipc.editResource(this.#project, this.id, version, edits);
    const text = edits.findLast(({ path }) => path === 'text')?.value;
    return ipc.saveText(this.#project, this.textPath, version, asText(text));
  }

  #tellSteps() {
    this.canUndo = this.#history.canUndo;
    this.canRedo = this.#history.canRedo;
  }

  #take(view: ResourceView) {
    this.view = view;
    this.fields = view.fields;
    this.state = 'clean';
    this.saveError = null;
    this.revision += 1;
  }

  /** Takes the file as it is now and makes the edits again on top. */
  #rebase(view: ResourceView, edits: FieldEdit[]) {
    this.#take(view);
    this.#waiting = edits;
    this.fields = edits.reduce((all, { path, value }) => withValue(all, path, value), view.fields);
    if (edits.length > 0) this.state = 'dirty';
  }

  /** The file changed since it was read: what touches other fields goes together, the rest is asked about. */
  #meet(view: ResourceView): 'joined' | 'asked' {
    const base = this.view?.fields ?? {};
    const { edits, conflicts } = reconcile(base, view.fields, this.#waiting);
    for (const [path, text] of this.unfinished) {
      const [before, theirs] = [valueAt(base, path), valueAt(view.fields, path)];
      if (!same(before, theirs)) conflicts.push({ path, base: before, mine: text, theirs, unfinished: true });
    }
    if (conflicts.length > 0) {
      this.outside = { view, conflicts };
      this.state = 'outside';
      return 'asked';
    }
    this.#rebase(view, edits);
    return 'joined';
  }

  async #saveNow() {
    // A second round where the file changed but the edits go together with it.
    for (let round = 0; round < 3; round += 1) {
      if ((await this.#send()) !== 'again') return;
    }
    this.#idle.call();
  }

  async #send(): Promise<'ended' | 'again'> {
    const version = this.view?.version;
    const edits = this.#waiting;
    if (version === undefined || edits.length === 0 || this.state === 'outside') return 'ended';
    const givenUp = this.#givenUp;
    this.#waiting = [];
    this.#sending = true;
    this.state = 'saving';
    this.saveError = null;
    try {
      const answer = await this.#write(version, edits);
      if (givenUp !== this.#givenUp) return 'ended';
      if (answer.outcome === 'saved') {
        this.view = answer.resource;
        this.state = this.#waiting.length > 0 ? 'dirty' : 'saved';
        if (this.#waiting.length > 0) this.#idle.call();
        this.#saved();
        return 'ended';
      }
      this.#waiting = this.#waiting.reduce(addEdit, edits);
      return this.#meet(answer.resource) === 'joined' ? 'again' : 'ended';
    } catch (thrown) {
      if (givenUp !== this.#givenUp) return 'ended';
      this.#waiting = this.#waiting.reduce(addEdit, edits);
      this.saveError = toErrorView(thrown);
      if (this.saveError.code === 'not-found') this.error = this.saveError;
      this.state = 'failed';
      return 'ended';
    } finally {
      this.#sending = false;
    }
  }
}
