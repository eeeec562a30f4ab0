import { StateEffect, StateField, type EditorState, type Extension } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';

/** A place in a text that something is wrong with; lines and columns count from 1. */
export interface Mark {
  line: number;
  column: number | null;
}

const set = StateEffect.define<Mark | null>();

const lineLook = Decoration.line({ class: 'cm-problemLine' });
const placeLook = Decoration.mark({ class: 'cm-problemPlace' });

const lineAt = (state: EditorState, { line }: Mark) =>
  state.doc.line(Math.min(Math.max(line, 1), state.doc.lines));

function shown(state: EditorState, mark: Mark): DecorationSet {
  const line = lineAt(state, mark);
  const from = Math.min(line.from + Math.max((mark.column ?? 1) - 1, 0), line.to);
  const place = mark.column !== null && from < line.to ? [placeLook.range(from, from + 1)] : [];
  return Decoration.set([lineLook.range(line.from), ...place]);
}

/** Lets an editor mark a place; the mark moves with the text around it. */
export const marking = (): Extension =>
  StateField.define<DecorationSet>({
    create: () => Decoration.none,
    update(marks, transaction) {
      const effect = transaction.effects.findLast((one) => one.is(set));
      if (effect) return effect.value ? shown(transaction.state, effect.value) : Decoration.none;
      return marks.map(transaction.changes);
    },
    provide: (field) => EditorView.decorations.from(field),
  });

/** Marks a place, or nothing; `show` brings it into view. */
export function markPlace(view: EditorView, mark: Mark | null, show: boolean) {
  const scroll =
    mark && show ? [EditorView.scrollIntoView(lineAt(view.state, mark).from, { y: 'center' })] : [];
  view.dispatch({ effects: [set.of(mark), ...scroll] });
}
