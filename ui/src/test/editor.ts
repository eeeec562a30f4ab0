import { render, screen } from '@testing-library/svelte';
import type { FieldEdit } from '../bindings/FieldEdit';
import type { Kind } from '../bindings/Kind';
import type { TreeNode } from '../bindings/TreeNode';
import EditorPane from '../editor/EditorPane.svelte';
// Fetched here, as that may take longer than a test.
import '../editor/ResourceEditor.svelte';
import { addEdit, withValue, type Fields } from '../lib/fields';
import { resourceEditor } from '../parts';
import type { OpenProject } from '../state/project.svelte';
import { collection, node, resource, view } from './data';
import { openProject } from './project';
import { shell } from './shell';

interface Opened {
  kind: Kind;
  fields: Fields;
  path?: string;
  parentId?: string;
  children?: TreeNode[];
  others?: TreeNode[];
  /** More answers of the shell. */
  answers?: Record<string, unknown>;
}

/** Shows what is open in the project, with the editor there from the start. */
export async function showEditor(project: OpenProject) {
  await resourceEditor.fetch();
  render(EditorPane, { project });
}

/** Opens one resource in the editor. The file remembers what is written to it. */
export async function openEditor({ kind, fields, path, parentId, children, others, answers }: Opened) {
  let onDisk = resource({
    id: 'it',
    kind,
    name: 'It',
    fields: { name: 'It', ...fields },
    ...(path ? { path } : {}),
    ...(parentId ? { parentId } : {}),
  });
  const it = node('it', kind, 'It', children ?? []);
  const calls = shell({
    project_view: view({
      collections: [
        kind === 'Environment'
          ? collection({ environments: [it] })
          : collection({ items: [it], others: others ?? [] }),
      ],
    }),
    resource: () => onDisk,
    edit_resource: ({ version, edits }: { version: string; edits: FieldEdit[] }) => {
      const next = edits.reduce((all, { path: at, value }) => withValue(all, at, value), onDisk.fields);
      onDisk = { ...onDisk, version: `${version}+`, fields: next };
      return { outcome: 'saved', resource: onDisk };
    },
    ...answers,
  });
  let seen = 0;
  const project = openProject();
  await project.reload();
  project.open('it', 'keep');
  await showEditor(project);
  await screen.findByTestId('field-name');
  return {
    ...calls,
    project,
    /** The edits that were written since it was asked last. */
    async edits(): Promise<FieldEdit[]> {
      await project.flush();
      const saves = calls.of('edit_resource').slice(seen);
      seen += saves.length;
      return saves.flatMap(({ edits }) => edits as FieldEdit[]).reduce<FieldEdit[]>(addEdit, []);
    },
  };
}
