import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { create } from '../state/resources';
import { toasts } from '../state/toasts.svelte';
import { resource, view } from '../test/data';
import { openProject } from '../test/project';
import { shell } from '../test/shell';
import Tree from './Tree.svelte';

async function open() {
  const calls = shell({
    project_view: view(),
    resource: resource(),
    rename_resource: null,
    delete_resources: null,
    move_resources: null,
    duplicate_resources: ['req_9'],
  });
  const project = openProject();
  await project.reload();
  render(Tree, { project });
  screen.getByTestId('tree').focus();
  return { ...calls, project };
}
const names = () => screen.getAllByRole('treeitem').map((row) => row.querySelector('.name')?.textContent);

test('arrow keys walk, fold and unfold', async () => {
  const { project } = await open();
  expect(names()).toEqual([
    'Parcels',
    'Shipments',
    'List shipments',
    'Create shipment',
    'Health check',
    'Environments',
    'Base Environment',
  ]);
  await userEvent.keyboard('{ArrowDown}');
  expect(project.selectedId).toBe('fld_1');
  await userEvent.keyboard('{ArrowLeft}');
  expect(names()).not.toContain('List shipments');
  expect(screen.getByTestId('tree-item-fld_1').getAttribute('aria-expanded')).toBe('false');
  await userEvent.keyboard('{ArrowRight}{ArrowRight}');
  expect(project.selectedId).toBe('req_1');
  await userEvent.keyboard('{ArrowLeft}');
  expect(project.selectedId).toBe('fld_1');
  await userEvent.keyboard('{End}');
  expect(project.selectedId).toBe('env_1');
});

test('an asterisk unfolds the lines beside one and what they hold', async () => {
  const { project } = await open();
  for (const id of ['fld_1', 'wrk_1/environments']) project.fold(id);
  await userEvent.keyboard('{ArrowDown}*');
  await waitFor(() => expect(names()).toContain('Base Environment'));
  expect(names()).toContain('List shipments');
  for (const id of ['fld_1', 'wrk_1/environments', 'wrk_1']) project.fold(id);
  await userEvent.keyboard('{Home}*');
  await waitFor(() => expect(names()).toHaveLength(7));
});

test('letters jump to a name, Enter opens it to stay', async () => {
  const { project } = await open();
  await userEvent.keyboard('hea{Enter}');
  expect(project.activeId).toBe('req_3');
  expect(project.active?.preview).toBe(false);
});

test('Alt and an arrow move a line among its siblings', async () => {
  const { of, project } = await open();
  project.selectedId = 'req_2';
  await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}');
  await waitFor(() =>
    expect(of('move_resources')).toEqual([
      { project: '/p', ids: ['req_2'], parent: 'fld_1', before: 'req_1' },
    ]),
  );
  await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
  expect(of('move_resources')).toHaveLength(1);
});

test('F2 renames', async () => {
  const { of, project } = await open();
  project.selectedId = 'req_1';
  await userEvent.keyboard('{F2}');
  const input = await screen.findByTestId('tree-rename');
  await userEvent.clear(input);
  await userEvent.type(input, 'All shipments{Enter}');
  await waitFor(() =>
    expect(of('rename_resource')).toEqual([{ project: '/p', id: 'req_1', name: 'All shipments' }]),
  );
});

test('Escape leaves the name as it is', async () => {
  const { of, project } = await open();
  project.selectedId = 'req_1';
  await userEvent.keyboard('{F2}');
  await userEvent.type(await screen.findByTestId('tree-rename'), 'x{Escape}');
  expect(screen.queryByTestId('tree-rename')).toBeNull();
  expect(of('rename_resource')).toEqual([]);
});

test('Delete deletes at once and offers to undo', async () => {
  const { of, project } = await open();
  project.selectedId = 'req_2';
  await userEvent.keyboard('{Delete}');
  await waitFor(() => expect(of('delete_resources')).toEqual([{ project: '/p', ids: ['req_2'] }]));
  await waitFor(() => expect(toasts.list[0]?.actions[0]?.label).toBe('Undo'));
});

test('a changed resource has a mark, and so has a folded folder that holds it', async () => {
  const { project } = await open();
  expect(screen.getByTestId('tree-item-req_1').textContent).toContain('Changed');
  project.fold('fld_1');
  await waitFor(() => expect(screen.getByTestId('tree-item-fld_1').textContent).toContain('Holds 1 change'));
});

