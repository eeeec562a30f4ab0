import { clearMocks } from '@tauri-apps/api/mocks';
import { afterEach } from 'vitest';
import { app } from '../state/app.svelte';
import { dialogs } from '../state/dialogs.svelte';
import { toasts } from '../state/toasts.svelte';

afterEach(() => {
  dialogs.closeAll();
  toasts.list = [];
  app.project = null;
  clearMocks();
});
