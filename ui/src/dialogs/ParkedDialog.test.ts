import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { toasts } from '../state/toasts.svelte';
import { change, view } from '../test/data';
import { openProject } from '../test/project';
import { shell } from '../test/shell';
import ParkedDialog from './ParkedDialog.svelte';

const on = (branch: string, earlier = 0) => ({
  branch,
  commit: `${branch} parked`,
  base: `${branch} base`,
  time: 1_760_000_000,
  earlier,
});

async function open(table: Record<string, unknown> = {}) {
  const calls = shell({
    project_view: view(),
    parked: [on('main', 1), on('spike')],
    parked_changes: ({ branch }: { branch: string }) => ({
      changes: [change('req_1', `From ${branch}`)],
      proposedMessage: '',
    }),
    ...table,
  });
  const project = openProject();
  await project.reload();
  const onclose = vi.fn();
  render(ParkedDialog, { project, top: true, onclose });
  return { ...calls, onclose };
}

test('shows what waits here, and takes it back', async () => {
  const { of, onclose } = await open({
    unpark: { outcome: 'switched', branch: 'main', carried: 0, parked: 0, unparked: 1, stillParked: false },
  });
  await waitFor(() => expect(screen.getByTestId('change-detail').textContent).toContain('From main'));
  expect(screen.getByText(/over 1 older one that comes next/)).toBeTruthy();
  await userEvent.click(screen.getByTestId('parked-take'));
  expect(onclose).toHaveBeenCalled();
  await waitFor(() => expect(of('unpark')).toHaveLength(1));
});

test('what waits elsewhere comes back with a switch, and can be dropped', async () => {
  const { of } = await open({ drop_parked: null });
  await userEvent.selectOptions(await screen.findByTestId('parked-branch'), 'spike');
  await waitFor(() => expect(screen.getByTestId('change-detail').textContent).toContain('From spike'));
  expect(screen.getByTestId('parked-take').textContent).toContain('Switch to “spike”');
  await userEvent.click(screen.getByTestId('parked-drop'));
  await waitFor(() => expect(of('drop_parked')).toEqual([{ project: '/p', branch: 'spike' }]));
  await waitFor(() => expect(toasts.list.at(-1)?.actions[0]?.label).toBe('Undo'));
});

test('says that nothing is parked', async () => {
  await open({ parked: [] });
  expect(await screen.findByTestId('parked-empty')).toBeTruthy();
});
