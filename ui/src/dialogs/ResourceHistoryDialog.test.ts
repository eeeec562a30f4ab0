import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { toasts } from '../state/toasts.svelte';
import { change, commit, view } from '../test/data';
import { openProject } from '../test/project';
import { shell } from '../test/shell';
import ResourceHistoryDialog from './ResourceHistoryDialog.svelte';

const field = (path: string, label: string, after: string) => ({
  path,
  label,
  before: 'before',
  after,
  bookkeeping: false,
  comparison: { kind: 'value' as const },
});
const [last, first] = [commit('a'.repeat(40), 'Use the new path'), commit('b'.repeat(40), 'Begin')];
const versions = {
  commits: [
    {
      commit: last,
      change: change('req_1', 'List shipments', {
        fields: [field('url', 'URL', '/new'), field('method', 'method', 'PUT')],
      }),
    },
    { commit: first, change: change('req_1', 'List shipments', { fields: [field('url', 'URL', '/first')] }) },
  ],
  cut: false,
};

async function open(table: Record<string, unknown> = {}) {
  const calls = shell({
    project_view: view(),
    resource_history: versions,
    blame: { fields: [{ path: 'url', label: 'URL', commit: first }], cut: true },
    restore_resource: null,
    ...table,
  });
  const project = openProject();
  await project.reload();
  render(ResourceHistoryDialog, { project, id: 'req_1', top: true, onclose: vi.fn() });
  await screen.findByTestId('change-detail').catch(() => null);
  return calls;
}

test('shows each version, and puts back one value of it', async () => {
  const { of } = await open();
  expect(screen.getByTestId('change-detail').textContent).toContain('/new');
  await userEvent.click(screen.getByText('Begin'));
  await waitFor(() => expect(screen.getByTestId('change-detail').textContent).toContain('/first'));
  await userEvent.click(screen.getByTestId('restore-field-url'));
  await waitFor(() =>
    expect(of('restore_resource')).toEqual([{ project: '/p', commit: first.id, id: 'req_1:url' }]),
  );
  await waitFor(() => expect(toasts.list.at(-1)?.title).toBe('URL is back as it was in that commit.'));
});

test('from who changed a field last to every change of that field', async () => {
  const { of } = await open();
  await userEvent.click(screen.getByTestId('resource-history-blame'));
  expect((await screen.findByTestId('blame-list')).textContent).toContain('Dana Whitfield');
  expect(screen.getByText(/some fields may be missing/)).toBeTruthy();
  await userEvent.click(screen.getByTestId('blame-url'));
  await screen.findByTestId('restore-field-url');
  expect(of('resource_history').at(-1)).toMatchObject({ id: 'req_1', field: 'url' });
  expect(screen.queryByTestId('restore-field-method')).toBeNull();
  await userEvent.click(screen.getByTestId('resource-history-all'));
  expect(await screen.findByTestId('restore-field-method')).toBeTruthy();
});

test('a resource that no commit holds has no versions', async () => {
  await open({ resource_history: { commits: [], cut: false } });
  expect(screen.getByTestId('resource-history-empty')).toBeTruthy();
});
