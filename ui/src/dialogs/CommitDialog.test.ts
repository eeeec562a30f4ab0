import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { OpenProject } from '../state/project.svelte';
import { toasts } from '../state/toasts.svelte';
import { change, commit, view } from '../test/data';
import { shell } from '../test/shell';
import CommitDialog from './CommitDialog.svelte';

const list = {
  changes: [
    change('req_1', 'List shipments'),
    change('req_2', 'Create shipment'),
    change('req_3', 'Health', { location: ['Parcels'] }),
  ],
  proposedMessage: 'Change three requests',
};
const committed = { commit: commit('c'.repeat(40), 'Use the new path'), push: null, pushError: null };

async function open(table: Record<string, unknown> = {}) {
  const calls = shell({ project_view: view(), changes: list, commit: committed, discard: 1, ...table });
  const project = new OpenProject('/p');
  await project.reload();
  const onclose = vi.fn();
  render(CommitDialog, { project, top: true, onclose });
  await screen.findByTestId('change-detail').catch(() => null);
  return { ...calls, onclose };
}

test('shows changes by place with their fields', async () => {
  await open();
  expect(screen.getByLabelText('Parcels / Shipments')).toBeTruthy();
  const detail = screen.getByTestId('change-detail');
  expect(detail.textContent).toContain('/old');
  expect(detail.textContent).toContain('/new');
});

test('a commit needs a message', async () => {
  const { of } = await open();
  await userEvent.click(screen.getByTestId('commit-submit'));
  expect(await screen.findByText('Say in a few words what you changed.')).toBeTruthy();
  expect(of('commit')).toEqual([]);
});

test('everything is committed as everything, a part by its ids', async () => {
  const { of, onclose } = await open();
  await userEvent.click(screen.getByTestId('change-check-req_2'));
  await userEvent.type(screen.getByTestId('commit-message'), 'Use the new path');
  await userEvent.click(screen.getByTestId('commit-submit'));
  await waitFor(() => expect(onclose).toHaveBeenCalled());
  expect(of('commit')[0]).toMatchObject({
    message: 'Use the new path',
    only: ['req_1', 'req_3'],
    push: false,
  });
});

test('the proposed message can be taken, and Mod+Enter commits all', async () => {
  const { of } = await open();
  await userEvent.click(screen.getByTestId('commit-use-proposed'));
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await waitFor(() => expect(of('commit')).toHaveLength(1));
  expect(of('commit')[0]).toMatchObject({ message: 'Change three requests', only: null });
});

test('a failed push says that the commit stands', async () => {
  await open({
    commit: {
      ...committed,
      pushError: {
        code: 'offline',
        message: 'The host cannot be reached.',
        unchanged: '',
        advice: 'Push later.',
      },
    },
  });
  await userEvent.type(screen.getByTestId('commit-message'), 'Use the new path');
  await userEvent.click(screen.getByTestId('commit-and-push'));
  await waitFor(() => expect(toasts.list[0]?.text).toBe('The commit stands, but it was not pushed.'));
});

test('discarding one change can be undone', async () => {
  const { of } = await open();
  await userEvent.click(screen.getByTestId('discard-req_2'));
  await waitFor(() => expect(of('discard')).toEqual([{ project: '/p', only: ['req_2'] }]));
  expect(toasts.list[0]?.actions[0]?.label).toBe('Undo');
});

test('with no change it says so', async () => {
  await open({ changes: { changes: [], proposedMessage: '' } });
  expect(await screen.findByTestId('commit-empty')).toBeTruthy();
});
