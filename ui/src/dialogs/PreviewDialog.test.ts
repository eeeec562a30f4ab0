import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { MergeView } from '../bindings/MergeView';
import type { Shown } from '../state/looking';
import { dialogs } from '../state/dialogs.svelte';
import { settings } from '../state/settings.svelte';
import { toasts } from '../state/toasts.svelte';
import { merge, question, view } from '../test/data';
import { openProject } from '../test/project';
import { refuse, shell } from '../test/shell';
import PreviewDialog from './PreviewDialog.svelte';

const merged = { outcome: 'fastForward', to: 'b'.repeat(40), commits: 2, changes: [], carried: 0 };

async function open(found: MergeView, table: Record<string, unknown> = {}, what: Shown = { of: 'pull' }) {
  const calls = shell({ project_view: view(), pull_fetched: merged, save_user_settings: null, ...table });
  const project = openProject();
  await project.reload();
  const onclose = vi.fn();
  render(PreviewDialog, { project, what, merge: found, top: true, onclose });
  return { ...calls, project, onclose };
}

test('says what changes, and pulls only what was shown', async () => {
  const { of, onclose } = await open(merge([]));
  expect(screen.getByRole('heading', { level: 2 }).textContent).toBe('Pull: 1 request changes');
  expect(screen.getByTestId('change-detail').textContent).toContain('/new');
  expect(of('pull_fetched')).toEqual([]);
  expect(document.activeElement).toBe(screen.getByTestId('preview-land'));
  await userEvent.keyboard('{Enter}');
  expect(onclose).toHaveBeenCalled();
  await waitFor(() => expect(toasts.list.at(-1)?.title).toContain('Brought in 2 commits'));
  expect(of('pull_fetched')).toHaveLength(1);
});

test('what both changed is named, and asked about next', async () => {
  const found = merge([question('url')]);
  const { of } = await open(
    found,
    {
      merge_branch: { outcome: 'questions', merge: found },
    },
    { of: 'branch', name: 'labels' },
  );
  expect(screen.getByRole('heading', { level: 2 }).textContent).toBe(
    'Merge “labels”: 1 request changes, 1 question',
  );
  expect(screen.getByTestId('preview-questions').textContent).toContain('List shipments: Url');
  expect(screen.queryByTestId('show-before-pull')).toBeNull();
  expect(screen.getByTestId('preview-land').textContent).toContain('Answer 1 question…');
  await userEvent.click(screen.getByTestId('preview-land'));
  await waitFor(() => expect(dialogs.list.at(-1)?.kind).toBe('questions'));
  expect(of('merge_branch')).toEqual([{ project: '/p', name: 'labels' }]);
});

test('leaves everything as it is when it is not wanted now', async () => {
  const { calls, onclose } = await open(merge([]));
  const before = calls.length;
  await userEvent.keyboard('{Escape}');
  expect(onclose).toHaveBeenCalled();
  expect(calls).toHaveLength(before);
});

test('the look can be switched off where it is shown', async () => {
  await open(merge([]));
  await userEvent.click(screen.getByTestId('show-before-pull'));
  expect(settings.value.showBeforePull).toBe(false);
  settings.change({ showBeforePull: true });
});

test('looks again as the project changes, and says when nothing is left or it fails', async () => {
  let parked = false;
  let answer: () => unknown = () => ({ outcome: 'upToDate' });
  const { project } = await open(merge([]), {
    merge_preview: () => answer(),
    project_view: () => view({ parked }),
  });
  parked = true;
  await project.reload();
  expect(await screen.findByTestId('preview-empty')).toBeTruthy();
  answer = refuse('detached', 'You are on no branch.');
  parked = false;
  await project.reload();
  expect(await screen.findByText('You are on no branch.')).toBeTruthy();
});
