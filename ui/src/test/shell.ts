import { mockIPC } from '@tauri-apps/api/mocks';

export type Arguments = Record<string, unknown>;
type Answer = unknown;

/** Answers commands from a table; a function is called with the arguments, an `Error`-like value is thrown by `refuse`. */
export function shell(table: Record<string, Answer>) {
  const calls: { command: string; args: Arguments }[] = [];
  mockIPC((command, payload) => {
    const args = (payload ?? {}) as Arguments;
    calls.push({ command, args });
    const answer = table[command];
    if (typeof answer === 'function') return (answer as (args: Arguments) => unknown)(args);
    if (answer === undefined && command in table) return null;
    if (answer === undefined)
      throw { code: 'internal', message: `No answer for ${command}.`, unchanged: '', advice: '' };
    return answer;
  });
  return {
    calls,
    /** Arguments of the calls of one command. */
    of: (command: string) => calls.filter((call) => call.command === command).map(({ args }) => args),
  };
}

export const refuse = (code: string, message: string) => () => {
  throw { code, message, unchanged: 'Nothing was changed.', advice: 'Try again.' };
};
