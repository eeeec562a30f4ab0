import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { Applied } from '../state/applying';
import { dialogs } from '../state/dialogs.svelte';
import { toasts } from '../state/toasts.svelte';
import { change, merge, question, view } from '../test/data';
import { openProject } from '../test/project';
import { refuse, shell } from '../test/shell';
import ApplyDialog from './ApplyDialog.svelte';

const oid = 'b'.repeat(40);
const merged = {
  outcome: 'merged',
  commit: oid,
  commits: 1,
  changes: [change('req_2', 'Create')],
  carried: 0,
};

async function open(what: Applied, table: Record<string, unknown>) {
  dialogs.closeAll();
  const calls = shell({ project_view: view(), ...table });
  const project = openProject();
  await project.reload();
  const onclose = vi.fn();
  render(ApplyDialog, { project, what, title: 'Add a header', top: true, onclose });
  return { ...calls, onclose };
}

test('a revert is shown before it is done, and can be undone', async () => {
  const { of, onclose } = await open(
    { of: 'revert', commit: oid },
    { merge_preview: { outcome: 'ready', merge: merge([]) }, revert: merged },
  );
  expect((await screen.findByTestId('change-detail')).textContent).toContain('Create shipment');
  expect(of('revert')).toEqual([]);
  expect(document.activeElement).toBe(screen.getByTestId('apply-go'));
  await userEvent.click(screen.getByTestId('apply-go'));
  expect(onclose).toHaveBeenCalled();
  await waitFor(() => expect(of('revert')).toEqual([{ project: '/p', commit: oid }]));
  await waitFor(() => expect(toasts.list.at(-1)?.title).toBe('Took back “Add a header” with a new commit.'));
  expect(toasts.list.at(-1)?.actions[0]?.label).toBe('Undo');
});

test('says that questions come, and goes on to them', async () => {
  const asked = merge([question('url')], { of: { of: 'cherryPick', commit: oid } });
  await open(
    { of: 'cherryPick', commit: oid },
    {
      merge_preview: { outcome: 'ready', merge: asked },
      cherry_pick: { outcome: 'questions', merge: asked },
    },
  );
  expect((await screen.findByTestId('apply-asks')).textContent).toMatch(/1 question\s+waits for you next/);
  await userEvent.click(screen.getByTestId('apply-go'));
  await waitFor(() => expect(dialogs.list.at(-1)).toMatchObject({ kind: 'questions', merge: asked }));
});

test('a branch with nothing new has nothing to merge', async () => {
  await open({ of: 'squash', name: 'spike' }, { merge_preview: { outcome: 'upToDate' } });
  expect(await screen.findByTestId('apply-nothing')).toBeTruthy();
  expect(screen.queryByTestId('apply-go')).toBeNull();
});

test('says why it cannot be looked at', async () => {
  await open(
    { of: 'revert', commit: oid },
    { merge_preview: refuse('merge-waits', 'Another merge waits for answers.') },
  );
  expect(await screen.findByText('Another merge waits for answers.')).toBeTruthy();
});

test('the text of a file is what the result would be', async () => {
  const what: Applied = { of: 'revert', commit: oid };
  const { of } = await open(what, {
    merge_preview: { outcome: 'ready', merge: merge([]) },
    text_diff: { path: 'a', binary: true, before: null, after: null },
  });
  await userEvent.click(await screen.findByTestId('diff-mode-text'));
  await waitFor(() => expect(of('text_diff')[0]).toMatchObject({ of: { of: 'merge', what } }));
});
