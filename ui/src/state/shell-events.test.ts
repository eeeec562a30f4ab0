import { emit } from '@tauri-apps/api/event';
import { mockIPC } from '@tauri-apps/api/mocks';
import { waitFor } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { resource, view } from '../test/data';
import { app } from './app.svelte';
import { dialogs } from './dialogs.svelte';
import { settings } from './settings.svelte';
import { toasts } from './toasts.svelte';
import { listenToShell } from './shell-events';

function shell(saves: boolean) {
  const closed: unknown[] = [];
  mockIPC(
    (command, args) => {
      if (command === 'project_view') return view();
      if (command === 'resource') return resource();
      if (command === 'finish_closing') closed.push(args);
      if (command !== 'edit_resource') return null;
      if (saves) return { outcome: 'saved', resource: resource() };
      throw { code: 'io', message: 'The disk is full.', unchanged: '', advice: '' };
    },
    { shouldMockEvents: true },
  );
  return closed;
}

async function edited() {
  await listenToShell();
  const project = await app.open('/p');
  project?.open('req_1');
  await waitFor(() => expect(project?.active?.view).toBeTruthy());
  project?.active?.edit('url', 'x');
}

test('the window closes once what was typed is saved', async () => {
  const closed = shell(true);
  await edited();
  await emit('closing');
  await waitFor(() => expect(closed).toEqual([{ close: true }]));
});

test('what cannot be saved is asked about first', async () => {
  const closed = shell(false);
  await edited();
  await emit('closing');
  await waitFor(() => expect(dialogs.list.at(-1)?.kind).toBe('confirm'));
  expect(closed).toEqual([]);
  const entry = dialogs.list.at(-1);
  if (entry?.kind === 'confirm') {
    expect(entry.text.text).toContain('“List shipments”');
    entry.answer(false);
  }
  await waitFor(() => expect(closed).toEqual([{ close: false }]));
});

test('settings that wait are written before the window closes', async () => {
  const closed: unknown[] = [];
  const written: unknown[] = [];
  mockIPC(
    (command, args) => {
      if (command === 'save_user_settings') written.push(args);
      if (command === 'finish_closing') closed.push(args, written.length);
    },
    { shouldMockEvents: true },
  );
  await listenToShell();
  settings.change({ treeWidth: 300 });
  await emit('closing');
  await waitFor(() => expect(closed).toEqual([{ close: true }, 1]));
});

test('a refused push of a project that is not open can be looked at', async () => {
  shell(true);
  await listenToShell();
  const outcome = { outcome: 'unrelated' };
  await emit('queued-push', { project: '/p', outcome, error: null });
  await waitFor(() => expect(toasts.list[0]?.actions[0]?.label).toBe('Open it'));
  await toasts.list[0]?.actions[0]?.run();
  expect(app.project?.id).toBe('/p');
  expect(dialogs.list.at(-1)?.kind).toBe('unrelated');
});
