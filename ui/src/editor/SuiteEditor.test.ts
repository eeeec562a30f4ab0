import { screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { collection, node, resource, view } from '../test/data';
import { showEditor } from '../test/editor';
import { openProject } from '../test/project';
import { shell } from '../test/shell';

async function open(tests: string[]) {
  const children = tests.map((id) => node(id, 'UnitTest', `Test ${id}`));
  const suite = node('uts_1', 'UnitTestSuite', 'Smoke', children);
  const calls = shell({
    project_view: view({ collections: [collection({ tests: [suite] })] }),
    resource: ({ id }: { id: string }) =>
      resource({ id, kind: id === 'uts_1' ? 'UnitTestSuite' : 'UnitTest', fields: { name: id } }),
    create_resource: { id: 'ut_9', snapshot: null, notice: null },
  });
  const project = openProject();
  await project.reload();
  project.open('uts_1', 'keep');
  await showEditor(project);
  return { ...calls, project };
}

test('a suite shows its tests and opens them', async () => {
  const { project } = await open(['ut_1', 'ut_2']);
  await userEvent.click(await screen.findByTestId('suite-test-ut_2'));
  expect(project.activeId).toBe('ut_2');
});

test('an empty suite offers the first test', async () => {
  const { of } = await open([]);
  await userEvent.click(await screen.findByTestId('suite-new-test'));
  await waitFor(() =>
    expect(of('create_resource')).toMatchObject([{ kind: 'UnitTest', parent: 'uts_1', name: 'New test' }]),
  );
});
