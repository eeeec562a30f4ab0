import type { GitEvent } from '../bindings/GitEvent';
import type { Phase } from '../bindings/Phase';

export const phaseNames: Record<Phase, string> = {
  started: 'Started',
  progress: 'Progress',
  auth: 'Login',
  server: 'Server',
  rejected: 'Rejected',
  failed: 'Failed',
  finished: 'Finished',
};

export interface EventFilter {
  text: string;
  operation: string;
  phase: Phase | 'all';
}

/** True where an event passes all three filters. */
export function matchesFilter(event: GitEvent, filter: EventFilter): boolean {
  if (filter.operation !== 'all' && event.operation !== filter.operation) return false;
  if (filter.phase !== 'all' && event.phase !== filter.phase) return false;
  const text = filter.text.trim().toLowerCase();
  if (!text) return true;
  return [
    event.detail,
    event.project,
    event.operation,
    event.branch,
    event.remote,
    event.code,
    event.advice,
  ].some((part) => part?.toLowerCase().includes(text));
}
