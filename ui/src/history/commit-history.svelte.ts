import type { ChangeList } from '../bindings/ChangeList';
import type { CommitInfo } from '../bindings/CommitInfo';
import type { ErrorView } from '../bindings/ErrorView';
import type { Tag } from '../bindings/Tag';
import * as ipc from '../ipc';
import { toErrorView } from '../lib/errors';
import { latest } from '../lib/latest';

const PAGE = 200;

/** The commits of a branch page by page, their tags, and what the picked one changed. */
export class CommitHistory {
  /** A branch, a tag or a commit; null is the current branch. */
  of = $state<string | null>(null);
  commits = $state.raw<CommitInfo[]>([]);
  loading = $state(true);
  error = $state.raw<ErrorView | null>(null);
  picked = $state.raw<CommitInfo | null>(null);
  changes = $state.raw<ChangeList | null>(null);
  changesError = $state.raw<ErrorView | null>(null);
  tags = $state.raw<Tag[]>([]);

  readonly #project: string;
  #next: string | null = null;
  readonly #read = latest(() => this.#readNow());

  constructor(project: string) {
    this.#project = project;
  }

  /** The first commits, and the tags. What is picked stays picked where it is still there. */
  load(): Promise<void> {
    return this.#read(undefined);
  }

  /** Another branch, or (null) the current one. */
  async show(of: string | null) {
    this.of = of;
    this.picked = null;
    this.commits = [];
    await this.load();
  }

  /** The next page, where there is one. */
  async more() {
    if (this.loading || this.#next === null) return;
    this.loading = true;
    const { of } = this;
    try {
      const page = await ipc.history(this.#project, of, this.#next, PAGE);
      if (of !== this.of) return;
      this.commits = [...this.commits, ...page.commits];
      this.#next = page.next;
    } catch (thrown) {
      this.error = toErrorView(thrown);
    }
    this.loading = false;
  }

  async pick(commit: CommitInfo) {
    if (this.picked?.id === commit.id && this.changes) return;
    this.picked = commit;
    this.changes = null;
    this.changesError = null;
    try {
      const list = await ipc.commitChanges(this.#project, commit.id);
      if (this.picked.id === commit.id) this.changes = list;
    } catch (thrown) {
      if (this.picked.id === commit.id) this.changesError = toErrorView(thrown);
    }
  }

  tagsOf(commit: CommitInfo): Tag[] {
    return this.tags.filter((tag) => tag.commit.id === commit.id);
  }

  async #readNow() {
    const { of } = this;
    this.loading = true;
    try {
      const [page, tags] = await Promise.all([
        ipc.history(this.#project, of, null, PAGE),
        ipc.tags(this.#project),
      ]);
      if (of !== this.of) return;
      this.tags = tags;
      this.#next = page.next;
      this.commits = page.commits;
      this.error = null;
      const again = page.commits.find(({ id }) => id === this.picked?.id) ?? page.commits[0];
      if (again) void this.pick(again);
      else this.picked = null;
    } catch (thrown) {
      this.error = toErrorView(thrown);
    }
    this.loading = false;
  }
}
