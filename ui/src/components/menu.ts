import type { Component } from 'svelte';

export interface MenuEntry {
  id: string;
  label: string;
  hint?: string;
  icon?: Component;
  shortcut?: string;
  /** Why it cannot be used now. */
  disabled?: string | undefined;
  danger?: boolean;
  /** Small text at the end, such as a count. */
  note?: string;
  run: () => unknown;
}

/** Entries in groups; a line is drawn between groups. */
export type MenuGroups = MenuEntry[][];
