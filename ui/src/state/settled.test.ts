import { screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { point, resource, view } from '../test/data';
import { showEditor } from '../test/editor';
import { openProject } from '../test/project';
import { refuse, shell } from '../test/shell';
import { app } from './app.svelte';
import { switchTo } from './branching';
import { runCommand } from './commands.svelte';
import { dialogs } from './dialogs.svelte';
import type { OpenProject } from './project.svelte';
import { remove } from './resources';
import { toasts } from './toasts.svelte';
import { undo, undoAction } from './undoing';

/** A project with an edit that cannot be saved in a tab that is not in front. */
async function stuck(table: Record<string, unknown> = {}) {
  const calls = shell({
    project_view: view({ undo: point('u1', 'Commit', 1) }),
    projects: [],
    save_user_settings: null,
    resource: ({ id }: { id: string }) => resource({ id }),
    edit_resource: refuse('io', 'The disk is full.'),
    ...table,
  });
  const project = openProject();
  app.project = project;
  await project.reload();
  project.open('req_1');
  await waitFor(() => expect(project.active?.view).toBeTruthy());
  project.active?.edit('url', 'x');
  project.open('req_2');
  return { ...calls, project };
}

test.each([
  ['commit', () => runCommand('commit')],
  ['undo', (project: OpenProject) => undo(project)],
  ['switch', (project: OpenProject) => switchTo(project, 'other')],
  ['delete', (project: OpenProject) => remove(project, ['req_2'])],
  ['leave', () => app.toDashboard()],
  ['open another', () => app.open('/q')],
])('%s says why it does not go on, and shows what is not saved', async (_, act) => {
  const { project, calls } = await stuck();
  await act(project);
  await waitFor(() => expect(toasts.list[0]?.title).toBe('“List shipments” could not be saved.'));
  expect(toasts.list[0]?.text).toBe('The disk is full.');
  expect(project.activeId).toBe('req_1');
  expect(app.project).toBe(project);
  expect(dialogs.list).toEqual([]);
  expect(calls.map(({ command }) => command)).not.toContain('delete_resources');
  expect(calls.map(({ command }) => command)).not.toContain('undo');
});

test('opening the project that is open keeps its tabs', async () => {
  const { project } = await stuck();
  expect(await app.open('/p')).toBe(project);
  expect(project.tabs).toHaveLength(2);
});

test('closing a tab that cannot be saved asks', async () => {
  const { project } = await stuck();
  const closing = project.close('req_1');
  await waitFor(() => expect(dialogs.list.at(-1)?.kind).toBe('confirm'));
  const entry = dialogs.list.at(-1);
  if (entry?.kind === 'confirm') entry.answer(false);
  await closing;
  expect(project.tabs).toHaveLength(2);
});

test('edits of a resource that cannot be read any more stay in sight until they are discarded', async () => {
  let broken = false;
  const { project } = await stuck({
    resource: ({ id }: { id: string }) =>
      broken && id === 'req_1' ? refuse('io', 'The file cannot be read.')() : resource({ id }),
  });
  broken = true;
  project.activate('req_1');
  await showEditor(project);
  const unsaved = await screen.findByTestId('unsaved-view');
  expect(unsaved.textContent).toContain('url: x');
  expect(await project.flush()).toBe(false);
  await userEvent.click(screen.getByTestId('unsaved-discard'));
  await waitFor(() => expect(screen.queryByTestId('unsaved-view')).toBeNull());
  expect(await project.flush()).toBe(true);
});

test('the undo of a message names what the message is about', async () => {
  const { of, project } = await stuck({
    edit_resource: { outcome: 'saved', resource: resource() },
    undo: null,
  });
  const action = undoAction(project);
  shell({ project_view: view({ undo: point('u2', 'Later', 2) }) });
  await project.reload();
  const { of: later } = shell({ project_view: view(), undo: point('u1', 'Commit', 1) });
  await project.active?.dropEdits();
  project.tabs = [];
  await action.run();
  expect(of('undo')).toEqual([]);
  expect(later('undo')).toEqual([{ project: '/p', expected: 'u1' }]);
});
