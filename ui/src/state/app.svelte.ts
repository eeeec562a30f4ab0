import type { ErrorView } from '../bindings/ErrorView';
import type { ProjectCard } from '../bindings/ProjectCard';
import * as ipc from '../ipc';
import { toErrorView } from '../lib/errors';
import { latest } from '../lib/latest';
import { dialogs } from './dialogs.svelte';
import { OpenProject } from './project.svelte';
import { settled } from './settled';
import { settings } from './settings.svelte';

/** What the window shows: the dashboard, or one open project. */
class App {
  cards = $state.raw<ProjectCard[] | null>(null);
  cardsError = $state.raw<ErrorView | null>(null);
  project = $state.raw<OpenProject | null>(null);
  /** True until it is known whether the last project opens; nothing can be clicked before. */
  starting = $state(true);

  readonly #readCards = latest(async () => {
    try {
      this.cards = await ipc.projects();
      this.cardsError = null;
    } catch (thrown) {
      this.cardsError = toErrorView(thrown);
    }
  });

  loadCards(): Promise<void> {
    return this.#readCards(undefined);
  }

  async start() {
    this.starting = settings.value.lastProject !== null;
    try {
      await this.#watch();
      await this.#openLast();
    } finally {
      this.starting = false;
    }
  }

  async #watch() {
    await ipc.onProjectChanged((id) => {
      if (this.project?.id === id) void this.project.reload();
      else if (!this.project) void this.loadCards();
    });
  }

  async #openLast() {
    await this.loadCards();
    const last = this.cards?.find(({ id }) => id === settings.value.lastProject);
    if (last && !last.problem) await this.open(last.id);
  }

  /** Opens a project in place of the open one; null where that one could not be saved. */
  async open(id: string): Promise<OpenProject | null> {
    if (this.project?.id === id) {
      await this.project.reload();
      return this.project;
    }
    if (this.project && !(await settled(this.project))) return null;
    const project = new OpenProject(id);
    this.project = project;
    settings.change({ lastProject: id });
    await project.reload();
    return project;
  }

  async toDashboard() {
    if (this.project && !(await settled(this.project))) return;
    dialogs.closeAll();
    this.project = null;
    settings.change({ lastProject: null });
    await this.loadCards();
  }
}

export const app = new App();
