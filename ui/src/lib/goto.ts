import { EditorView } from '@codemirror/view';
import type { FieldHit } from '../bindings/FieldHit';
import { requestTab, type RequestTab } from '../editor/request-tab.svelte';

/** How long the editor may take to show a resource. */
const PATIENCE = 3000;

const parts: Record<string, RequestTab> = {
  parameters: 'params',
  pathParameters: 'params',
  headers: 'headers',
  metadata: 'headers',
  body: 'body',
  authentication: 'auth',
  description: 'docs',
  preRequestScript: 'scripts',
  afterResponseScript: 'scripts',
};

/** The text that a hit marks first. */
const markedText = ({ snippet, ranges: [first] }: FieldHit) =>
  first ? snippet.slice(first.start, first.end) : '';

/** Selects a hit in the field that shows it; false while there is none. */
function select(panel: Element, hit: FieldHit): boolean {
  return selectInCode(panel, hit) || selectInInput(panel, hit);
}

function selectInInput(panel: Element, hit: FieldHit): boolean {
  const text = markedText(hit);
  const inputs = [...panel.querySelectorAll<HTMLInputElement>('input, textarea')];
  const { start, end } = hit.at;
  const fitting = inputs.filter(({ value }) => value.slice(start, end) === text);
  // Rows are in the order of the file, and names stand before values.
  const row = /\[(\d+)\]/.exec(hit.path)?.[1];
  const inRow = fitting.filter((input) => {
    const lines = [...(input.closest('[role=table]')?.querySelectorAll('[role=row]') ?? [])];
    // The first line of a table is its head.
    return row !== undefined && lines[Number(row) + 1]?.contains(input);
  });
  const input = inRow[0] ?? fitting[0];
  if (!input || text === '') return false;
  input.focus();
  input.scrollIntoView({ block: 'nearest' });
  input.setSelectionRange(start, end);
  return true;
}

function selectInCode(panel: Element, hit: FieldHit): boolean {
  const text = markedText(hit);
  for (const content of panel.querySelectorAll<HTMLElement>('.cm-content')) {
    const view = EditorView.findFromDOM(content);
    const from = view ? placeIn(view, hit, text) : -1;
    if (!view || from < 0) continue;
    view.dispatch({
      selection: { anchor: from, head: from + text.length },
      effects: EditorView.scrollIntoView(from, { y: 'center' }),
    });
    view.focus();
    return true;
  }
  return false;
}

/** Where the text of a hit stands in an editor. Values of environments are shown as one JSON text. */
function placeIn({ state: { doc } }: EditorView, { at, line, path, inKey }: FieldHit, text: string): number {
  const isWhole = !/^(data|environment)\b/.test(path);
  if (isWhole) {
    if (doc.sliceString(at.start, at.end) === text) return at.start;
    const shown = line <= doc.lines ? doc.line(line) : null;
    const column = shown?.text.indexOf(text) ?? -1;
    return shown && column >= 0 ? shown.from + column : -1;
  }
  const all = doc.toString();
  const key = path.replace(/^.*\.(?="|[^."]*$)/, '').replace(/^"|"$/g, '');
  const keyAt = all.indexOf(JSON.stringify(key));
  if (keyAt < 0) return all.indexOf(text);
  return all.indexOf(text, inKey ? keyAt : keyAt + key.length + 2);
}

/** Brings a hit of an opened resource into view, with its text selected. */
export async function showHit(hit: FieldHit): Promise<boolean> {
  const root = /^[^.[]+/.exec(hit.path)?.[0] ?? '';
  const part = parts[root];
  if (part) requestTab.value = part;
  const until = performance.now() + PATIENCE;
  while (performance.now() < until) {
    await new Promise(requestAnimationFrame);
    const panel = document.getElementById('editor-panel');
    // An editor of code comes a frame after what is around it.
    if (panel && !panel.querySelector('.code:empty') && select(panel, hit)) return true;
  }
  return false;
}
