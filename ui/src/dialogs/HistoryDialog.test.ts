import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { dialogs } from '../state/dialogs.svelte';
import { toasts } from '../state/toasts.svelte';
import { change, commit, view } from '../test/data';
import { openProject } from '../test/project';
import { refuse, shell } from '../test/shell';
import HistoryDialog from './HistoryDialog.svelte';

const last = { ...commit('a'.repeat(40), 'Use the new path'), parents: ['b'.repeat(40)] };
const older = { ...commit('b'.repeat(40), 'Add a header'), parents: ['c'.repeat(40)] };
const first = commit('c'.repeat(40), 'Begin');
const tag = { name: 'v1', commit: older, annotation: null };

async function open(table: Record<string, unknown> = {}) {
  dialogs.closeAll();
  const calls = shell({
    project_view: view(),
    history: { commits: [last, older, first], next: null },
    tags: [tag],
    branches: { local: [], remote: [] },
    commit_changes: { changes: [change('req_1', 'List shipments')], proposedMessage: '' },
    ...table,
  });
  const project = openProject();
  await project.reload();
  render(HistoryDialog, { project, top: true, onclose: vi.fn() });
  await screen.findByText('Add a header');
  return calls;
}

const entry = (id: string) => screen.getByTestId(`commit-${id}`);
const isDisabled = (id: string) => entry(id).getAttribute('aria-disabled') === 'true';

test('shows tags as badges, and what the newest commit changed', async () => {
  await open();
  expect(screen.getByTestId(`history-commit-${older.id}`).textContent).toContain('v1');
  expect((await screen.findByTestId('change-detail')).textContent).toContain('/new');
});

test('what a commit cannot is said in its menu', async () => {
  await open();
  await userEvent.pointer({
    keys: '[MouseRight]',
    target: screen.getByTestId(`history-commit-${first.id}`),
  });
  expect(isDisabled('revert')).toBe(true);
  expect(entry('revert').textContent).toContain('This is the first commit.');
  expect(entry('cherry-pick').textContent).toContain('It is on this branch already.');
  expect(screen.queryByTestId('commit-amend')).toBeNull();
});

test('the last commit can be changed while it is not pushed', async () => {
  await open();
  await userEvent.click(screen.getByTestId('commit-menu'));
  expect(isDisabled('amend')).toBe(false);
});

test('the keyboard opens the menu of the picked commit', async () => {
  await open();
  screen.getByTestId('history-list').focus();
  await userEvent.keyboard('{ArrowDown}{Shift>}{F10}{/Shift}');
  await userEvent.click(entry('revert'));
  await waitFor(() =>
    expect(dialogs.list.at(-1)).toMatchObject({
      kind: 'apply',
      what: { of: 'revert', commit: older.id },
      title: 'Add a header',
    }),
  );
});

test('a deleted tag can come back', async () => {
  const { of } = await open({ delete_tag: null });
  await userEvent.click(screen.getByText('Add a header'));
  await userEvent.click(screen.getByTestId('commit-menu'));
  await userEvent.click(entry('delete-v1'));
  await waitFor(() => expect(of('delete_tag')).toEqual([{ project: '/p', name: 'v1' }]));
  await waitFor(() => expect(toasts.list.at(-1)?.actions[0]?.label).toBe('Undo'));
});

test('another branch has its own history, from which commits are taken over', async () => {
  const picked = { ...commit('d'.repeat(40), 'Try webhooks'), parents: ['c'.repeat(40)] };
  const tip = {
    name: 'spike',
    tip: picked,
    current: false,
    upstream: null,
    ahead: null,
    behind: null,
    parked: false,
  };
  const { of } = await open({
    branches: { local: [tip], remote: [] },
    history: ({ of }: { of: string | null }) => ({
      commits: of ? [picked] : [last, older, first],
      next: null,
    }),
  });
  await userEvent.selectOptions(await screen.findByTestId('history-branch'), 'spike');
  await userEvent.click(await screen.findByText('Try webhooks', { selector: '.title' }));
  expect(of('history').at(-1)).toMatchObject({ of: 'spike', after: null });
  await userEvent.click(screen.getByTestId('commit-menu'));
  await userEvent.click(entry('cherry-pick'));
  await waitFor(() =>
    expect(dialogs.list.at(-1)).toMatchObject({ what: { of: 'cherryPick', commit: picked.id } }),
  );
});

test('says what went wrong and tries again', async () => {
  let broken = true;
  dialogs.closeAll();
  shell({
    project_view: view(),
    history: () =>
      broken ? refuse('io', 'The repository cannot be read.')() : { commits: [last], next: null },
    tags: [],
    branches: { local: [], remote: [] },
    commit_changes: { changes: [], proposedMessage: '' },
  });
  const project = openProject();
  await project.reload();
  render(HistoryDialog, { project, top: true, onclose: vi.fn() });
  await screen.findByText('The repository cannot be read.');
  broken = false;
  await userEvent.click(screen.getByTestId('history-again'));
  expect(await screen.findByText('This commit changes no file.')).toBeTruthy();
});
