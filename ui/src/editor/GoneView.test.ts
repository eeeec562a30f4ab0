import { screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { FieldEdit } from '../bindings/FieldEdit';
import { withValue } from '../lib/fields';
import { dialogs } from '../state/dialogs.svelte';
import { resource, view } from '../test/data';
import { showEditor } from '../test/editor';
import { openProject } from '../test/project';
import { refuse, shell } from '../test/shell';

const gone = refuse('not-found', 'There is nothing called `req_1` here.');

/** Opens a request that can be deleted by another program. */
async function open() {
  let there = true;
  let onDisk = resource();
  const calls = shell({
    project_view: view(),
    resource: () => (there ? onDisk : gone()),
    edit_resource: () => gone(),
    put_back: ({ edits }: { edits: FieldEdit[] }) => {
      there = true;
      const fields = edits.reduce((all, { path, value }) => withValue(all, path, value), onDisk.fields);
      onDisk = resource({ version: 'v2', fields });
      return { outcome: 'saved', resource: onDisk };
    },
  });
  const project = openProject();
  await project.reload();
  project.open('req_1', 'keep');
  await showEditor(project);
  await screen.findByTestId('field-url');
  return { ...calls, project, remove: () => (there = false) };
}

test('what was deleted outside is put back', async () => {
  const { project, remove, of } = await open();
  remove();
  await project.reload();
  await userEvent.click(await screen.findByTestId('gone-put-back'));
  expect(await screen.findByTestId('field-url')).toBeTruthy();
  expect(of('put_back')).toEqual([{ project: '/p', id: 'req_1', edits: [] }]);
});

test('it comes back with what was typed', async () => {
  const { project, remove, of } = await open();
  remove();
  await userEvent.type(screen.getByTestId('field-url'), '/typed');
  expect(await project.flush()).toBe(false);
  expect((await screen.findByTestId('gone-text')).textContent).toContain('shipments/typed');
  await userEvent.click(screen.getByTestId('gone-put-back'));
  const url = await screen.findByTestId<HTMLInputElement>('field-url');
  expect(url.value).toBe('https://api.example/shipments/typed');
  expect(of('put_back')[0]?.edits).toEqual([{ path: 'url', value: 'https://api.example/shipments/typed' }]);
  expect(project.unsaved).toEqual([]);
});

test('typing is not lost by closing without a question', async () => {
  const { project, remove } = await open();
  remove();
  await userEvent.type(screen.getByTestId('field-url'), '/typed');
  await project.flush();
  await userEvent.click(await screen.findByTestId('gone-close'));
  await waitFor(() => expect(dialogs.list).toHaveLength(1));
  expect(project.tabs).toHaveLength(1);
});

test('without typing it closes at once', async () => {
  const { project, remove } = await open();
  remove();
  await project.reload();
  await userEvent.click(await screen.findByTestId('gone-close'));
  await waitFor(() => expect(project.tabs).toEqual([]));
});

test('what came back by itself is shown again', async () => {
  const { project, remove, of } = await open();
  remove();
  await project.reload();
  await screen.findByTestId('gone-view');
  shell({ project_view: view(), resource: resource({ version: 'v3' }) });
  await project.reload();
  expect(await screen.findByTestId('field-url')).toBeTruthy();
  expect(of('put_back')).toEqual([]);
});
