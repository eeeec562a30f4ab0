import type { CommitInfo } from '../bindings/CommitInfo';
import * as ipc from '../ipc';
import { whyNotAmend } from '../state/history';
import type { OpenProject } from '../state/project.svelte';

const messageOf = ({ title, body }: CommitInfo) => [title, body.trim()].filter(Boolean).join('\n\n');

/** The last commit, while something else takes its place. */
export class LastCommit {
  /** What is replaced; null where a new commit is made. */
  amending = $state.raw<CommitInfo | null>(null);
  /** Why it cannot be; nothing where it can, as far as is known. */
  readonly why = $derived.by(() => whyNotAmend(this.#project));

  readonly #project: OpenProject;
  /** What was typed for a new commit. */
  #typed = '';

  constructor(project: OpenProject) {
    this.#project = project;
  }

  /** Begins to replace it; its message. */
  async begin(typed: string): Promise<string> {
    const [last] = (await ipc.history(this.#project.id, null, null, 1)).commits;
    if (!last) return typed;
    this.#typed = typed;
    this.amending = last;
    return messageOf(last);
  }

  /** Makes a new commit after all; the message for it. */
  end(message: string): string {
    const kept = this.isReworded(message) ? message : this.#typed;
    this.amending = null;
    return kept;
  }

  isReworded(message: string): boolean {
    return this.amending !== null && message.trim() !== messageOf(this.amending);
  }
}
