import type { ErrorView } from '../bindings/ErrorView';

export interface ToastAction {
  label: string;
  run: () => unknown;
}

export interface Toast {
  id: number;
  tone: 'success' | 'info' | 'error';
  title: string;
  text: string;
  advice: string;
  actions: ToastAction[];
  /** Milliseconds; null stays until it is closed. */
  lasts: number | null;
}

type ToastInput = Pick<Toast, 'title'> & Partial<Omit<Toast, 'id' | 'title'>>;

/** An offer such as "Undo" stands only until the next message. */
const offers = ({ actions }: Toast) => actions.length > 0;

/** Short messages at the lower edge. Errors stay until they are closed. */
class Toasts {
  list = $state<Toast[]>([]);
  #next = 1;

  show(input: ToastInput): number {
    const id = this.#next++;
    const actions = input.actions ?? [];
    const lasts = input.lasts === undefined ? (actions.length > 0 ? 9000 : 5000) : input.lasts;
    const toast: Toast = { tone: 'info', text: '', advice: '', ...input, actions, lasts, id };
    const kept = this.list.filter(
      (old) => old.title !== toast.title && (old.tone === 'error' || !offers(old)),
    );
    this.list = [...kept, toast].slice(-4);
    return id;
  }

  success(title: string, more: Partial<ToastInput> = {}) {
    return this.show({ title, tone: 'success', ...more });
  }

  error(error: ErrorView, actions: ToastAction[] = []) {
    return this.show({
      tone: 'error',
      title: error.message,
      text: error.unchanged,
      advice: error.advice,
      actions,
      lasts: null,
    });
  }

  close(id: number) {
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  clear() {
    this.list = [];
  }
}

export const toasts = new Toasts();
