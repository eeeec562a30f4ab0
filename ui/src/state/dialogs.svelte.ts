import type { CommitInfo } from '../bindings/CommitInfo';
import type { MergeView } from '../bindings/MergeView';
import type { ProjectCard } from '../bindings/ProjectCard';
import type { PushOutcome } from '../bindings/PushOutcome';
import type { Secret } from '../bindings/Secret';
import type { Applied } from './applying';
import type { Shown } from './looking';
import type { OpenProject } from './project.svelte';

export type Rejected = Extract<PushOutcome, { outcome: 'rejected' }>;

export interface ConfirmText {
  title: string;
  text: string;
  confirm: string;
  /** "Cancel" where it is absent. */
  cancel?: string;
  danger?: boolean;
}

export type DialogSpec =
  | { kind: 'clone' }
  | { kind: 'new-project' }
  | { kind: 'open-folder' }
  | { kind: 'remove-project'; card: ProjectCard }
  | { kind: 'app-settings' }
  | { kind: 'palette' }
  | { kind: 'confirm'; text: ConfirmText; answer: (yes: boolean) => void }
  | { kind: 'remote-settings'; project: OpenProject; purpose: 'change' | 'set-up' | 'token' }
  | { kind: 'author'; project: OpenProject }
  | { kind: 'new-collection'; project: OpenProject }
  | { kind: 'import'; project: OpenProject; into?: string }
  | { kind: 'export'; project: OpenProject; id: string }
  /** `amend` to put more into the last commit, or say it better. */
  | { kind: 'commit'; project: OpenProject; amend?: boolean }
  /** `of` is a branch; without it the current one. */
  | { kind: 'history'; project: OpenProject; of?: string }
  | { kind: 'resource-history'; project: OpenProject; id: string }
  | { kind: 'compare'; project: OpenProject; from?: string; to?: string }
  | { kind: 'tags'; project: OpenProject }
  /** Without `commit` the last one gets the tag. */
  | { kind: 'new-tag'; project: OpenProject; commit?: CommitInfo }
  /** What a commit taken back or over, or a branch as one commit, would change; `title` names it. */
  | { kind: 'apply'; project: OpenProject; what: Applied; title: string }
  | { kind: 'parked'; project: OpenProject; branch?: string }
  | { kind: 'preview'; project: OpenProject; what: Shown; merge: MergeView }
  | { kind: 'timeline'; project: OpenProject }
  | { kind: 'incoming'; project: OpenProject }
  /** `at` to begin with a new branch that starts at a commit. */
  | { kind: 'branches'; project: OpenProject; creating?: boolean; at?: CommitInfo }
  | { kind: 'switch'; project: OpenProject; branch: string }
  | { kind: 'unmerged'; project: OpenProject; branch: string; commits: CommitInfo[] }
  | { kind: 'rejected'; project: OpenProject; rejected: Rejected }
  /** What looks like a secret in what was to be committed or pushed; `again` does that once each is settled. */
  | {
      kind: 'secrets';
      project: OpenProject;
      secrets: Secret[];
      during: 'commit' | 'push';
      again: () => unknown;
    }
  | { kind: 'unrelated'; project: OpenProject; during: 'push' | 'pull' }
  /** Without `merge` it is read first. */
  | { kind: 'questions'; project: OpenProject; merge?: MergeView }
  | { kind: 'move'; project: OpenProject; ids: string[] }
  | { kind: 'members'; project: OpenProject };

export type DialogEntry = DialogSpec & { key: number };

/** Open dialogs, the topmost last. */
class Dialogs {
  list = $state.raw<DialogEntry[]>([]);
  readonly top = $derived(this.list.at(-1)?.key ?? null);
  #next = 1;

  open(spec: DialogSpec): number {
    if (spec.kind !== 'confirm' && this.list.some(({ kind }) => kind === spec.kind)) return -1;
    const key = this.#next++;
    this.list = [...this.list, { ...spec, key }];
    return key;
  }

  /** Opens it on top, in place of one of its kind that is open below. */
  renew(spec: DialogSpec): number {
    this.list = this.list.filter(({ kind }) => kind !== spec.kind);
    return this.open(spec);
  }

  close(key: number) {
    this.list = this.list.filter((entry) => entry.key !== key);
  }

  closeAll() {
    this.list = [];
  }

  confirm(text: ConfirmText): Promise<boolean> {
    return new Promise((answer) => {
      this.open({ kind: 'confirm', text, answer });
    });
  }
}

export const dialogs = new Dialogs();
