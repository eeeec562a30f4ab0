import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { change, commit, view } from '../test/data';
import { openProject } from '../test/project';
import { refuse, shell } from '../test/shell';
import IncomingDialog from './IncomingDialog.svelte';

const found = {
  upstream: 'origin/main',
  known: true,
  ahead: 1,
  behind: 2,
  commits: [commit('b'.repeat(40), 'Use PUT'), commit('c'.repeat(40), 'Add a header')],
  changes: { changes: [change('req_1', 'List shipments'), change('req_2', 'Create')], proposedMessage: '' },
};

async function open(table: Record<string, unknown> = {}) {
  const calls = shell({ project_view: view(), incoming: found, fetch: null, ...table });
  const project = openProject();
  await project.reload();
  const onclose = vi.fn();
  render(IncomingDialog, { project, top: true, onclose });
  return { ...calls, onclose };
}

test('shows what a pull would bring', async () => {
  await open();
  expect(await screen.findByText(/2 new commits on origin\/main/)).toBeTruthy();
  expect(screen.getByText('1 commit of yours is not there yet')).toBeTruthy();
  expect(screen.getByTestId('change-detail').textContent).toContain('/new');
  await userEvent.click(screen.getByTestId('change-req_2'));
  await waitFor(() => expect(screen.getByTestId('change-detail').textContent).toContain('Create'));
});

test('pulls and closes', async () => {
  const { of, onclose } = await open({ pull: { outcome: 'upToDate' } });
  await userEvent.click(await screen.findByTestId('incoming-pull'));
  expect(onclose).toHaveBeenCalled();
  await waitFor(() => expect(of('pull')).toHaveLength(1));
});

test('says that there is nothing new, and looks again', async () => {
  const { of } = await open({ incoming: { ...found, behind: 0 } });
  expect(await screen.findByTestId('incoming-empty')).toBeTruthy();
  await userEvent.click(screen.getByTestId('incoming-fetch'));
  await waitFor(() => expect(of('fetch')).toHaveLength(1));
});

test('says what went wrong', async () => {
  await open({ incoming: refuse('detached', 'You are on no branch.') });
  expect(await screen.findByText('You are on no branch.')).toBeTruthy();
});
