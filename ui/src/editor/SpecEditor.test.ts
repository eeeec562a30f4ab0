import { EditorView } from '@codemirror/view';
import { render, screen, waitFor } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { OpenResource } from '../state/resource.svelte';
import { resource } from '../test/data';
import { openProject } from '../test/project';
import { shell } from '../test/shell';
import BodyEditor from './BodyEditor.svelte';
import SpecEditor from './SpecEditor.svelte';

const editor = (testid: string) => EditorView.findFromDOM(screen.getByTestId(testid));

async function open(fields: Record<string, unknown>) {
  shell({ resource: resource({ fields }) });
  const tab = new OpenResource('/p', 'req_1', () => undefined);
  await tab.load();
  return tab;
}

test('a spec that becomes JSON while it is typed keeps its editor', async () => {
  const tab = await open({ contents: '' });
  render(SpecEditor, { project: openProject(), tab });
  const before = editor('field-contents');
  before?.dispatch({ changes: { from: 0, insert: '{' } });
  await waitFor(() => expect(screen.getByText('JSON')).toBeTruthy());
  expect(editor('field-contents')).toBe(before);
  await tab.dropEdits();
});

test('a body of no kind keeps its editor while it is emptied', async () => {
  const tab = await open({ body: { text: 'a' } });
  render(BodyEditor, { tab, readOnly: false });
  const before = editor('field-body');
  before?.dispatch({ changes: { from: 0, to: 1 } });
  await waitFor(() => expect(tab.dirty).toBe(true));
  expect(editor('field-body')).toBe(before);
  await tab.dropEdits();
});