test('the context menu opens by key', async () => {
  const { project } = await open();
  project.selectedId = 'fld_1';
  await userEvent.keyboard('{Shift>}{F10}{/Shift}');
  expect(await screen.findByTestId('tree-menu-request')).toBeTruthy();
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByTestId('tree-menu-request')).toBeNull());
});

test('what is created while a search is on can be named at once', async () => {
  const { project } = await open();
  project.filter = 'health';
  shell({
    project_view: view(),
    resource: resource(),
    create_resource: { id: 'req_2', snapshot: null, notice: null },
  });
  await create(project, 'Request', 'fld_1');
  expect(project.filter).toBe('');
  expect(await screen.findByTestId('tree-rename')).toBeTruthy();
});

const chosen = () => screen.getAllByRole('treeitem', { selected: true }).map((row) => row.dataset.row);

test('several are chosen by click and by key, and deleted in one step', async () => {
  const { of } = await open();
  const user = userEvent.setup();
  await user.click(screen.getByTestId('tree-item-req_1'));
  await user.keyboard('{Control>}');
  await user.click(screen.getByTestId('tree-item-req_3'));
  await user.keyboard('{/Control}');
  expect(chosen()).toEqual(['req_1', 'req_3']);
  await user.keyboard('{Delete}');
  await waitFor(() => expect(of('delete_resources')).toEqual([{ project: '/p', ids: ['req_1', 'req_3'] }]));
  await waitFor(() => expect(toasts.list.at(-1)?.title).toBe('Deleted 2 resources.'));
});

test('Shift and arrows choose a range, Ctrl+A the level', async () => {
  const { project } = await open();
  project.selectedId = 'req_1';
  await userEvent.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
  expect(chosen()).toEqual(['req_1', 'req_2', 'req_3']);
  await userEvent.keyboard('{Shift>}{ArrowUp}{/Shift}');
  expect(chosen()).toEqual(['req_1', 'req_2']);
  project.selectedId = 'req_1';
  await userEvent.keyboard('{Control>}a{/Control}');
  expect(chosen()).toEqual(['req_1', 'req_2']);
  expect(screen.getByTestId('tree-said').textContent).toContain('2 selected');
});

test('the menu counts what it is about', async () => {
  const { of, project } = await open();
  project.selectedId = 'req_1';
  await userEvent.keyboard('{Shift>}{ArrowDown}{F10}{/Shift}');
  expect((await screen.findByTestId('tree-menu-delete')).textContent).toContain('Delete 2 resources');
  await userEvent.click(screen.getByTestId('tree-menu-duplicate'));
  await waitFor(() =>
    expect(of('duplicate_resources')).toEqual([{ project: '/p', ids: ['req_1', 'req_2'] }]),
  );
});

test('what is cut is pasted into a folder, and it is said', async () => {
  const { of, project } = await open();
  project.selectedId = 'req_3';
  await userEvent.keyboard('{Control>}x{/Control}');
  project.selectedId = 'fld_1';
  await userEvent.keyboard('{Control>}v{/Control}');
  await waitFor(() =>
    expect(of('move_resources')).toEqual([{ project: '/p', ids: ['req_3'], parent: 'fld_1', before: null }]),
  );
  await waitFor(() => expect(screen.getByTestId('tree-said').textContent).toContain('Moved “Health check”'));
  expect(project.cut.size).toBe(0);
});

test('what is read again keeps selection and folds, and forgets what is gone', async () => {
  const { project } = await open();
  project.fold('fld_1');
  project.selectedId = 'req_3';
  await userEvent.keyboard('{Shift>}{ArrowUp}{/Shift}');
  const before = project.collections;
  await project.reload();
  expect(project.collections).toBe(before);
  expect(chosen()).toEqual(['fld_1', 'req_3']);
  const [parcels] = view().collections;
  shell({
    project_view: view({ collections: [{ ...parcels!, items: parcels!.items.slice(0, 1) }] }),
    resource: resource(),
  });
  await project.reload();
  await waitFor(() => expect(chosen()).toEqual(['fld_1']));
  expect(project.folded.has('fld_1')).toBe(true);
});
