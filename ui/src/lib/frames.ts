/** Runs after what is there now is drawn; gives what stops that. */
export function afterFrame(run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => (timer = setTimeout(run)));
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}

/** Once what is there now is drawn, and the page listens again. */
export const drawn = () => new Promise<void>((done) => void afterFrame(done));

/** Goes on in a task of its own, at once: a timer would wait for a second where the window is out of sight. */
export const turn = () =>
  new Promise<void>((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(null);
  });
