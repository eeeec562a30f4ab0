import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Elsewhere } from '../bindings/Elsewhere';
import { view } from '../test/data';
import { openProject } from '../test/project';
import { refuse, shell } from '../test/shell';
import NoCollection from './NoCollection.svelte';

async function open(elsewhere: unknown) {
  const calls = shell({
    project_view: view({ collections: [], changes: [] }),
    collections_elsewhere: elsewhere,
    switch_branch: {
      outcome: 'switched',
      branch: 'x',
      carried: 0,
      parked: 0,
      unparked: 0,
      stillParked: false,
    },
    fetch_branch: null,
  });
  const project = openProject();
  await project.reload();
  render(NoCollection, { project });
  return calls;
}
const on = (branch: string, isRemote = false, collections = 2): Elsewhere => ({
  branch,
  isRemote,
  collections,
});
const said = () => screen.getByTestId('tree-empty').textContent;

test('the branch that has collections is named, and one step away', async () => {
  const { of } = await open([on('feature/api')]);
  await waitFor(() => expect(said()).toContain('There is no collection on main'));
  expect(said()).toContain('feature/api has 2.');
  await userEvent.click(screen.getByTestId('elsewhere-feature/api'));
  await waitFor(() => expect(of('switch_branch')[0]).toMatchObject({ name: 'feature/api' }));
});

test('a branch of the remote is fetched first', async () => {
  const { of } = await open([on('theirs', true, 1)]);
  await waitFor(() => expect(said()).toContain('theirs has one, on the remote.'));
  await userEvent.click(screen.getByTestId('elsewhere-theirs'));
  await waitFor(() => expect(of('switch_branch')).toHaveLength(1));
  expect(of('fetch_branch')[0]).toMatchObject({ name: 'theirs' });
});

test('where there is none anywhere, or it cannot be told, a collection is begun', async () => {
  await open(refuse('io', 'No.'));
  expect(said()).toContain('No collection yet');
  expect(screen.getByTestId('tree-start')).toBeTruthy();
});
