import type { ErrorView } from '../bindings/ErrorView';
import type { ImportDone } from '../bindings/ImportDone';
import type { ImportSource } from '../bindings/ImportSource';
import * as ipc from '../ipc';
import { toErrorView } from '../lib/errors';

export type From = 'files' | 'folder' | 'text';

/** What is being imported: where it comes from, where it goes, and what would become of it. */
export class ImportDraft {
  from = $state<From>('files');
  paths = $state.raw<string[]>([]);
  text = $state('');
  /** Id of the collection or folder that takes it; empty for a new collection. */
  into = $state('');
  preview = $state.raw<ImportDone | null>(null);
  error = $state.raw<ErrorView | null>(null);
  reading = $state(false);
  readonly #project: string;
  #asked = 0;

  constructor(project: string, text = '') {
    this.#project = project;
    if (text !== '') {
      this.from = 'text';
      this.text = text;
    }
  }

  get source(): ImportSource | null {
    if (this.from === 'text') return this.text.trim() === '' ? null : { kind: 'text', text: this.text };
    return this.paths.length === 0 ? null : { kind: 'paths', paths: this.paths };
  }

  pick(from: From) {
    if (this.from === from) return;
    this.from = from;
    this.paths = [];
    this.#forget();
  }

  async choose() {
    const paths =
      this.from === 'folder'
        ? [await ipc.pickFolder('Choose the folder to import')].filter((path) => path !== null)
        : await ipc.pickFiles('Choose the files to import');
    if (paths.length === 0) return;
    this.paths = paths;
    await this.read();
  }

  typed() {
    this.#forget();
  }

  /** Asks what would become of it. Only the newest answer counts. */
  async read() {
    const source = this.source;
    if (!source) return;
    const asked = ++this.#asked;
    this.reading = true;
    this.error = null;
    try {
      const preview = await ipc.previewImport(this.#project, source, this.into || null);
      if (asked === this.#asked) this.preview = preview;
    } catch (thrown) {
      if (asked !== this.#asked) return;
      this.preview = null;
      this.error = toErrorView(thrown);
    } finally {
      if (asked === this.#asked) this.reading = false;
    }
  }

  #forget() {
    this.#asked += 1;
    this.preview = null;
    this.error = null;
    this.reading = false;
  }
}
