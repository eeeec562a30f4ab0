import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { settings } from '../state/settings.svelte';
import { shell } from '../test/shell';
import AppSettingsDialog from './AppSettingsDialog.svelte';

test('the time of the last change can be left out of what is edited', async () => {
  const { of } = shell({
    save_user_settings: null,
    keychain_status: { available: true, message: null },
    app_version: '1.0.0',
    default_folder: '/home/ana/Sheaf',
  });
  render(AppSettingsDialog, { top: true, onclose: vi.fn() });
  await userEvent.click(screen.getByTestId('write-modified'));
  await settings.flush();
  await waitFor(() =>
    expect(of('save_user_settings')).toEqual([{ settings: { ...settings.value, writeModified: false } }]),
  );
});
