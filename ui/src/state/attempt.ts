import type { ErrorView } from '../bindings/ErrorView';
import * as ipc from '../ipc';
import type { Running } from '../ipc';
import { asksForAuthor, asksForToken, isCancelled, toErrorView } from '../lib/errors';
import { dialogs } from './dialogs.svelte';
import { events } from './events.svelte';
import { operations } from './operations.svelte';
import type { OpenProject } from './project.svelte';
import { repair } from './repairing';
import { settled } from './settled';
import { toasts, type ToastAction } from './toasts.svelte';

/** What may be offered beside an error. */
export function wayOut(error: ErrorView, project: OpenProject | null, again?: () => unknown): ToastAction[] {
  if (!project) return [];
  const settings = (label: string, purpose: 'token' | 'set-up'): ToastAction => ({
    label,
    run: () => dialogs.open({ kind: 'remote-settings', project, purpose }),
  });
  if (asksForToken(error)) return [settings('Change token…', 'token')];
  if (asksForAuthor(error)) {
    return [{ label: 'Set author…', run: () => dialogs.open({ kind: 'author', project }) }];
  }
  if (error.code === 'no-remote') return [settings('Set up sync…', 'set-up')];
  if (error.code === 'merge-waits') {
    return [{ label: 'Open questions', run: () => dialogs.open({ kind: 'questions', project }) }];
  }
  if (error.code === 'damaged') {
    return [{ label: 'Repair', run: () => repair(project) }];
  }
  const showEvents = { label: 'Show git-events', run: () => (events.open = true) };
  return again ? [{ label: 'Try again', run: again }, showEvents] : [showEvents];
}

/** Shows an error where there is no better place for it. */
export function report(thrown: unknown, project: OpenProject | null = null, again?: () => unknown) {
  if (isCancelled(thrown)) {
    toasts.show({ title: 'Cancelled.', text: 'Nothing was changed.' });
    return;
  }
  const error = toErrorView(thrown);
  toasts.error(error, wayOut(error, project, again));
}

/** Runs a quick command; an error becomes a message. */
export async function attempt<T>(
  project: OpenProject | null,
  work: () => Promise<T>,
  again?: () => unknown,
): Promise<{ value: T } | null> {
  try {
    return { value: await work() };
  } catch (thrown) {
    report(thrown, project, again);
    return null;
  }
}

/** Runs a long command, which most can cancel; what is typed is saved first. `again` is offered after a failure. */
export async function attemptLong<T>(
  project: OpenProject,
  label: string,
  work: (run: Running) => Promise<T>,
  again?: () => unknown,
  cancellable = true,
): Promise<{ value: T } | null> {
  if (!(await settled(project))) return null;
  const done = await attempt(project, () => operations.run(project.id, label, work, cancellable), again);
  await project.reload();
  return done;
}

export const openPage = (url: string) => attempt(null, () => ipc.openLink(url));
