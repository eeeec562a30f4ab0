// Runs in the page, in place of the shell: answers commands from a table.
export function installShell({ answers, failures, pending, steps }) {
  const callbacks = new Map();
  const listeners = {};
  let next = 1;
  const later = (ms) => new Promise((done) => setTimeout(done, ms));
  globalThis.__emit = (event, payload) =>
    (listeners[event] ?? []).forEach((id) => callbacks.get(id)?.({ event, id, payload }));
  globalThis.__answer = (command, answer) => (answers[command] = answer);
  globalThis.__TAURI_INTERNALS__ = {
    metadata: { currentWindow: { label: 'main' }, currentWebview: { label: 'main', windowLabel: 'main' } },
    transformCallback: (callback) => (callbacks.set(next, callback), next++),
    unregisterCallback: (id) => callbacks.delete(id),
    async invoke(command, args) {
      if (command === 'plugin:event|listen') {
        (listeners[args.event] ??= []).push(args.handler);
        return args.handler;
      }
      if (command in failures) throw failures[command];
      if (command in pending) {
        args.onProgress?.onmessage?.(pending[command]);
        return new Promise(() => undefined);
      }
      if (command === 'resource') {
        const found = answers.resource[args.id];
        if (found) return found;
        throw {
          code: 'not-found',
          message: 'This resource does not exist any more.',
          unchanged: '',
          advice: 'Choose another one in the tree.',
        };
      }
      if (command === 'edit_resource' && !('edit_resource' in answers)) {
        const before = answers.resource[args.id];
        return { outcome: 'saved', resource: { ...before, version: `${before.version}+` } };
      }
      if (command === 'search') {
        args.onHits.onmessage(answers.search?.found ?? []);
        return answers.search?.done ?? { resources: 0, hits: 0, complete: true };
      }
      if (command === 'test_connection') {
        for (const step of steps) {
          await later(20);
          args.onStep.onmessage(step);
        }
        return { steps, empty: false, defaultBranch: 'main' };
      }
      if (command in answers) return answers[command];
      throw { code: 'internal', message: `There is no answer for ${command}.`, unchanged: '', advice: '' };
    },
  };
}
