import type { Progress } from '../bindings/Progress';
import * as ipc from '../ipc';
import type { Running } from '../ipc';
import { newOperation } from '../lib/ids';
import { toasts } from './toasts.svelte';

export interface Operation {
  id: string;
  /** Project it works on. */
  project: string;
  /** "Pushing", "Fetching". */
  label: string;
  progress: Progress | null;
  cancelling: boolean;
  /** False for what is done in one go or not at all. */
  cancellable: boolean;
}

/** Long operations that run now. */
class Operations {
  list = $state<Operation[]>([]);

  /** True while something runs in a project. */
  busy(project: string): boolean {
    return this.list.some((entry) => entry.project === project);
  }

  async run<T>(
    project: string,
    label: string,
    work: (run: Running) => Promise<T>,
    cancellable = true,
  ): Promise<T> {
    const id = newOperation();
    this.list.push({ id, project, label, progress: null, cancelling: false, cancellable });
    try {
      const done = await work({
        operation: id,
        onProgress: (progress) => {
          const entry = this.#find(id);
          if (entry) entry.progress = progress;
        },
      });
      // What earlier ones said and offered no longer holds.
      toasts.clear();
      return done;
    } finally {
      this.list = this.list.filter((entry) => entry.id !== id);
    }
  }

  cancel(id: string) {
    const entry = this.#find(id);
    if (entry) entry.cancelling = true;
    ipc.cancel(id).catch(() => undefined);
  }

  #find(id: string) {
    return this.list.find((entry) => entry.id === id);
  }
}

export const operations = new Operations();
