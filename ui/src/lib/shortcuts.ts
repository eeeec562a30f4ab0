/** `Mod+Shift+C`: Mod is Command on macOS and Control elsewhere. */
export type Shortcut = string;

export const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

/** The key as on a Latin keyboard; keyboards with other letters are read by the place of the key. */
function letterOf({ key, code }: KeyboardEvent): string {
  if (key.length !== 1 || key.charCodeAt(0) < 128) return key.toLowerCase();
  return code === 'Comma' ? ',' : code.replace(/^(Key|Digit)/, '').toLowerCase();
}

export function matches(event: KeyboardEvent, shortcut: Shortcut, mac = isMac): boolean {
  const parts = shortcut.split('+');
  const key = parts.pop() ?? '';
  const mod = parts.includes('Mod');
  const control = mac ? event.ctrlKey : event.metaKey;
  return (
    letterOf(event) === key.toLowerCase() &&
    (mac ? event.metaKey : event.ctrlKey) === mod &&
    !control &&
    event.shiftKey === parts.includes('Shift') &&
    event.altKey === parts.includes('Alt')
  );
}

const macSigns: Record<string, string> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Enter: '↩', Backspace: '⌫' };
const otherSigns: Record<string, string> = { Mod: 'Ctrl' };

/** The keys of a shortcut as they are written on this system. */
export function keysOf(shortcut: Shortcut, mac = isMac): string[] {
  return shortcut.split('+').map((part) => (mac ? macSigns : otherSigns)[part] ?? part);
}

/** For `aria-keyshortcuts`. */
export const ariaKeys = (shortcut: Shortcut, mac = isMac) =>
  shortcut.replace('Mod', mac ? 'Meta' : 'Control');

/** True where Mod+Z belongs to the field that has the focus. */
export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('[contenteditable="true"]')) return true;
  if (target instanceof HTMLTextAreaElement) return true;
  return (
    target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'color'].includes(target.type)
  );
}
