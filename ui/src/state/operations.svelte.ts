import type { Progress } from '../bindings/Progress';
import * as ipc from '../ipc';
import type { Running } from '../ipc';

export interface Operation {
  id: string;
  /** Project it works on. */
  project: string;
  /** "Pushing", "Fetching". */
  label: string;
  progress: Progress | null;
  cancelling: boolean;
}

/** Long operations that run now. */
class Operations {
  list = $state<Operation[]>([]);

  async run<T>(project: string, label: string, work: (run: Running) => Promise<T>): Promise<T> {
    const id = crypto.randomUUID();
    this.list.push({ id, project, label, progress: null, cancelling: false });
    try {
      return await work({
        operation: id,
        onProgress: (progress) => {
          const entry = this.#find(id);
          if (entry) entry.progress = progress;
        },
      });
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
