import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { dialogs } from '../state/dialogs.svelte';
import { toasts } from '../state/toasts.svelte';
import { commit, rejected, view } from '../test/data';
import { openProject } from '../test/project';
import { refuse, shell } from '../test/shell';
import NewTagDialog from './NewTagDialog.svelte';
import TagsDialog from './TagsDialog.svelte';

const older = commit('b'.repeat(40), 'Add a header');
const tags = [
  { name: 'v1', commit: older, annotation: { message: 'The first', author: older.author, time: older.time } },
  { name: 'spike', commit: older, annotation: null },
];

async function setUp(table: Record<string, unknown>) {
  dialogs.closeAll();
  const calls = shell({ project_view: view(), tags, ...table });
  const project = openProject();
  await project.reload();
  return { ...calls, project };
}

test('lists tags with what they say, and finds one', async () => {
  const { project } = await setUp({});
  render(TagsDialog, { project, top: true, onclose: vi.fn() });
  expect((await screen.findByTestId('tag-row-v1')).textContent).toContain('The first');
  await userEvent.type(screen.getByTestId('tags-search'), 'spi');
  await waitFor(() => expect(screen.queryByTestId('tag-row-v1')).toBeNull());
  expect(screen.getByTestId('tag-row-spike')).toBeTruthy();
});

test('a tag that the remote refuses is told in its words', async () => {
  const refused = {
    ...rejected().rejection,
    message: 'The remote has another tag v1.',
    serverText: 'already exists',
  };
  const { project } = await setUp({ push_tag: { outcome: 'rejected', rejection: refused } });
  render(TagsDialog, { project, top: true, onclose: vi.fn() });
  await userEvent.click(await screen.findByTestId('tag-menu-v1'));
  await userEvent.click(screen.getByTestId('tag-menu-push-v1'));
  await waitFor(() =>
    expect(toasts.list.at(-1)).toMatchObject({
      title: 'The remote has another tag v1.',
      text: 'already exists',
    }),
  );
});

test('without a tag there is one to make', async () => {
  const { project } = await setUp({ tags: [] });
  render(TagsDialog, { project, top: true, onclose: vi.fn() });
  await userEvent.click(await screen.findByTestId('tags-new'));
  expect(dialogs.list.at(-1)).toMatchObject({ kind: 'new-tag' });
});

test('a new tag needs a name, and offers to be pushed', async () => {
  const { project, of } = await setUp({ create_tag: null });
  const onclose = vi.fn();
  render(NewTagDialog, { project, commit: older, top: true, onclose });
  expect(screen.getByTestId('new-tag-at').textContent).toContain('Add a header');
  await userEvent.click(screen.getByTestId('tag-create'));
  expect(await screen.findByText('Give the tag a name.')).toBeTruthy();
  await userEvent.type(screen.getByTestId('tag-name'), ' v2 {Enter}');
  await waitFor(() => expect(onclose).toHaveBeenCalled());
  expect(of('create_tag')).toEqual([{ project: '/p', name: 'v2', at: older.id, message: null }]);
  await waitFor(() =>
    expect(toasts.list.at(-1)?.actions.map(({ label }) => label)).toEqual(['Push it', 'Undo']),
  );
});

test('a name that is taken is said beside the field', async () => {
  const { project } = await setUp({ create_tag: refuse('tag-exists', 'There is a tag v1 already.') });
  render(NewTagDialog, { project, top: true, onclose: vi.fn() });
  await userEvent.type(screen.getByTestId('tag-name'), 'v1{Enter}');
  expect(await screen.findByText('There is a tag v1 already.')).toBeTruthy();
});
