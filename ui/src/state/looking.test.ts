import { beforeEach, expect, test } from 'vitest';
import { merge, question, view } from '../test/data';
import { openProject } from '../test/project';
import { refuse, shell } from '../test/shell';
import { dialogs } from './dialogs.svelte';
import { mergeFrom, pull } from './looking';
import { settings } from './settings.svelte';
import { toasts } from './toasts.svelte';

const ready = { outcome: 'ready', merge: merge([]) };
const upToDate = { outcome: 'upToDate' };

async function opened(table: Record<string, unknown>, over: Parameters<typeof view>[0] = {}) {
  const calls = shell({ project_view: view(over), save_user_settings: null, ...table });
  const project = openProject();
  await project.reload();
  return { ...calls, project };
}

beforeEach(() => settings.change({ showBeforePull: true }));

test('a pull shows what comes and moves nothing', async () => {
  const { project, calls } = await opened({ pull_preview: ready });
  await pull(project);
  expect(dialogs.list.at(-1)?.kind).toBe('preview');
  expect(calls.map(({ command }) => command).filter((command) => command.startsWith('pull'))).toEqual([
    'pull_preview',
  ]);
});

test('where nothing is new that is said at once', async () => {
  const { project } = await opened({ pull_preview: upToDate, pull_fetched: upToDate });
  await pull(project);
  expect(dialogs.list).toEqual([]);
  expect(toasts.list.at(-1)?.title).toBe('Already up to date.');
});

test('whoever does not want to look pulls at once', async () => {
  settings.change({ showBeforePull: false });
  const { project, of } = await opened({ pull: upToDate });
  await pull(project);
  expect(of('pull')).toHaveLength(1);
  expect(of('pull_preview')).toEqual([]);
});

test('a pull that waits for answers goes on with its questions', async () => {
  const asked = merge([question('url')]);
  const { project } = await opened(
    { pull: { outcome: 'questions', merge: asked } },
    { waiting: { what: { of: 'pull' }, branch: 'main' } },
  );
  await pull(project);
  expect(dialogs.list.at(-1)?.kind).toBe('questions');
});

test('a merge is looked at, too; what fails says so and can be tried again', async () => {
  const { project, of } = await opened({ merge_preview: ready });
  await mergeFrom(project, 'labels');
  expect(of('merge_preview')).toEqual([{ project: '/p', what: { of: 'branch', name: 'labels' } }]);
  expect(dialogs.list.at(-1)?.kind).toBe('preview');
  const failing = await opened({ merge_preview: refuse('no-branch', 'There is no branch labels.') });
  await mergeFrom(failing.project, 'labels');
  expect(toasts.list.at(-1)?.title).toBe('There is no branch labels.');
  expect(toasts.list.at(-1)?.actions[0]?.label).toBe('Try again');
});
