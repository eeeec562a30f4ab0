import { clearMocks } from '@tauri-apps/api/mocks';
import { afterEach, vi } from 'vitest';
import { app } from '../state/app.svelte';
import { dialogs } from '../state/dialogs.svelte';
import { toasts } from '../state/toasts.svelte';

// Nothing is drawn here.
vi.mock('../lib/frames', () => ({
  afterFrame(run: () => void) {
    run();
    return () => undefined;
  },
  drawn: () => Promise.resolve(),
  turn: () => Promise.resolve(),
}));

afterEach(() => {
  dialogs.closeAll();
  toasts.list = [];
  app.project = null;
  clearMocks();
});
