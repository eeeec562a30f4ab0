import type { Blame } from '../bindings/Blame';
import type { ErrorView } from '../bindings/ErrorView';
import type { FieldChange } from '../bindings/FieldChange';
import type { ResourceChange } from '../bindings/ResourceChange';
import type { ResourceCommit } from '../bindings/ResourceCommit';
import type { ResourceHistory as History } from '../bindings/ResourceHistory';
import * as ipc from '../ipc';
import { toErrorView } from '../lib/errors';
import { latest } from '../lib/latest';

const MOST = 500;

/** A field, as an edit names it and as people do. */
export type Field = Pick<FieldChange, 'path' | 'label'>;

/** The commits that changed one resource or one field of it, and who changed which field last. */
export class ResourceHistory {
  field = $state.raw<Field | null>(null);
  list = $state.raw<History | null>(null);
  error = $state.raw<ErrorView | null>(null);
  pickedId = $state<string | null>(null);
  blame = $state.raw<Blame | null>(null);
  blameError = $state.raw<ErrorView | null>(null);

  readonly commits = $derived((this.list?.commits ?? []).map(({ commit }) => commit));
  readonly picked = $derived.by((): ResourceCommit | null => {
    const all = this.list?.commits ?? [];
    return all.find(({ commit }) => commit.id === this.pickedId) ?? all[0] ?? null;
  });
  /** What the picked commit did to the resource, or to the field alone. */
  readonly change = $derived.by((): ResourceChange | null => {
    const change = this.picked?.change ?? null;
    const path = this.field?.path;
    if (!change || path === undefined) return change;
    const fields = change.fields.filter((field) => field.path === path || field.path.startsWith(`${path}.`));
    return fields.length > 0 ? { ...change, fields } : change;
  });

  readonly #project: string;
  readonly #id: string;
  readonly #read = latest(() => this.#readNow());

  constructor(project: string, id: string, field: Field | null = null) {
    this.#project = project;
    this.#id = id;
    this.field = field;
  }

  load(): Promise<void> {
    return this.#read(undefined);
  }

  /** Only the commits that changed this field; null for all. */
  only(field: Field | null): Promise<void> {
    this.field = field;
    this.list = null;
    this.pickedId = null;
    return this.load();
  }

  async loadBlame() {
    try {
      this.blame = await ipc.blame(this.#project, this.#id, null);
      this.blameError = null;
    } catch (thrown) {
      this.blameError = toErrorView(thrown);
    }
  }

  async #readNow() {
    const { field } = this;
    try {
      const list = await ipc.resourceHistory(this.#project, this.#id, field?.path ?? null, MOST);
      if (field?.path === this.field?.path) this.list = list;
      this.error = null;
    } catch (thrown) {
      this.error = toErrorView(thrown);
    }
  }
}
