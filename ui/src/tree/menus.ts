import CollectionIcon from '@lucide/svelte/icons/layers';
import MoveIcon from '@lucide/svelte/icons/folder-input';
import ExportIcon from '@lucide/svelte/icons/upload';
import ImportIcon from '@lucide/svelte/icons/import';
import CopyIcon from '@lucide/svelte/icons/copy';
import EnvironmentIcon from '@lucide/svelte/icons/braces';
import FolderIcon from '@lucide/svelte/icons/folder';
import PencilIcon from '@lucide/svelte/icons/pencil';
import RequestIcon from '@lucide/svelte/icons/arrow-right-left';
import TrashIcon from '@lucide/svelte/icons/trash';
import TerminalIcon from '@lucide/svelte/icons/square-terminal';
import TestIcon from '@lucide/svelte/icons/flask-conical';
import type { Kind } from '../bindings/Kind';
import type { MenuEntry, MenuGroups } from '../components/menu';
import type { Row } from '../lib/tree';
import { copyCurl } from '../state/curl';
import { dialogs } from '../state/dialogs.svelte';
import type { OpenProject } from '../state/project.svelte';
import { convert, create, duplicate, remove } from '../state/resources';

const make = (
  project: OpenProject,
  kind: Kind,
  parent: string,
  label: string,
  icon: MenuEntry['icon'],
): MenuEntry => ({
  id: kind === 'RequestGroup' ? 'folder' : kind.toLowerCase(),
  label,
  ...(icon ? { icon } : {}),
  run: () => create(project, kind, parent),
});

/** The base environment of a collection, which holds the others. */
const baseEnvironment = (project: OpenProject, collection: string) =>
  project.collections.find(({ id }) => id === collection)?.environments[0]?.id ?? collection;

const created = (project: OpenProject, parent: string, collection: string): MenuEntry[] => [
  make(project, 'Request', parent, 'New request', RequestIcon),
  make(project, 'RequestGroup', parent, 'New folder', FolderIcon),
  make(project, 'Environment', baseEnvironment(project, collection), 'New environment', EnvironmentIcon),
];

/** What the plus button above the tree offers: new things beside what is selected. */
export function createMenu(project: OpenProject): MenuGroups {
  const selected = project.rows.find(({ id }) => id === project.selectedId);
  const row = selected ?? project.rows[0];
  const collection: MenuEntry = {
    id: 'collection',
    label: 'New collection…',
    icon: CollectionIcon,
    run: () => dialogs.open({ kind: 'new-collection', project }),
  };
  const bringIn: MenuEntry = {
    id: 'import',
    label: 'Import…',
    icon: ImportIcon,
    run: () => dialogs.open({ kind: 'import', project }),
  };
  if (!row || row.readOnly) return [[collection, bringIn]];
  const holder =
    row.kind === 'RequestGroup' || row.type === 'collection'
      ? row.id
      : row.movable
        ? row.parent
        : row.collection;
  return [created(project, holder ?? row.collection, row.collection), [collection, bringIn]];
}

/** A collection in the .insomnia folder, which could be a single file. */
const isTree = (project: OpenProject, row: Row) =>
  row.type === 'collection' && project.collections.find(({ id }) => id === row.id)?.layout === 'legacy';

/** The context menu of a line. */
export function rowMenu(project: OpenProject, row: Row): MenuGroups {
  if (row.readOnly || row.problem) return [[open(project, row)]];
  const holds = row.type === 'collection' || row.kind === 'RequestGroup';
  const groups: MenuGroups = [];
  if (holds) groups.push(created(project, row.id, row.collection));
  if (row.type === 'section' && row.kind === 'Environment') {
    const parent = baseEnvironment(project, row.collection);
    return [[make(project, 'Environment', parent, 'New environment', EnvironmentIcon)]];
  }
  if (row.type === 'section' && row.kind === 'UnitTestSuite') {
    return [[make(project, 'UnitTestSuite', row.collection, 'New test suite', TestIcon)]];
  }
  if (row.kind === 'UnitTestSuite') groups.push([make(project, 'UnitTest', row.id, 'New test', TestIcon)]);
  if (row.type === 'section') return groups;
  groups.push([
    {
      id: 'rename',
      label: 'Rename',
      icon: PencilIcon,
      shortcut: 'F2',
      run: () => (project.renamingId = row.id),
    },
    ...(row.type === 'node'
      ? [
          {
            id: 'duplicate',
            label: 'Duplicate',
            icon: CopyIcon,
            shortcut: 'Mod+Shift+K',
            run: () => duplicate(project, [row.id]),
          },
        ]
      : []),
    ...(row.kind === 'Request'
      ? [{ id: 'curl', label: 'Copy as cURL', icon: TerminalIcon, run: () => copyCurl(project, row.id) }]
      : []),
    ...(isTree(project, row)
      ? [{ id: 'convert', label: 'Convert to a single file…', run: () => convert(project, row.id) }]
      : []),
    ...(row.movable
      ? [
          {
            id: 'move',
            label: 'Move to…',
            icon: MoveIcon,
            run: () => dialogs.open({ kind: 'move', project, id: row.id }),
          },
        ]
      : []),
  ]);
  if (row.type === 'collection') {
    groups.push([
      {
        id: 'export',
        label: 'Export…',
        icon: ExportIcon,
        run: () => dialogs.open({ kind: 'export', project, id: row.id }),
      },
    ]);
  }
  groups.push([
    {
      id: 'delete',
      label: 'Delete',
      icon: TrashIcon,
      shortcut: 'Delete',
      danger: true,
      run: () => remove(project, [row.id]),
    },
  ]);
  return groups;
}

const open = (project: OpenProject, row: Row): MenuEntry => ({
  id: 'open',
  label: 'Open',
  run: () => project.open(row.id, 'keep'),
});
