import type { Answer } from '../bindings/Answer';
import type { AskedQuestion } from '../bindings/AskedQuestion';
import type { ErrorView } from '../bindings/ErrorView';
import type { MergeView } from '../bindings/MergeView';
import * as ipc from '../ipc';
import { toErrorView } from '../lib/errors';
import type { OpenProject } from '../state/project.svelte';
import { groupsOf } from './groups';

/** The question, as it was asked about these values. */
export const keyOf = ({ id, seen }: AskedQuestion) => `${seen} ${id}`;

const none: AskedQuestion[] = [];

/** The merge that waits for answers, as a person works on it. Each answer is kept as soon as it is given. */
export class WaitingMerge {
  readonly #project: OpenProject;
  merge = $state.raw<MergeView | null>(null);
  /** False until it is known whether one waits. */
  loaded = $state(false);
  error = $state.raw<ErrorView | null>(null);
  #shownKey = $state<string | null>(null);
  /** Answers reach the shell in the order they were given. */
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  readonly questions = $derived(this.merge?.questions ?? none);
  readonly answered = $derived(this.questions.filter(({ answer }) => answer !== null).length);
  readonly open = $derived(this.questions.length - this.answered);
  readonly groups = $derived(groupsOf(this.questions));
  /** In the order of the list. */
  readonly order = $derived(this.groups.flatMap(({ questions }) => questions));
  readonly shown = $derived(
    this.order.find((asked) => keyOf(asked) === this.#shownKey) ??
      this.order.find(({ answer }) => answer === null) ??
      this.order[0] ??
      null,
  );

  constructor(project: OpenProject, merge: MergeView | null = null) {
    this.#project = project;
    if (merge) this.take(merge);
  }

  /** Shows a newer state of it. */
  take(merge: MergeView | null) {
    const shown = this.shown;
    this.merge = merge;
    this.loaded = true;
    // What it is about may have changed meanwhile; it is still the same place.
    const same = shown && this.order.find((asked) => keyOf(asked) === keyOf(shown));
    const again = same ?? this.order.find(({ id }) => id === shown?.id);
    this.#shownKey = again ? keyOf(again) : null;
  }

  show(asked: AskedQuestion | undefined) {
    if (asked) this.#shownKey = keyOf(asked);
  }

  /** Shows the next question in the order of the list, or the one before. */
  step(by: 1 | -1) {
    const at = this.order.findIndex((asked) => asked === this.shown);
    this.show(this.order[at + by]);
  }

  /** Shows the next question without an answer, from the beginning again after the last. */
  showNextOpen() {
    const at = this.order.findIndex((asked) => asked === this.shown);
    const ahead = [...this.order.slice(at + 1), ...this.order.slice(0, at)];
    this.show(ahead.find(({ answer }) => answer === null));
  }

  load(): Promise<void> {
    return this.#inTurn(() => ipc.questions(this.#project.id));
  }

  /** Answers a question, or (with null) opens it again. */
  answer(asked: AskedQuestion, answer: Answer | null): Promise<void> {
    this.show(asked);
    this.#mark((other) => (other === asked ? answer : other.answer));
    return this.#inTurn(() => ipc.answerQuestion(this.#project.id, asked.id, asked.seen, answer));
  }

  /** Gives all that are open the same answer. */
  answerOpen(answer: Answer): Promise<void> {
    this.#mark((asked) => asked.answer ?? answer);
    return this.#inTurn(() => ipc.answerAll(this.#project.id, answer));
  }

  /** Shows answers before the shell has them. */
  #mark(answerOf: (asked: AskedQuestion) => Answer | null) {
    if (!this.merge) return;
    const shown = this.shown;
    const questions = this.merge.questions.map((asked) => {
      const answer = answerOf(asked);
      return answer === asked.answer ? asked : { ...asked, answer };
    });
    this.merge = { ...this.merge, questions };
    if (shown) this.#shownKey = keyOf(shown);
  }

  #inTurn(work: () => Promise<MergeView | null>): Promise<void> {
    this.#waiting += 1;
    const turn = this.#last.then(async () => {
      try {
        const merge = await work();
        // Answers that are under way are not taken back for a moment.
        if (this.#waiting === 1) this.take(merge);
        this.error = null;
      } catch (thrown) {
        this.error = toErrorView(thrown);
        await this.#readAgain();
      } finally {
        this.#waiting -= 1;
      }
    });
    this.#last = turn;
    return turn;
  }

  /** After an error, shows what stands. */
  async #readAgain() {
    try {
      this.take(await ipc.questions(this.#project.id));
    } catch {
      this.loaded = true;
    }
  }
}
