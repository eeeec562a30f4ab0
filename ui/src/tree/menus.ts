import ClockIcon from '@lucide/svelte/icons/clock';
import CollectionIcon from '@lucide/svelte/icons/layers';
import MoveIcon from '@lucide/svelte/icons/folder-input';
import ExportIcon from '@lucide/svelte/icons/upload';
import ImportIcon from '@lucide/svelte/icons/import';
import CutIcon from '@lucide/svelte/icons/scissors';
import PasteIcon from '@lucide/svelte/icons/clipboard-paste';
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
import type { Row } from '../lib/rows';
import { copyText } from '../lib/copy';
import { copyCurl } from '../state/curl';
import { dialogs } from '../state/dialogs.svelte';
import { openResourceHistory } from '../state/history';
import type { OpenProject } from '../state/project.svelte';
import { toasts } from '../state/toasts.svelte';
import { convert, create } from '../state/resources';
import { cut, duplicateAll, paste, removeAll } from './actions';

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
      : row.group === 'request'
        ? row.parent
        : row.collection;
  return [created(project, holder ?? row.collection, row.collection), [collection, bringIn]];
}

/** A collection in the .insomnia folder, which could be a single file. */
const isTree = (project: OpenProject, row: Row) =>
  row.type === 'collection' && project.collections.find(({ id }) => id === row.id)?.layout === 'legacy';

/** What can be done with several lines at once. */
function severalMenu(project: OpenProject, row: Row, rows: Row[]): MenuGroups {
  const ids = rows.map(({ id }) => id);
  const number = String(rows.length);
  if (rows.some(({ readOnly }) => readOnly)) return [];
  const requests = rows.every(({ group }) => group === 'request');
  return [
    [
      {
        id: 'duplicate',
        label: `Duplicate ${number} resources`,
        icon: CopyIcon,
        shortcut: 'Mod+D',
        run: () => duplicateAll(project, row),
      },
      ...(rows.every(({ group }) => group !== null)
        ? [cutEntry(project, row, `Cut ${number} resources`)]
        : []),
      ...(requests
        ? [
            {
              id: 'move',
              label: `Move ${number} resources to…`,
              icon: MoveIcon,
              run: () => dialogs.open({ kind: 'move', project, ids }),
            },
          ]
        : []),
    ],
    [
      {
        id: 'delete',
        label: `Delete ${number} resources`,
        icon: TrashIcon,
        shortcut: 'Delete',
        danger: true,
        run: () => removeAll(project, row),
      },
    ],
  ];
}

const cutEntry = (project: OpenProject, row: Row, label = 'Cut'): MenuEntry => ({
  id: 'cut',
  label,
  icon: CutIcon,
  shortcut: 'Mod+X',
  run: () => cut(project, row),
});

const pasteEntry = (project: OpenProject, row: Row): MenuEntry[] =>
  project.cut.size === 0
    ? []
    : [
        {
          id: 'paste',
          label: project.cut.size === 1 ? 'Paste here' : `Paste ${String(project.cut.size)} resources here`,
          icon: PasteIcon,
          shortcut: 'Mod+V',
          run: () => paste(project, row),
        },
      ];

const copyEntry = (id: string, label: string, text: string): MenuEntry => ({
  id,
  label,
  run: async () => {
    const done = await copyText(text);
    toasts.show({ title: done ? `Copied ${text}.` : 'The system did not allow copying.' });
  },
});

/** The context menu of a line, or of all that are chosen with it. */
export function rowMenu(project: OpenProject, row: Row, rows: Row[]): MenuGroups {
  if (rows.length > 1) return severalMenu(project, row, rows);
  if (row.readOnly || row.problem) return brokenMenu(project, row);
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
            shortcut: 'Mod+D',
            run: () => duplicateAll(project, row),
          },
        ]
      : []),
    ...(row.kind === 'Request'
      ? [{ id: 'curl', label: 'Copy as cURL', icon: TerminalIcon, run: () => copyCurl(project, row.id) }]
      : []),
    ...(isTree(project, row)
      ? [{ id: 'convert', label: 'Convert to a single file…', run: () => convert(project, row.id) }]
      : []),
    ...(row.group === null ? [] : [cutEntry(project, row)]),
    ...pasteEntry(project, row),
    ...(row.group === 'request'
      ? [
          {
            id: 'move',
            label: 'Move to…',
            icon: MoveIcon,
            run: () => dialogs.open({ kind: 'move', project, ids: [row.id] }),
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
    { id: 'history', label: 'History…', icon: ClockIcon, run: () => openResourceHistory(project, row.id) },
  ]);
  groups.push([copyEntry('copy-id', 'Copy id', row.id), copyEntry('copy-path', 'Copy path', row.path)]);
  groups.push([
    {
      id: 'delete',
      label: 'Delete',
      icon: TrashIcon,
      shortcut: 'Delete',
      danger: true,
      run: () => removeAll(project, row),
    },
  ]);
  return groups;
}

/** A file that cannot be read can be looked at, found and deleted. */
function brokenMenu(project: OpenProject, row: Row): MenuGroups {
  if (row.type !== 'node') return [[open(project, row)]];
  const removed: MenuEntry = {
    id: 'delete',
    label: 'Delete the file',
    icon: TrashIcon,
    shortcut: 'Delete',
    danger: true,
    run: () => removeAll(project, row),
  };
  return [
    [open(project, row)],
    [copyEntry('copy-path', 'Copy path', row.path)],
    row.readOnly ? [] : [removed],
  ];
}

const open = (project: OpenProject, row: Row): MenuEntry => ({
  id: 'open',
  label: 'Open',
  run: () => project.open(row.id, 'keep'),
});
