import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { app } from '../state/app.svelte';
import { view } from '../test/data';
import { refuse, shell } from '../test/shell';
import CloneDialog from './CloneDialog.svelte';

const unknownHost = { kind: 'unknown', name: 'git.example', tokenHelp: null, members: null };
const base = {
  suggested_settings: {
    uri: null,
    authorName: 'Dana',
    authorEmail: 'dana@example.org',
    username: null,
    caFile: null,
    token: 'none',
    host: null,
  },
  keychain_status: { available: true, message: null },
  default_folder: '/home/dana/Sheaf',
  check_uri: ({ uri }: { uri: string }) =>
    uri.startsWith('https://')
      ? { state: 'ok', host: unknownHost, name: 'parcels' }
      : { state: 'refused', code: 'scheme', message: 'Only https addresses can be used.' },
  save_user_settings: null,
  project_view: view(),
};
const open = () => {
  const onclose = vi.fn();
  render(CloneDialog, { top: true, onclose });
  return onclose;
};

test('an empty address is asked for, and nothing is cloned', async () => {
  const { of } = shell(base);
  open();
  await userEvent.click(screen.getByTestId('clone-start'));
  expect(await screen.findByText('Enter the address of the repository.')).toBeTruthy();
  expect(of('clone')).toEqual([]);
});

test('an address that cannot be used says why', async () => {
  const { of } = shell(base);
  open();
  await userEvent.type(screen.getByTestId('clone-uri'), 'git@git.example:parcels');
  expect(await screen.findByText('Only https addresses can be used.')).toBeTruthy();
  await userEvent.click(screen.getByTestId('clone-start'));
  expect(of('clone')).toEqual([]);
});

test('a token inside the address is moved to its own field', async () => {
  shell({
    ...base,
    check_uri: ({ uri }: { uri: string }) =>
      uri.includes('@')
        ? {
            state: 'withCredentials',
            clean: 'https://git.example/parcels',
            username: 'dana',
            hasToken: true,
            message: 'The address holds a token.',
          }
        : { state: 'ok', host: unknownHost, name: 'parcels' },
  });
  open();
  await userEvent.type(screen.getByTestId('clone-uri'), 'https://dana:s3cret@git.example/parcels');
  await userEvent.click(await screen.findByTestId('clone-split'));
  expect(screen.getByTestId<HTMLInputElement>('clone-uri').value).toBe('https://git.example/parcels');
  expect(screen.getByTestId<HTMLInputElement>('clone-token').value).toBe('s3cret');
});

test('the folder follows the repository, and the project opens afterwards', async () => {
  const { of } = shell({ ...base, clone: { card: view().card, holds: 'collections', warnings: [] } });
  const onclose = open();
  await userEvent.type(screen.getByTestId('clone-uri'), 'https://git.example/parcels');
  await userEvent.type(screen.getByTestId('clone-token'), 'tok');
  await waitFor(() =>
    expect(screen.getByTestId<HTMLInputElement>('clone-target').value).toBe('/home/dana/Sheaf/parcels'),
  );
  await userEvent.click(screen.getByTestId('clone-start'));
  await waitFor(() => expect(onclose).toHaveBeenCalled());
  expect(of('clone')[0]).toMatchObject({
    target: '/home/dana/Sheaf/parcels',
    settings: { uri: 'https://git.example/parcels', token: 'tok', authorName: 'Dana' },
  });
  expect(app.project?.id).toBe('/p');
});

test('a repository without collections offers what to do', async () => {
  shell({ ...base, clone: { card: view().card, holds: 'noCollections', warnings: [] } });
  open();
  await userEvent.type(screen.getByTestId('clone-uri'), 'https://git.example/parcels');
  await screen.findByTestId('clone-host');
  await userEvent.click(screen.getByTestId('clone-start'));
  expect(await screen.findByTestId('clone-start-collection')).toBeTruthy();
  expect(screen.getByTestId('clone-remove')).toBeTruthy();
  expect(screen.getByTestId('clone-keep')).toBeTruthy();
});

test('a failure is told with what is unchanged and what to do', async () => {
  shell({ ...base, clone: refuse('name', 'The host name git.example is not known.') });
  open();
  await userEvent.type(screen.getByTestId('clone-uri'), 'https://git.example/parcels');
  await screen.findByTestId('clone-host');
  await userEvent.click(screen.getByTestId('clone-start'));
  const note = await screen.findByTestId('error-note');
  expect(note.textContent).toContain('The host name git.example is not known.');
  expect(note.textContent).toContain('Nothing was changed.');
});
