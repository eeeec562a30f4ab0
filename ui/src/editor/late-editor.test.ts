import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { Later } from '../lib/later.svelte';
import { resource, view } from '../test/data';
import { openProject } from '../test/project';
import { shell } from '../test/shell';
import EditorPane from './EditorPane.svelte';
import ResourceEditor from './ResourceEditor.svelte';

const late = vi.hoisted((): { editor: unknown } => ({ editor: null }));
vi.mock('../parts', () => ({
  get resourceEditor() {
    return late.editor;
  },
}));

const editor = () => Promise.resolve(ResourceEditor);

async function open() {
  shell({ project_view: view(), resource: () => resource() });
  const project = openProject();
  await project.reload();
  render(EditorPane, { project });
  project.open('req_1');
  return screen.findByTestId('editor-panel');
}

test('the editor comes into the panel that has the focus', async () => {
  let arrive: () => void = () => undefined;
  const held = new Promise<void>((done) => (arrive = done));
  late.editor = new Later(() => held.then(editor));
  const panel = await open();
  panel.focus();
  expect(screen.queryByTestId('field-url')).toBeNull();
  arrive();
  await screen.findByTestId('field-url');
  expect(document.activeElement).toBe(panel);
});

test('an editor that does not come says so and can be tried again', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  let there = false;
  late.editor = new Later(() => (there ? editor() : Promise.reject(new Error('gone'))));
  await open();
  expect(await screen.findByText('The editor could not be loaded.')).toBeTruthy();
  there = true;
  await userEvent.click(screen.getByTestId('editor-again'));
  expect(await screen.findByTestId('field-url')).toBeTruthy();
});
