/** For the main button of a dialog that comes after the dialog: takes the focus where nobody has done anything yet. */
export function focusIfIdle(node: HTMLElement) {
  const active = document.activeElement;
  const dialog = node.closest('dialog');
  if (!active || active === document.body || (active.closest('header') && dialog?.contains(active)))
    node.focus();
}
