import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { UndoPoint } from '../bindings/UndoPoint';
import { dialogs } from '../state/dialogs.svelte';
import { toasts } from '../state/toasts.svelte';
import { change, point, view } from '../test/data';
import { openProject } from '../test/project';
import { refuse, shell, type Arguments } from '../test/shell';
import TimelineDialog from './TimelineDialog.svelte';

const undo = [point('u1', 'Commit “Add orders”', 3000), point('u2', 'Pull from origin/main', 2000)];
const redo = [point('r1', 'Edit “List”', 4000)];
const forced: UndoPoint = {
  ...point('u3', 'Force push main', 1000),
  files: 0,
  remote: {
    branch: 'main',
    before: 'a'.repeat(40),
    after: 'b'.repeat(40),
    backup: 'refs/sheaf/backup/main/1',
  },
};

async function open(table: Record<string, unknown> = {}) {
  const all = [...undo, forced];
  const calls = shell({
    project_view: view(),
    timeline: { undo: all, redo },
    undo_preview: ({ id }: Arguments) => {
      const at = all.findIndex((one) => one.id === id);
      return {
        points: at < 0 ? redo : all.slice(0, at + 1),
        changes: { changes: [change('req_1', 'List shipments')], proposedMessage: '' },
        refs: [],
      };
    },
    ...table,
  });
  const project = openProject();
  await project.reload();
  const onclose = vi.fn();
  render(TimelineDialog, { project, top: true, onclose });
  return { ...calls, onclose };
}
const steps = () => screen.findAllByTestId('timeline-step');

test('lists what was done, looks inside, and goes back several steps', async () => {
  const { of, onclose } = await open({ undo_to: undo });
  expect((await steps()).map(({ textContent }) => textContent?.includes('List'))).toEqual([
    true,
    false,
    false,
    false,
  ]);
  await userEvent.click((await steps())[2]!);
  await waitFor(() => expect(screen.getByTestId('timeline-points').textContent).toContain('2 steps'));
  expect(screen.getByTestId('change-detail').textContent).toContain('/new');
  await userEvent.click(screen.getByTestId('timeline-go'));
  await waitFor(() => expect(onclose).toHaveBeenCalled());
  expect(of('undo_to')).toEqual([{ project: '/p', id: 'u2' }]);
  expect(toasts.list.at(-1)?.title).toBe('Undone: 2 steps.');
  expect(toasts.list.at(-1)?.actions[0]?.label).toBe('Redo');
});

test('does again what was undone, by the keys', async () => {
  const { of } = await open({ redo_to: redo });
  await steps();
  screen.getByTestId('timeline-list').focus();
  await userEvent.keyboard('{ArrowUp}');
  await waitFor(() => expect(screen.getByTestId('timeline-go').textContent).toContain('Do again'));
  await userEvent.keyboard('{Enter}');
  await waitFor(() => expect(of('redo_to')).toEqual([{ project: '/p', id: 'r1' }]));
});

test('what was done on the remote is pushed back only after a question, and only as it was seen', async () => {
  const { of } = await open({ push_back: { outcome: 'done', backup: 'refs/sheaf/backup/main/2' } });
  await userEvent.click((await steps())[3]!);
  const note = await screen.findByTestId('remote-note');
  expect(note.textContent).toContain('refs/sheaf/backup/main/1');
  await userEvent.click(screen.getByTestId('push-back'));
  expect(of('push_back')).toEqual([]);
  const asked = dialogs.list.at(-1);
  if (asked?.kind !== 'confirm') throw new Error('nothing was asked');
  asked.answer(true);
  await waitFor(() => expect(of('push_back')).toHaveLength(1));
  expect(of('push_back')[0]).toMatchObject({
    backup: 'refs/sheaf/backup/main/1',
    expected: 'b'.repeat(40),
  });
});

test('a step that cannot be taken back stays, and says why', async () => {
  const { onclose } = await open({ undo_to: refuse('moved-since', 'main has moved since.') });
  await steps();
  await userEvent.click(screen.getByTestId('timeline-go'));
  await waitFor(() => expect(toasts.list.at(-1)?.title).toBe('main has moved since.'));
  expect(onclose).not.toHaveBeenCalled();
});

test('says that there is nothing yet, or what went wrong', async () => {
  await open({ timeline: { undo: [], redo: [] } });
  expect(await screen.findByTestId('timeline-empty')).toBeTruthy();
});

test('says what went wrong', async () => {
  await open({ timeline: refuse('damaged', 'The undo points cannot be read.') });
  expect(await screen.findByText('The undo points cannot be read.')).toBeTruthy();
});
