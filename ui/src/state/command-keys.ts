import { matches, type Shortcut } from '../lib/shortcuts';

/** The keys of commands. Those of the native menu are the same. */
export const commandKeys = {
  palette: 'Mod+K',
  clone: 'Mod+Shift+O',
  'new-project': 'Mod+Shift+N',
  'open-folder': 'Mod+O',
  settings: 'Mod+,',
  events: 'Mod+Shift+E',
  devtools: 'Mod+Shift+I',
  dashboard: 'Mod+Shift+D',
  commit: 'Mod+Shift+C',
  push: 'Mod+Shift+P',
  pull: 'Mod+Shift+L',
  search: 'Mod+Shift+F',
  fetch: 'Mod+Shift+R',
  branches: 'Mod+Shift+B',
  history: 'Mod+Shift+H',
  timeline: 'Mod+Shift+T',
  save: 'Mod+S',
  undo: 'Mod+Z',
  redo: 'Mod+Shift+Z',
} as const satisfies Record<string, Shortcut>;

/** Id of the command that a key stands for. */
export const commandOf = (event: KeyboardEvent): string | null =>
  Object.entries(commandKeys).find(([, keys]) => matches(event, keys))?.[0] ?? null;
