import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { Secret } from '../bindings/Secret';
import { dialogs } from '../state/dialogs.svelte';
import { toasts } from '../state/toasts.svelte';
import { commit, secret, view } from '../test/data';
import { openProject } from '../test/project';
import { refuse, shell } from '../test/shell';
import SecretsDialog from './SecretsDialog.svelte';

const moved = {
  resource: 'req_1',
  field: 'headers.X-Api-Key',
  variable: 'x_api_key',
  environment: 'env_2',
  environmentName: 'Private',
};

async function open(
  secrets: Secret[],
  during: 'commit' | 'push' = 'commit',
  table: Record<string, unknown> = {},
) {
  const calls = shell({ project_view: view(), allow_secrets: null, move_secret: moved, ...table });
  const project = openProject();
  await project.reload();
  const [onclose, again] = [vi.fn(), vi.fn()];
  render(SecretsDialog, { project, secrets, during, again, top: true, onclose });
  return { ...calls, onclose, again };
}

const goOn = () => screen.getByTestId<HTMLButtonElement>('secrets-go-on');
const inFile = secret({
  fingerprint: 'fedcba9876543210',
  what: 'Private key',
  path: 'deploy.env',
  resource: { id: 'deploy.env', kind: 'File', name: 'deploy.env', method: null, location: [] },
  field: '',
  label: '',
  line: 3,
  canMove: false,
});

test('says what is where and shows nothing but the ends of it', async () => {
  await open([secret(), inFile]);
  const [first, second] = screen.getAllByTestId('secret');
  expect(first?.textContent).toContain('GitHub token');
  expect(first?.textContent).toContain('abcd…wxyz');
  expect(first?.textContent).toContain('Parcels / Shipments');
  expect(first?.textContent).toContain('header X-Api-Key');
  expect(second?.textContent).toContain('line 3');
  expect(second?.textContent).toContain('Allow for this file');
  expect(screen.getByTestId('secrets-left').textContent).toContain('2 values to settle');
});

test('goes on only once each is settled, with what was allowed', async () => {
  const { of, again, onclose } = await open([secret(), inFile]);
  expect(goOn().disabled).toBe(true);
  await userEvent.click(screen.getAllByTestId('secret-once')[0] as HTMLElement);
  expect(goOn().disabled).toBe(true);
  await userEvent.click(screen.getAllByTestId('secret-field-allow')[1] as HTMLElement);
  expect(goOn().textContent).toContain('Commit anyway');
  await userEvent.click(goOn());
  await waitFor(() => expect(again).toHaveBeenCalled());
  expect(of('allow_secrets')).toEqual([
    { project: '/p', fingerprints: ['0123456789abcdef'], how: 'once' },
    { project: '/p', fingerprints: ['fedcba9876543210'], how: 'field' },
  ]);
  expect(onclose).toHaveBeenCalled();
});

test('a value that moved is settled', async () => {
  const { of, again } = await open([secret()]);
  await userEvent.click(screen.getByTestId('secret-move'));
  expect((await screen.findByTestId('secret-moved')).textContent).toContain('“Private” as x_api_key');
  expect(of('move_secret')).toEqual([{ project: '/p', fingerprint: '0123456789abcdef' }]);
  expect(goOn().textContent.trim()).toBe('Commit');
  await userEvent.click(goOn());
  await waitFor(() => expect(again).toHaveBeenCalled());
  expect(of('allow_secrets')).toEqual([]);
});

test('what is not in a field of a request cannot move', async () => {
  const { of } = await open([inFile]);
  await userEvent.click(screen.getByTestId('secret-move'));
  expect(of('move_secret')).toEqual([]);
  expect(screen.getByTestId('secret-move').title).toContain('No template is filled in here');
});

test('a value of the last commit moves, and the commit has to be replaced', async () => {
  const last = commit('a'.repeat(40), 'Send the key');
  const { onclose, again } = await open([secret({ commit: last })], 'push');
  expect(screen.getByTestId('secret-commit').textContent).toContain('Send the key');
  await userEvent.click(screen.getByTestId('secret-move'));
  await waitFor(() => expect(onclose).toHaveBeenCalled());
  expect(again).not.toHaveBeenCalled();
  toasts.list[0]?.actions[0]?.run();
  expect(dialogs.list[0]).toMatchObject({ kind: 'commit', amend: true });
});

test('a value of an older commit stays where it is', async () => {
  const { of } = await open([secret({ commit: commit('b'.repeat(40), 'Older') })], 'push');
  await userEvent.click(screen.getByTestId('secret-move'));
  expect(of('move_secret')).toEqual([]);
  await userEvent.click(screen.getByTestId('secret-once'));
  expect(goOn().textContent).toContain('Push anyway');
});

test('what does not work leaves the question open', async () => {
  const { onclose } = await open([secret()], 'commit', { move_secret: refuse('gone', 'It is gone.') });
  await userEvent.click(screen.getByTestId('secret-move'));
  await waitFor(() => expect(toasts.list[0]?.title).toBe('It is gone.'));
  expect(onclose).not.toHaveBeenCalled();
  expect(goOn().disabled).toBe(true);
});
