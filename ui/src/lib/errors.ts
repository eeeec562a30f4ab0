import type { ErrorView } from '../bindings/ErrorView';

const isErrorView = (value: unknown): value is ErrorView =>
  typeof value === 'object' && value !== null && 'code' in value && 'message' in value;

/** Where the advice names commands of the terminal, what to do in the window. */
const advices: Record<string, string> = {
  'merge-waits': 'Open its questions and land it, or drop it first.',
  'no-question': 'The list shows what is asked now.',
};

/** Whatever was thrown, as something that can be shown. */
export function toErrorView(thrown: unknown): ErrorView {
  if (isErrorView(thrown)) {
    return {
      code: thrown.code,
      message: thrown.message,
      unchanged: thrown.unchanged ?? '',
      advice: advices[thrown.code] ?? thrown.advice ?? '',
    };
  }
  return {
    code: 'internal',
    message: 'Sheaf could not finish this because of a fault of its own.',
    unchanged: 'Your files are as they were.',
    advice: `Try again. If it happens again, copy the git-event report and send it with this text: ${
      thrown instanceof Error ? thrown.message : String(thrown)
    }`,
  };
}

/** Where a part of the page that is fetched late did not come. */
export const missingPart = (what: string): ErrorView => ({
  code: 'internal',
  message: `${what} could not be loaded.`,
  unchanged: 'Your files are as they were.',
  advice: 'Try again. If it happens again, close Sheaf and start it anew: what you typed is saved first.',
});

export const isCancelled = (thrown: unknown) => isErrorView(thrown) && thrown.code === 'cancelled';

/** True where a new token may be the way out. */
export const asksForToken = (error: ErrorView) => error.code.startsWith('auth') || error.code === 'forbidden';

/** True where the author settings are the way out. */
export const asksForAuthor = (error: ErrorView) => error.code === 'no-author';
