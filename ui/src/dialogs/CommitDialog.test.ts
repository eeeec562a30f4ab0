import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { dialogs } from '../state/dialogs.svelte';
import { toasts } from '../state/toasts.svelte';
import { change, commit, secret, view } from '../test/data';
import { openProject } from '../test/project';
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
const committed = {
  outcome: 'committed',
  commit: commit('c'.repeat(40), 'Use the new path'),
  along: [] as string[],
  push: null,
  pushError: null,
};

async function open(table: Record<string, unknown> = {}) {
  const calls = shell({
    project_view: view(),
    changes: list,
    commit: committed,
    discard: { files: 1, along: [] },
    ...table,
  });
  const project = openProject();
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

const cell = (path: string, label: string, bookkeeping = false) => ({
  path,
  label,
  before: 'a',
  after: 'b',
  bookkeeping,
  comparison: { kind: 'value' as const },
});
const fields = [
  cell('url', 'URL'),
  cell('headers.X-Debug', 'header X-Debug'),
  cell('modified', 'time', true),
];
const withFields = {
  changes: [change('req_1', 'List shipments', { fields }), change('req_2', 'Create shipment')],
  proposedMessage: '',
};

test('a field is left out of the commit', async () => {
  const { of } = await open({ changes: withFields });
  await userEvent.click(screen.getByTestId('field-check-headers.X-Debug'));
  const box = screen.getByTestId<HTMLInputElement>('change-check-req_1');
  expect(box.indeterminate).toBe(true);
  await userEvent.type(screen.getByTestId('commit-message'), 'Only the URL');
  await userEvent.click(screen.getByTestId('commit-submit'));
  await waitFor(() => expect(of('commit')[0]).toMatchObject({ only: ['req_1:url', 'req_2'] }));
});

test('what went along is told', async () => {
  await open({ changes: withFields, commit: { ...committed, along: ['Outer'] } });
  await userEvent.type(screen.getByTestId('commit-message'), 'Only the URL');
  await userEvent.click(screen.getByTestId('commit-submit'));
  await waitFor(() => expect(toasts.list[0]?.text).toBe('“Outer” went along, as the rest needs it.'));
});

test('the list is walked and chosen from by key', async () => {
  await open({ changes: withFields });
  screen.getByTestId('change-req_1').focus();
  await userEvent.keyboard('{ArrowDown} ');
  expect(document.activeElement).toBe(screen.getByTestId('change-req_2'));
  expect(screen.getByTestId<HTMLInputElement>('change-check-req_2').checked).toBe(false);
  await userEvent.keyboard('a');
  expect(screen.getByTestId<HTMLInputElement>('change-check-req_2').checked).toBe(true);
  await userEvent.keyboard('a');
  expect(screen.getByTestId<HTMLInputElement>('change-check-req_1').checked).toBe(false);
});

test('bookkeeping is folded away and there on demand', async () => {
  const noise = change('req_9', 'Only noise', {
    onlyBookkeeping: true,
    fields: [cell('modified', 'time', true)],
  });
  await open({ changes: { ...withFields, changes: [...withFields.changes, noise] } });
  expect(screen.queryByTestId('change-req_9')).toBeNull();
  await userEvent.click(screen.getByTestId('bookkeeping-fold'));
  expect(screen.getByTestId('change-req_9')).toBeTruthy();
  await userEvent.click(screen.getByTestId('bookkeeping-toggle'));
  expect(screen.getByTestId('bookkeeping-change').textContent).toContain('time');
});

const last = { ...commit('a'.repeat(40), 'Use the new path'), body: 'It is shorter.' };
const isDisabled = (id: string) => screen.getByTestId<HTMLInputElement>(id).disabled;

test('the last commit can be replaced by one that holds more', async () => {
  const { of, onclose } = await open({ history: { commits: [last], next: null }, amend: committed });
  const message = screen.getByTestId<HTMLTextAreaElement>('commit-message');
  await userEvent.type(message, 'Half a thought');
  await userEvent.click(screen.getByTestId('commit-amend'));
  await waitFor(() => expect(message.value).toBe('Use the new path\n\nIt is shorter.'));
  expect(isDisabled('commit-and-push')).toBe(true);
  await userEvent.click(screen.getByTestId('commit-amend'));
  expect(message.value).toBe('Half a thought');
  await userEvent.click(screen.getByTestId('commit-amend'));
  await screen.findByText('Replaces “Use the new path”.');
  await userEvent.click(screen.getByTestId('commit-submit'));
  await waitFor(() => expect(onclose).toHaveBeenCalled());
  expect(of('amend')).toEqual([{ project: '/p', message: 'Use the new path\n\nIt is shorter.', only: null }]);
  expect(of('commit')).toEqual([]);
});

test('a pushed commit is not replaced', async () => {
  await open({ project_view: view({ card: { ...view().card, ahead: 0 } }) });
  expect(isDisabled('commit-amend')).toBe(true);
  expect(screen.getByTitle('The last commit is pushed already, and others may have it.')).toBeTruthy();
});

test('with no change only the message of the last commit changes', async () => {
  const { of } = await open({
    changes: { changes: [], proposedMessage: '' },
    history: { commits: [last], next: null },
    amend: committed,
  });
  await userEvent.click(await screen.findByTestId('commit-reword'));
  await screen.findByText('Replaces “Use the new path”.');
  expect(isDisabled('commit-submit')).toBe(true);
  await userEvent.type(screen.getByTestId('commit-message'), ' Much.');
  await userEvent.click(screen.getByTestId('commit-submit'));
  await waitFor(() =>
    expect(of('amend')[0]).toMatchObject({ message: 'Use the new path\n\nIt is shorter. Much.' }),
  );
});

test('what looks like a secret is asked about, and the commit is tried again', async () => {
  const { of, onclose } = await open({ commit: { outcome: 'secretsFound', secrets: [secret()] } });
  await userEvent.type(screen.getByTestId('commit-message'), 'Send the key');
  await userEvent.click(screen.getByTestId('commit-submit'));
  await waitFor(() => expect(dialogs.list.map(({ kind }) => kind)).toEqual(['secrets']));
  expect(onclose).not.toHaveBeenCalled();
  const [asked] = dialogs.list;
  if (asked?.kind !== 'secrets') throw new Error('no question');
  await asked.again();
  expect(of('commit')).toHaveLength(2);
});
