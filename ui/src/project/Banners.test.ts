import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { MergeWaiting } from '../bindings/MergeWaiting';
import { merge, question, view } from '../test/data';
import { openProject } from '../test/project';
import { shell } from '../test/shell';
import Banners from './Banners.svelte';

async function open(waiting: MergeWaiting, table: Record<string, unknown> = {}) {
  const shown = view({ waiting, changes: [] });
  const calls = shell({ project_view: shown, ...table });
  const project = openProject();
  await project.reload();
  render(Banners, { project, view: shown });
  return calls;
}
const text = () => screen.getByTestId('banner-waiting').textContent;

test('a merge that waits says how much is answered', async () => {
  const asked = [question('url', { answer: { take: 'ours' } }), question('name'), question('method')];
  await open({ what: { of: 'pull' }, branch: 'main' }, { questions: merge(asked) });
  await waitFor(() => expect(text()).toContain('1 of 3 answered'));
});

test('a merge that waits on another branch leads back to it', async () => {
  const { of } = await open(
    { what: { of: 'branch', name: 'labels' }, branch: 'develop' },
    { switch_branch: { outcome: 'switched', branch: 'develop', carried: 0, parked: 0, unparked: 0 } },
  );
  expect(text()).toContain('on “develop”');
  expect(screen.queryByTestId('waiting-open')).toBeNull();
  expect(of('questions')).toEqual([]);
  await userEvent.click(screen.getByTestId('waiting-switch-back'));
  await waitFor(() => expect(of('switch_branch')[0]).toMatchObject({ name: 'develop' }));
});

test('a login in the address is moved once somebody says so', async () => {
  const shown = view({ addressToken: 'git.example.com', changes: [] });
  const { of } = shell({ project_view: shown, move_address_token: null });
  const project = openProject();
  await project.reload();
  render(Banners, { project, view: shown });
  expect(screen.getByTestId('banner-address-token').textContent).toContain('git.example.com');
  expect(of('move_address_token')).toEqual([]);
  await userEvent.click(screen.getByTestId('move-address-token'));
  await waitFor(() => expect(of('move_address_token')).toEqual([{ project: project.id }]));
});
