import { undo } from '@codemirror/commands';
import { EditorView } from '@codemirror/view';
import { render, screen } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import CodeEditor from './CodeEditor.svelte';

function editor() {
  const view = EditorView.findFromDOM(screen.getByTestId('code'));
  if (!view) throw new Error('There is no editor.');
  return view;
}

function open(value: string) {
  const onchange = vi.fn();
  const props = { value, label: 'Code', testid: 'code', onchange };
  const { rerender } = render(CodeEditor, props);
  return { onchange, show: (more: object) => rerender({ ...props, ...more }) };
}

test('undo takes back what was typed, not what came from the file', async () => {
  const { onchange, show } = open('a: 1\nb: 2\n');
  editor().dispatch({ changes: { from: 0, insert: '# mine\n' } });
  await show({ value: '# mine\na: 1\nb: 3\n' });
  onchange.mockClear();
  undo(editor());
  expect(onchange).toHaveBeenLastCalledWith('a: 1\nb: 3\n', 'undo');
  undo(editor());
  expect(editor().state.doc.toString()).toBe('a: 1\nb: 3\n');
});

test('the cursor stays where it is when the file changes elsewhere', async () => {
  const { show } = open('a: 1\nb: 2\n');
  editor().dispatch({ selection: { anchor: 4 } });
  await show({ value: 'a: 1\nb: 3\nc: 4\n' });
  expect(editor().state.selection.main.head).toBe(4);
});

test('another language keeps the editor, its text and its cursor', async () => {
  const { show } = open('{');
  const before = editor();
  before.dispatch({ selection: { anchor: 1 } });
  await show({ value: '{', language: 'json' });
  expect(editor()).toBe(before);
  expect(editor().state.selection.main.head).toBe(1);
});
