import type { PushOutcome } from '../bindings/PushOutcome';
import * as ipc from '../ipc';
import { isMac, isTextField } from '../lib/shortcuts';
import { app } from './app.svelte';
import { report } from './attempt';
import { runCommand } from './commands.svelte';
import { dialogs } from './dialogs.svelte';
import { showPush } from './remote';
import { settings } from './settings.svelte';
import { toasts } from './toasts.svelte';

// In a dialog the keys and the native menu belong to the dialog; these work everywhere.
export const everywhere = ['save', 'events', 'devtools'];

async function saveAndClose() {
  const [saved] = await Promise.all([app.project?.flush() ?? true, settings.flush()]);
  const names = app.project?.unsaved.map((tab) => `“${app.project?.titleOf(tab)}”`) ?? [];
  const close =
    saved ||
    (await dialogs.confirm({
      title: 'Close without saving?',
      text: `Not saved: ${names.join(', ')}. If you close now, what you typed there is lost.`,
      confirm: 'Close anyway',
      cancel: 'Keep open',
      danger: true,
    }));
  await ipc.finishClosing(close);
}

async function queuedPush({ project, outcome, error }: ipc.QueuedPush) {
  const open = app.project?.id === project ? app.project : null;
  await open?.reload();
  if (error) report(error, open);
  else if (outcome && open) showPush(open, outcome);
  else if (outcome) tellOfOther(project, outcome);
}

/** The push was of a project that is not in the window. */
function tellOfOther(id: string, outcome: PushOutcome) {
  void app.loadCards();
  const name = app.cards?.find((card) => card.id === id)?.name ?? id;
  if (outcome.outcome === 'pushed' || outcome.outcome === 'upToDate') {
    toasts.success(`The push of “${name}” that waited is done.`);
    return;
  }
  const open = async () => {
    const project = await app.open(id);
    if (project) showPush(project, outcome);
  };
  toasts.show({
    tone: 'error',
    title: `The push of “${name}” that waited did not go through.`,
    actions: [{ label: 'Open it', run: open }],
    lasts: null,
  });
}

/** The native menu takes the keys of undo from text fields; this gives them back. */
function undoTyping(entry: 'undo' | 'redo') {
  const field = document.activeElement;
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
    document.execCommand(entry);
    return;
  }
  const keys = { key: 'z', ctrlKey: !isMac, metaKey: isMac, shiftKey: entry === 'redo' };
  field?.dispatchEvent(new KeyboardEvent('keydown', { ...keys, bubbles: true, cancelable: true }));
}

/** Entries about text, which the page carries out where the system has none of its own. */
const ofText: Record<string, string> = { cut: 'cut', copy: 'copy', 'select-all': 'selectAll' };

/** Listens to what the shell says by itself. */
export async function listenToShell() {
  await Promise.all([
    ipc.onMenu((entry) => {
      if ((entry === 'undo' || entry === 'redo') && isTextField(document.activeElement)) undoTyping(entry);
      else if (ofText[entry]) document.execCommand(ofText[entry]);
      else if (dialogs.list.length === 0 || everywhere.includes(entry)) runCommand(entry, 'menu');
    }),
    ipc.onClosing(() => void saveAndClose()),
    ipc.onQueuedPush((push) => void queuedPush(push)),
  ]);
}
