import type { ErrorView } from '../bindings/ErrorView';
import type { MergeOf } from '../bindings/MergeOf';
import type { MergeView } from '../bindings/MergeView';
import * as ipc from '../ipc';
import { toErrorView } from '../lib/errors';
import { latest } from '../lib/latest';
import type { OpenProject } from '../state/project.svelte';

/** What a merge would come to, looked at again as the project changes. */
export class MergeLook {
  merge = $state.raw<MergeView | null>(null);
  error = $state.raw<ErrorView | null>(null);
  /** False until something is known. */
  loaded = $state(false);

  readonly #read: (asked: undefined) => Promise<void>;

  constructor(project: OpenProject, what: MergeOf, known: MergeView | null = null) {
    this.merge = known;
    this.loaded = known !== null;
    this.#read = latest(async () => {
      try {
        const found = await ipc.mergePreview(project.id, what);
        this.merge = found.outcome === 'ready' ? found.merge : null;
        this.error = null;
      } catch (thrown) {
        this.error = toErrorView(thrown);
      }
      this.loaded = true;
    });
  }

  load(): Promise<void> {
    return this.#read(undefined);
  }
}
