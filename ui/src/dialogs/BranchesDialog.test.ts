import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { Branches } from '../bindings/Branches';
import { dialogs } from '../state/dialogs.svelte';
import { toasts } from '../state/toasts.svelte';
import { commit, view } from '../test/data';
import { openProject } from '../test/project';
import { shell } from '../test/shell';
import BranchesDialog from './BranchesDialog.svelte';

const tip = commit('b'.repeat(40), 'Add a header');
const local = (name: string, current = false) => ({
  name,
  tip,
  current,
  upstream: `origin/${name}`,
  ahead: 0,
  behind: 0,
  parked: false,
});
const all: Branches = { local: [local('main', true), local('spike')], remote: [{ name: 'old', tip }] };

async function open(table: Record<string, unknown> = {}) {
  dialogs.closeAll();
  const calls = shell({ project_view: view(), branches: all, ...table });
  const project = openProject();
  await project.reload();
  render(BranchesDialog, { project, top: true, onclose: vi.fn() });
  await screen.findByTestId('branch-old');
  return calls;
}

async function choose(branch: string, entry: string) {
  await userEvent.click(screen.getByTestId(`branch-menu-${branch}`));
  await userEvent.click(screen.getByTestId(`branch-menu-${entry}`));
}

function answer(yes: boolean) {
  const asked = dialogs.list.at(-1);
  if (asked?.kind !== 'confirm') throw new Error('nothing was asked');
  asked.answer(yes);
  dialogs.close(asked.key);
}

test('a branch of the remote is deleted after a question, and comes back', async () => {
  const backup = 'refs/sheaf/backup/old/1';
  const { of } = await open({
    delete_remote_branch: { outcome: 'done', backup },
    push_back: { outcome: 'done', backup: null },
  });
  await choose('old', 'delete-remote');
  answer(false);
  expect(of('delete_remote_branch')).toEqual([]);
  await choose('old', 'delete-remote');
  answer(true);
  await waitFor(() => expect(of('delete_remote_branch')[0]).toMatchObject({ name: 'old' }));
  await waitFor(() => expect(toasts.list.at(-1)?.title).toBe('Deleted “old” on the remote.'));
  toasts.list.at(-1)?.actions[0]?.run();
  await waitFor(() => expect(of('push_back')[0]).toMatchObject({ backup, expected: null }));
});

test('looking for new ones says which came and which are gone', async () => {
  let read = 0;
  await open({
    branches: () => (read++ === 0 ? all : { ...all, remote: [{ name: 'new', tip }] }),
    fetch: null,
  });
  await userEvent.click(screen.getByTestId('branches-fetch'));
  await waitFor(() => expect(toasts.list.at(-1)?.title).toBe('New on the remote: “new”.'));
  expect(toasts.list.at(-1)?.text).toBe('Gone there, and off the list: “old”.');
});

test('branches that are gone on the remote are taken off the list, and undo is offered', async () => {
  const { of } = await open({ prune_branches: [{ name: 'old', tip }] });
  await userEvent.click(screen.getByTestId('branches-prune'));
  await waitFor(() => expect(toasts.list.at(-1)?.title).toBe('Off the list: “old”.'));
  expect(toasts.list.at(-1)?.actions[0]?.label).toBe('Undo');
  expect(of('prune_branches')).toHaveLength(1);
});

test('a branch can be compared, shown in the history, and merged as one commit', async () => {
  await open();
  await choose('spike', 'compare');
  expect(dialogs.list.at(-1)).toMatchObject({ kind: 'compare', from: 'main', to: 'spike' });
  await choose('old', 'history');
  expect(dialogs.list.at(-1)).toMatchObject({ kind: 'history', of: 'origin/old' });
  await choose('spike', 'squash');
  await waitFor(() => expect(dialogs.list.at(-1)).toMatchObject({ what: { of: 'squash', name: 'spike' } }));
});
