import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Later } from '../lib/later.svelte';
import { dialogs } from '../state/dialogs.svelte';
import { shell } from '../test/shell';
import DialogBody from './DialogBody.svelte';
import DialogHost from './DialogHost.svelte';

const late = vi.hoisted((): { body: unknown } => ({ body: null }));
vi.mock('../parts', () => ({
  get dialogBody() {
    return late.body;
  },
}));

const body = () => Promise.resolve(DialogBody);
let below: HTMLButtonElement;

beforeEach(() => {
  shell({ projects: [], keychain_status: 'ok' });
  below = document.createElement('button');
  document.body.append(below);
  below.focus();
});
afterEach(() => below.remove());

test('a dialog that is opened before its part is there has the keys, and shows itself once it is', async () => {
  let arrive: () => void = () => undefined;
  const held = new Promise<void>((done) => (arrive = done));
  late.body = new Later(() => held.then(body));
  render(DialogHost);
  dialogs.open({ kind: 'new-project' });
  const waiting = await screen.findByTestId('dialog-late');
  expect(waiting.contains(document.activeElement)).toBe(true);
  arrive();
  const dialog = await screen.findByTestId('new-project-dialog');
  expect(screen.queryByTestId('dialog-late')).toBeNull();
  expect(dialog.contains(document.activeElement)).toBe(true);
  await userEvent.keyboard('{Escape}');
  expect(screen.queryByTestId('new-project-dialog')).toBeNull();
  expect(document.activeElement).toBe(below);
});

test('a dialog whose part does not come says so and can be tried again or closed', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  let there = false;
  late.body = new Later(() => (there ? body() : Promise.reject(new Error('gone'))));
  render(DialogHost);
  dialogs.open({ kind: 'new-project' });
  expect(await screen.findByText('The dialog could not be loaded.')).toBeTruthy();
  await userEvent.keyboard('{Escape}');
  expect(dialogs.list).toEqual([]);
  expect(document.activeElement).toBe(below);
  there = true;
  dialogs.open({ kind: 'new-project' });
  expect(await screen.findByTestId('new-project-dialog')).toBeTruthy();
});

test('the palette and a question to confirm need no part', async () => {
  late.body = new Later(() => new Promise(() => undefined));
  render(DialogHost);
  const answer = dialogs.confirm({ title: 'Sure?', text: 'It goes.', confirm: 'Yes' });
  await userEvent.click(await screen.findByTestId('confirm-yes'));
  expect(await answer).toBe(true);
  dialogs.open({ kind: 'palette' });
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('palette-input')));
});
