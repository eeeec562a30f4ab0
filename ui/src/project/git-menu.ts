import type { MenuGroups } from '../components/menu';
import { pickCommands } from '../state/commands.svelte';
import type { OpenProject } from '../state/project.svelte';

/** The Git menu at the top right of the header. */
export function gitMenu(project: OpenProject): MenuGroups {
  const card = project.view?.card;
  const notes: Record<string, number | null | undefined> = {
    commit: project.changed.size,
    push: card?.ahead,
    pull: card?.behind,
  };
  const group = (...ids: string[]) =>
    pickCommands(...ids).map((command) => {
      const n = notes[command.id];
      return n ? { ...command, note: String(n) } : command;
    });
  return [
    group('commit', 'amend'),
    group('push', 'pull', 'fetch', 'incoming'),
    group('questions', 'branches', 'history', 'timeline'),
    // Rarer, so a line each.
    group('compare', 'tags', 'parked').map(({ hint: _hint, ...entry }) => entry),
    group('remote-settings', 'members'),
  ];
}
