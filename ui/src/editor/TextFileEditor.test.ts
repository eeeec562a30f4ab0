import { screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Problem } from '../bindings/Problem';
import type { ResourceView } from '../bindings/ResourceView';
import { collection, commit, node, resource, view } from '../test/data';
import { showEditor } from '../test/editor';
import { openProject } from '../test/project';
import { refuse, shell } from '../test/shell';

const PATH = '.insomnia/Request/req_9.yml';
const problem: Problem = {
  code: 'syntax',
  message: 'This file is no readable YAML: a mapping is not closed.',
  path: PATH,
  line: 2,
  column: 7,
};
const text = (content: string, over: Partial<ResourceView> = {}) =>
  resource({ id: PATH, kind: 'Broken', name: 'req_9.yml', path: PATH, fields: { text: content }, ...over });
const broken = () =>
  view({
    collections: [collection({ items: [{ ...node(PATH, 'Broken', 'req_9.yml'), path: PATH, problem }] })],
    problems: [problem],
  });

/** Opens a broken file; what is saved is in the file then, and repairs it. */
async function open(answers: Record<string, unknown> = {}) {
  let onDisk = text('name: a\nurl: {\n');
  let now = broken();
  const repaired = () =>
    view({ collections: [collection({ items: [{ ...node('req_9', 'Request', 'a'), path: PATH }] })] });
  const calls = shell({
    project_view: () => now,
    resource: ({ id }: { id: string }) => (id === PATH ? onDisk : resource({ id })),
    text_file: () => onDisk,
    save_text: ({ version, text: typed }: { version: string; text: string }) => {
      onDisk = text(typed, { version: `${version}+`, kind: 'File' });
      now = repaired();
      return { outcome: 'saved', resource: onDisk };
    },
    restore_readable: () => {
      onDisk = text('name: good\n', { version: 'v7', kind: 'File' });
      now = repaired();
      return commit('c'.repeat(40), 'Add the request');
    },
    ...answers,
  });
  const project = openProject();
  await project.reload();
  project.open(PATH, 'keep');
  await showEditor(project);
  await screen.findByTestId('text-file');
  return { ...calls, project };
}

const content = () => screen.getByTestId('field-text').textContent;

test('a broken file says what is wrong, marks the line and is edited as text', async () => {
  const { project, of } = await open();
  expect(screen.getByTestId('text-problem').textContent).toContain('Line 2, column 7');
  expect(document.querySelector('.cm-problemLine')?.textContent).toBe('url: {');
  project.active?.edit('text', 'name: a\nurl: x\n');
  await project.flush();
  expect(of('save_text')).toEqual([{ project: '/p', path: PATH, version: 'v1', text: 'name: a\nurl: x\n' }]);
  expect(of('edit_resource')).toEqual([]);
  await waitFor(() => expect(screen.queryByTestId('text-problem')).toBeNull());
  expect(document.querySelector('.cm-problemLine')).toBeNull();
});

test('what can be read again has its form again', async () => {
  const { project } = await open();
  project.active?.edit('text', 'name: a\n');
  await project.flush();
  await userEvent.click(await screen.findByTestId('text-form'));
  await waitFor(() => expect(project.tabs.map(({ id }) => id)).toEqual(['req_9']));
  expect(await screen.findByTestId('field-url')).toBeTruthy();
});

test('the last good version comes back', async () => {
  const { of } = await open();
  await userEvent.click(screen.getByTestId('restore-readable'));
  await waitFor(() => expect(content()).toContain('name: good'));
  expect(of('restore_readable')).toEqual([{ project: '/p', path: PATH }]);
});

test('a text that changed outside is not overwritten until the user chose', async () => {
  let theirs = true;
  const { project, of } = await open({
    save_text: ({ text: typed }: { text: string }) => {
      if (!theirs) return { outcome: 'saved', resource: text(typed, { version: 'v10' }) };
      theirs = false;
      return { outcome: 'changedOutside', resource: text('theirs\n', { version: 'v9' }) };
    },
  });
  project.active?.edit('text', 'mine\n');
  expect(await project.flush()).toBe(false);
  await userEvent.click(await screen.findByTestId('outside-mine'));
  await waitFor(() => expect(of('save_text')).toHaveLength(2));
  expect(of('save_text')[1]).toMatchObject({ version: 'v9', text: 'mine\n' });
});

test('a file that is no text is told and left alone', async () => {
  const lossy = text('\ufffd', { readOnly: true });
  shell({
    project_view: broken(),
    resource: lossy,
    text_file: refuse('no-text', 'It is no text in UTF-8.'),
    text_diff: { path: PATH, before: null, after: null, binary: true },
  });
  const project = openProject();
  await project.reload();
  project.open(PATH, 'keep');
  await showEditor(project);
  expect(await screen.findByTestId('problem-view')).toBeTruthy();
  expect(screen.queryByTestId('text-file')).toBeNull();
});

test('a kind without a form is edited as the text of its file', async () => {
  const path = '.insomnia/ProjectLintRuleset/plr_1.yml';
  const file = text('rulesetContent: a\n', { id: path, path, kind: 'File', name: 'plr_1.yml' });
  const { of } = shell({
    project_view: view({
      collections: [collection({ others: [node('plr_1', 'ProjectLintRuleset', 'Lint ruleset')] })],
    }),
    resource: resource({ id: 'plr_1', kind: 'ProjectLintRuleset', path }),
    text_file: file,
    save_text: { outcome: 'saved', resource: file },
  });
  const project = openProject();
  await project.reload();
  project.open('plr_1', 'keep');
  await showEditor(project);
  await screen.findByTestId('text-file');
  project.active?.edit('text', 'b\n');
  await project.flush();
  expect(of('save_text')[0]).toMatchObject({ path, text: 'b\n' });
});
