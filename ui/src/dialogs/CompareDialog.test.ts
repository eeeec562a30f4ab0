import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { change, view } from '../test/data';
import { openProject } from '../test/project';
import { refuse, shell } from '../test/shell';
import CompareDialog from './CompareDialog.svelte';

async function open(table: Record<string, unknown> = {}, from = '') {
  const calls = shell({
    project_view: view(),
    branches: { local: [], remote: [] },
    tags: [],
    compare: { changes: [change('req_1', 'List shipments')], proposedMessage: '' },
    ...table,
  });
  const project = openProject();
  await project.reload();
  render(CompareDialog, { project, from, top: true, onclose: vi.fn() });
  return calls;
}

test('asks what to compare with the branch one is on', async () => {
  const { of } = await open();
  expect(await screen.findByTestId('compare-choose')).toBeTruthy();
  await userEvent.type(screen.getByTestId('compare-from'), 'v1{Enter}');
  await screen.findByTestId('change-detail');
  expect(of('compare')).toEqual([{ project: '/p', from: 'v1', to: 'main' }]);
});

test('swaps the two', async () => {
  const { of } = await open({}, 'v1');
  await userEvent.click(await screen.findByTestId('compare-swap'));
  await waitFor(() => expect(of('compare').at(-1)).toMatchObject({ from: 'main', to: 'v1' }));
});

test('says that both are the same, or why they cannot be compared', async () => {
  await open({ compare: { changes: [], proposedMessage: '' } }, 'v1');
  expect(await screen.findByTestId('compare-same')).toBeTruthy();
});

test('says what there is not', async () => {
  await open({ compare: refuse('no-commit', 'There is no commit v9.') }, 'v9');
  expect(await screen.findByText('There is no commit v9.')).toBeTruthy();
});
