import type { UserSettings } from '../bindings/UserSettings';
import * as ipc from '../ipc';
import { debounce } from '../lib/latest';

const defaults: UserSettings = {
  theme: 'system',
  editorFontSize: 13,
  editorWrap: true,
  writeModified: true,
  showBeforePull: true,
  projectsFolder: '',
  treeWidth: 280,
  lastProject: null,
  undoOperations: 200,
  undoDays: 90,
  undoMegabytes: 500,
};

const darkSystem = () => window.matchMedia('(prefers-color-scheme: dark)');

/** Preferences of the user: read once, written a moment after each change. */
class Settings {
  value = $state<UserSettings>({ ...defaults });
  systemDark = $state(false);
  readonly dark = $derived(this.value.theme === 'dark' || (this.value.theme === 'system' && this.systemDark));

  #pending = false;
  readonly #write = debounce(300, () => void this.flush());

  async load() {
    const query = darkSystem();
    this.systemDark = query.matches;
    query.addEventListener('change', (event) => (this.systemDark = event.matches));
    try {
      this.value = { ...defaults, ...(await ipc.userSettings()) };
    } catch {
      this.value = { ...defaults };
    }
  }

  change(part: Partial<UserSettings>) {
    Object.assign(this.value, part);
    this.#pending = true;
    this.#write.call();
  }

  /** Writes at once what waits. */
  async flush() {
    this.#write.cancel();
    if (!this.#pending) return;
    this.#pending = false;
    await ipc.saveUserSettings($state.snapshot(this.value)).catch(() => undefined);
  }
}

export const settings = new Settings();
