/** Runs one at a time and keeps only the newest call that came meanwhile. */
export function latest<T>(work: (argument: T) => Promise<void>): (argument: T) => Promise<void> {
  let running: Promise<void> | null = null;
  let next: { argument: T } | null = null;

  async function drain(first: T): Promise<void> {
    let argument = first;
    for (;;) {
      await work(argument);
      if (!next) return;
      argument = next.argument;
      next = null;
    }
  }

  return (argument) => {
    if (running) {
      next = { argument };
      return running;
    }
    running = drain(argument).finally(() => {
      running = null;
    });
    return running;
  };
}

/** Calls `work` once, `delay` after the last call. */
export function debounce(delay: number, work: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    call() {
      clearTimeout(timer);
      timer = setTimeout(work, delay);
    },
    cancel() {
      clearTimeout(timer);
    },
  };
}
