import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { rejected, view } from '../test/data';
import { openProject } from '../test/project';
import { shell } from '../test/shell';
import RejectedDialog from './RejectedDialog.svelte';

const pushed = {
  outcome: 'pushed',
  branch: 'x',
  commits: 1,
  created: false,
  pullRequest: null,
  serverText: '',
  backup: null,
};

async function open(over: Parameters<typeof rejected>[0] = {}) {
  const calls = shell({
    project_view: view(),
    push: pushed,
    pull_preview: { outcome: 'upToDate' },
    pull_fetched: { outcome: 'upToDate' },
    open_link: null,
  });
  const project = openProject();
  await project.reload();
  const onclose = vi.fn();
  render(RejectedDialog, { project, rejected: rejected(over), top: true, onclose });
  return { ...calls, onclose };
}

test('says why, in the server’s words too, and offers the steps in their order', async () => {
  await open();
  expect(screen.getByTestId('rejection-message').textContent).toBe('The remote has newer commits.');
  expect(screen.getByTestId('rejection-server-text').textContent).toBe('fetch first');
  const steps = screen.getAllByTestId(/^next-/).map((step) => step.dataset.testid);
  expect(steps).toEqual(['next-pullFirst', 'next-pushToNewBranch', 'next-forcePush']);
});

test('pull first pulls', async () => {
  const { of, onclose } = await open();
  await userEvent.click(screen.getByTestId('next-pullFirst'));
  await waitFor(() => expect(of('pull_preview')).toHaveLength(1));
  expect(onclose).toHaveBeenCalled();
});

test('a new branch is pushed and its pull request page opened', async () => {
  const { of } = await open();
  await userEvent.click(screen.getByTestId('next-pushToNewBranch'));
  expect(screen.getByTestId<HTMLInputElement>('new-branch-name').value).toBe('dana/main');
  await userEvent.click(screen.getByTestId('new-branch-push'));
  await waitFor(() => expect(of('open_link')).toEqual([{ url: 'https://git.example/parcels/new' }]));
  expect(of('push')[0]).toMatchObject({ mode: { mode: 'newBranch', name: 'dana/main' } });
});

test('a force push lists what it overwrites, asks again and holds to what was seen', async () => {
  const { of } = await open();
  await userEvent.click(screen.getByTestId('next-forcePush'));
  expect(screen.getByTestId('force-overwrites').textContent).toContain('Fix the label size');
  expect(of('push')).toEqual([]);
  await userEvent.click(screen.getByTestId('force-confirm'));
  await waitFor(() => expect(of('push')).toHaveLength(1));
  expect(of('push')[0]).toMatchObject({ mode: { mode: 'force', expected: 'b'.repeat(40) } });
});

test('without a commit that was seen there is no force push', async () => {
  await open({ seen: null });
  expect(screen.queryByTestId('next-forcePush')).toBeNull();
});
