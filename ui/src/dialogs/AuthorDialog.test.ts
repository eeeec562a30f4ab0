import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { openProject } from '../test/project';
import { shell } from '../test/shell';
import AuthorDialog from './AuthorDialog.svelte';

test('only name and e-mail are sent, so that a project of this computer alone can have an author', async () => {
  const none = { uri: null, authorName: null, authorEmail: null, username: null, caFile: null };
  const settings = { ...none, token: 'none', host: null };
  const { of } = shell({
    remote_settings: settings,
    suggested_settings: settings,
    save_remote_settings: settings,
  });
  const onclose = vi.fn();
  render(AuthorDialog, { project: openProject(), top: true, onclose });
  await userEvent.type(screen.getByTestId('author-author-name'), 'Dana');
  await userEvent.click(screen.getByTestId('author-save'));
  expect(of('save_remote_settings')).toEqual([]);
  await userEvent.type(screen.getByTestId('author-author-email'), 'dana@example.org');
  await userEvent.click(screen.getByTestId('author-save'));
  await waitFor(() => expect(onclose).toHaveBeenCalled());
  expect(of('save_remote_settings')).toEqual([
    {
      project: '/p',
      settings: { ...none, token: null, authorName: 'Dana', authorEmail: 'dana@example.org' },
    },
  ]);
});
