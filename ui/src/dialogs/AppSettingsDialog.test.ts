import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { settings } from '../state/settings.svelte';
import { shell } from '../test/shell';
import AppSettingsDialog from './AppSettingsDialog.svelte';

function open() {
  const calls = shell({
    save_user_settings: null,
    keychain_status: { available: true, message: null },
    app_version: '1.0.0',
    default_folder: '/home/ana/Sheaf',
  });
  render(AppSettingsDialog, { top: true, onclose: vi.fn() });
  return calls;
}

test('the time of the last change can be left out of what is edited', async () => {
  const { of } = open();
  await userEvent.click(screen.getByTestId('write-modified'));
  await settings.flush();
  await waitFor(() =>
    expect(of('save_user_settings')).toEqual([{ settings: { ...settings.value, writeModified: false } }]),
  );
});

test('what comes is shown before a pull, or not', async () => {
  const { of } = open();
  await userEvent.click(screen.getByTestId('setting-show-before-pull'));
  await settings.flush();
  await waitFor(() =>
    expect(of('save_user_settings')[0]).toMatchObject({ settings: { showBeforePull: false } }),
  );
  settings.change({ showBeforePull: true });
});

test('a limit of undo is kept when it is one, and what is wrong with it is said', async () => {
  const { of } = open();
  const days = screen.getByTestId<HTMLInputElement>('setting-undoDays');
  for (const wrong of ['', '0', '3651', '1.5', 'ten']) {
    await userEvent.clear(days);
    if (wrong) await userEvent.type(days, wrong);
    expect(screen.getByTestId('undo-limit-problem').textContent).toContain('from 1 to 3,650');
    expect(days.getAttribute('aria-invalid')).toBe('true');
  }
  await userEvent.clear(days);
  await userEvent.type(days, '30');
  expect(screen.queryByTestId('undo-limit-problem')).toBeNull();
  await settings.flush();
  await waitFor(() => expect(of('save_user_settings').at(-1)).toMatchObject({ settings: { undoDays: 30 } }));
});
