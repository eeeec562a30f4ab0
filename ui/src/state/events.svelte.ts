import type { GitEvent } from '../bindings/GitEvent';
import * as ipc from '../ipc';

const KEPT = 2000;

export interface NumberedEvent {
  key: number;
  event: GitEvent;
}

/** The git-events of this run, newest last, and whether their panel is open. */
class Events {
  open = $state(false);
  list = $state.raw<NumberedEvent[]>([]);
  #next = 1;

  async start() {
    await ipc.onGitEvent((event) => {
      console.info(`git-event ${event.operation} ${event.phase} ${event.detail}`, event);
      this.#add([event]);
    });
    const before = await ipc.recentEvents().catch(() => []);
    const live = this.list;
    this.list = [];
    this.#add(before.filter((old) => !live.some(({ event }) => same(event, old))));
    this.list = [...this.list, ...live];
  }

  clear() {
    this.list = [];
  }

  #add(events: GitEvent[]) {
    const numbered = events.map((event) => ({ key: this.#next++, event }));
    this.list = [...this.list, ...numbered].slice(-KEPT);
  }
}

const same = (a: GitEvent, b: GitEvent) =>
  a.time === b.time && a.operation === b.operation && a.phase === b.phase && a.detail === b.detail;

export const events = new Events();
