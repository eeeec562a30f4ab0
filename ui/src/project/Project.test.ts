import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { view } from '../test/data';
import { openProject } from '../test/project';
import { refuse, shell } from '../test/shell';
import Project from './Project.svelte';

test('a failed read leaves the page, and one failure is tried again by itself', async () => {
  let failures = 0;
  const { of } = shell({
    project_view: () => (failures-- > 0 ? refuse('io', 'The index is locked.')() : view()),
  });
  const project = openProject();
  await project.reload();
  render(Project, { project });
  failures = 1;
  await project.reload();
  expect(screen.queryByTestId('banner-not-read')).toBeNull();
  expect(of('project_view')).toHaveLength(3);
  failures = 2;
  await project.reload();
  expect((await screen.findByTestId('banner-not-read')).textContent).toContain('The index is locked.');
  expect(screen.getByTestId('tree')).toBeTruthy();
  await userEvent.click(screen.getByTestId('read-again'));
  await waitFor(() => expect(screen.queryByTestId('banner-not-read')).toBeNull());
});

test('a project that was never read says why', async () => {
  shell({ project_view: refuse('io', 'The folder is gone.') });
  const project = openProject();
  await project.reload();
  render(Project, { project });
  expect((await screen.findByTestId('project-missing')).textContent).toContain('The folder is gone.');
});
