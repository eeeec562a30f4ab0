import { readFileSync } from 'node:fs';
import { beforeEach, expect, test, vi } from 'vitest';
import { view } from '../test/data';
import { shell } from '../test/shell';
import { app } from './app.svelte';
import { commands, runCommand } from './commands.svelte';
import { events } from './events.svelte';
import { toasts } from './toasts.svelte';

// The native menu does these by itself or hands them to the text that has the focus.
const withoutCommand = ['quit', 'cut', 'copy', 'select-all'];
// Text fields keep these keys for themselves, so the native menu has none for them.
const withoutNativeKeys = ['undo', 'redo'];

const native = new Map(
  [
    ...readFileSync('../src-tauri/src/menu.rs', 'utf8').matchAll(
      /item\(\s*app,\s*"([^"]+)",\s*"[^"]*",\s*(?:None|Some\("([^"]+)"\))/g,
    ),
  ].map(([, id, keys]) => [id ?? '', keys?.replace('CmdOrCtrl', 'Mod')]),
);

beforeEach(async () => {
  shell({ project_view: view(), save_user_settings: null, projects: [] });
  await app.open('/p');
});

test('every entry of the native menu is a command with the same keys', () => {
  expect(native.size).toBeGreaterThan(15);
  const ours = new Map(commands().map(({ id, shortcut }) => [id, shortcut]));
  for (const [id, keys] of native) {
    if (withoutCommand.includes(id)) continue;
    expect([...ours.keys()]).toContain(id);
    if (!withoutNativeKeys.includes(id)) expect([id, ours.get(id)]).toEqual([id, keys]);
  }
});

test('every command with keys is in the native menu', () => {
  for (const { id, shortcut } of commands()) if (shortcut) expect([...native.keys()]).toContain(id);
});

test('no two commands share their keys', () => {
  const keys = commands().flatMap(({ shortcut }) => shortcut ?? []);
  expect(new Set(keys).size).toBe(keys.length);
});

test('a key that the native menu sees too counts once', () => {
  const now = vi.spyOn(performance, 'now');
  events.open = false;
  now.mockReturnValue(10_000);
  runCommand('events', 'key');
  now.mockReturnValue(10_100);
  runCommand('events', 'menu');
  expect(events.open).toBe(true);
  now.mockReturnValue(10_200);
  runCommand('events', 'key');
  expect(events.open).toBe(false);
  now.mockRestore();
});

test('a command that cannot be used now says why', () => {
  app.project = null;
  runCommand('commit');
  expect(toasts.list.at(-1)?.title).toBe('Open a project first.');
});
