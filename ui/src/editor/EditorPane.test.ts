import { screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { FieldEdit } from '../bindings/FieldEdit';
import { withValue } from '../lib/fields';
import { resource, view } from '../test/data';
import { showEditor } from '../test/editor';
import { openProject } from '../test/project';
import { refuse, shell } from '../test/shell';

let onDisk = resource();

// The file remembers its version, as a real one does.
const saved = (args: { version: string; edits: FieldEdit[] }) => {
  const fields = args.edits.reduce((all, { path, value }) => withValue(all, path, value), onDisk.fields);
  onDisk = { ...onDisk, version: `${args.version}+`, fields };
  return { outcome: 'saved', resource: onDisk };
};

async function open(table: Record<string, unknown> = {}) {
  onDisk = resource();
  const calls = shell({ project_view: view(), resource: () => onDisk, edit_resource: saved, ...table });
  const project = openProject();
  await project.reload();
  project.open('req_1');
  await showEditor(project);
  await screen.findByTestId('field-url');
  return { ...calls, project };
}
const status = () => screen.getByTestId('save-status').textContent;
const url = () => screen.getByTestId<HTMLInputElement>('field-url');

test('an edit is saved by itself with the smallest path and the version that was read', async () => {
  const { of } = await open();
  await userEvent.type(url(), '?all=1');
  expect(status()).toBe('Edited');
  await waitFor(() => expect(status()).toBe('Saved'), { timeout: 2000 });
  expect(of('edit_resource')).toEqual([
    {
      project: '/p',
      id: 'req_1',
      version: 'v1',
      edits: [{ path: 'url', value: 'https://api.example/shipments?all=1' }],
    },
  ]);
});

test('the next edit uses the version of the answer', async () => {
  const { of, project } = await open();
  await userEvent.type(url(), 'a');
  await project.flush();
  await userEvent.type(url(), 'b');
  await project.flush();
  expect(of('edit_resource').map(({ version }) => version)).toEqual(['v1', 'v1+']);
});

test('a row keeps what Sheaf does not know of it', async () => {
  const { of, project } = await open();
  await userEvent.click(screen.getByTestId('request-tab-headers'));
  await userEvent.type(screen.getByTestId('headers-0-value'), '5');
  await userEvent.type(screen.getByTestId('headers-1-name'), 'X');
  await project.flush();
  expect(of('edit_resource')[0]?.edits).toEqual([
    {
      path: 'headers',
      value: [
        { id: 'pair_1', name: 'Accept', value: 'application/json5' },
        { name: 'X', value: '' },
      ],
    },
  ]);
});

test('a file that changed meanwhile is not overwritten until the user chose', async () => {
  let changed = true;
  const theirs = resource({
    version: 'v9',
    fields: { ...resource().fields, url: 'https://api.example/theirs' },
  });
  const { of, project } = await open({
    edit_resource: (args: Parameters<typeof saved>[0]) => {
      if (!changed) return saved(args);
      changed = false;
      return { outcome: 'changedOutside', resource: theirs };
    },
  });
  await userEvent.type(url(), '/mine');
  expect(await project.flush()).toBe(false);
  await screen.findByTestId('changed-outside');
  await userEvent.click(screen.getByTestId('outside-mine'));
  await waitFor(() => expect(status()).toBe('Saved'));
  expect(of('edit_resource').map(({ version }) => version)).toEqual(['v1', 'v9']);
  expect(url().value).toBe('https://api.example/shipments/mine');
});

test('an edit of another field goes together with the change of the file', async () => {
  let changed = true;
  const theirs = resource({ version: 'v9', fields: { ...resource().fields, description: 'Theirs' } });
  const { of, project } = await open({
    edit_resource: (args: Parameters<typeof saved>[0]) => {
      if (!changed) return saved(args);
      changed = false;
      onDisk = theirs;
      return { outcome: 'changedOutside', resource: theirs };
    },
  });
  await userEvent.type(url(), '/mine');
  expect(await project.flush()).toBe(true);
  expect(of('edit_resource').map(({ version }) => version)).toEqual(['v1', 'v9']);
  expect(screen.queryByTestId('changed-outside')).toBeNull();
  expect(project.active?.fields).toMatchObject({
    description: 'Theirs',
    url: 'https://api.example/shipments/mine',
  });
  expect(onDisk.fields).toEqual(project.active?.fields);
});

test('fields that changed on both sides are chosen one by one', async () => {
  let changed = true;
  const theirs = resource({
    version: 'v9',
    fields: { ...resource().fields, url: 'https://api.example/theirs', description: 'Theirs' },
  });
  const { of, project } = await open({
    edit_resource: (args: Parameters<typeof saved>[0]) => {
      if (!changed) return saved(args);
      changed = false;
      onDisk = theirs;
      return { outcome: 'changedOutside', resource: theirs };
    },
  });
  await userEvent.type(url(), '/mine');
  project.active?.edit('description', 'Mine');
  project.active?.edit('method', 'POST');
  expect(await project.flush()).toBe(false);
  await userEvent.click(await screen.findByTestId('conflict-url-mine'));
  expect(screen.getByTestId<HTMLButtonElement>('outside-settle').disabled).toBe(true);
  await userEvent.click(screen.getByTestId('conflict-description-theirs'));
  await userEvent.click(screen.getByTestId('outside-settle'));
  await waitFor(() => expect(status()).toBe('Saved'));
  expect(of('edit_resource')[1]).toMatchObject({
    version: 'v9',
    edits: [
      { path: 'method', value: 'POST' },
      { path: 'url', value: 'https://api.example/shipments/mine' },
    ],
  });
  expect(project.active?.fields).toMatchObject({ description: 'Theirs', method: 'POST' });
});

test('undo and redo step through the edits of all fields, also after looking at another resource', async () => {
  const { project } = await open({ resource: ({ id }: { id: string }) => ({ ...onDisk, id }) });
  await userEvent.type(url(), '/a');
  await userEvent.type(screen.getByTestId('field-name'), ' now');
  project.open('req_2');
  project.open('req_1');
  await screen.findByTestId('field-url');
  await userEvent.click(screen.getByTestId('field-name'));
  await userEvent.keyboard('{Control>}z{/Control}');
  expect(screen.getByTestId<HTMLInputElement>('field-name').value).toBe('List shipments');
  await userEvent.keyboard('{Control>}z{/Control}');
  expect(url().value).toBe('https://api.example/shipments');
  await userEvent.click(screen.getByTestId('edit-redo'));
  expect(url().value).toBe('https://api.example/shipments/a');
  await userEvent.click(url());
  await userEvent.keyboard('{Control>}y{/Control}');
  expect(screen.getByTestId<HTMLInputElement>('field-name').value).toBe('List shipments now');
});

test('a save under way counts as saved only when it ended well', async () => {
  let fail: () => void = () => undefined;
  const held = new Promise<void>((done) => (fail = done));
  const { project } = await open({
    edit_resource: async () => {
      await held;
      refuse('io', 'The disk is full.')();
    },
  });
  await userEvent.type(url(), '/x');
  const first = project.flush();
  const second = project.flush();
  fail();
  expect(await Promise.all([first, second])).toEqual([false, false]);
});

test('what was saved while the file was read again is not taken back', async () => {
  const reads: ((view: unknown) => void)[] = [];
  const { project } = await open();
  const old = onDisk;
  await userEvent.type(url(), '/x');
  shell({
    project_view: view(),
    resource: () => new Promise((done) => reads.push(done)),
    edit_resource: saved,
  });
  const loading = project.active?.load();
  await project.flush();
  reads[0]?.(old);
  await loading;
  expect(url().value).toBe('https://api.example/shipments/x');
});

test('taking the file’s version drops what was typed', async () => {
  const theirs = resource({
    version: 'v9',
    fields: { ...resource().fields, url: 'https://api.example/theirs' },
  });
  const { of, project } = await open({ edit_resource: { outcome: 'changedOutside', resource: theirs } });
  await userEvent.type(url(), '/mine');
  await project.flush();
  await userEvent.click(await screen.findByTestId('outside-theirs'));
  expect((await screen.findByTestId<HTMLInputElement>('field-url')).value).toBe('https://api.example/theirs');
  expect(await project.flush()).toBe(true);
  expect(of('edit_resource')).toHaveLength(1);
});

test('what cannot be saved stays and is saved on the next try', async () => {
  let full = true;
  const { project } = await open({
    edit_resource: (args: Parameters<typeof saved>[0]) =>
      full ? refuse('io', 'The disk is full.')() : saved(args),
  });
  await userEvent.type(url(), '/x');
  expect(await project.flush()).toBe(false);
  expect(await screen.findByText('The disk is full.')).toBeTruthy();
  full = false;
  await userEvent.click(screen.getByTestId('save-again'));
  await waitFor(() => expect(status()).toBe('Saved'));
});

test('a looked-at tab is taken over by the next, an edited one stays', async () => {
  const { project } = await open({ resource: ({ id }: { id: string }) => resource({ id }) });
  project.open('req_2');
  expect(project.tabs.map(({ id }) => id)).toEqual(['req_2']);
  await waitFor(() => expect(project.active?.view?.id).toBe('req_2'));
  project.active?.edit('url', 'x');
  project.open('req_3');
  expect(project.tabs.map(({ id }) => id)).toEqual(['req_2', 'req_3']);
});
