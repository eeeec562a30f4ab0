import type { Component } from 'svelte';
import ActivityIcon from '@lucide/svelte/icons/activity';
import ArrowDownIcon from '@lucide/svelte/icons/arrow-down-to-line';
import ArrowUpIcon from '@lucide/svelte/icons/arrow-up-from-line';
import CheckIcon from '@lucide/svelte/icons/git-commit-horizontal';
import ClockIcon from '@lucide/svelte/icons/clock';
import TimelineIcon from '@lucide/svelte/icons/history';
import ImportIcon from '@lucide/svelte/icons/import';
import CopyIcon from '@lucide/svelte/icons/copy-plus';
import DashboardIcon from '@lucide/svelte/icons/layout-grid';
import DownloadIcon from '@lucide/svelte/icons/folder-down';
import FolderIcon from '@lucide/svelte/icons/folder-open';
import BranchIcon from '@lucide/svelte/icons/git-branch';
import CompareIcon from '@lucide/svelte/icons/git-compare';
import IncomingIcon from '@lucide/svelte/icons/eye';
import LinkIcon from '@lucide/svelte/icons/cloud-upload';
import ParkedIcon from '@lucide/svelte/icons/package';
import PencilIcon from '@lucide/svelte/icons/pencil';
import PlusIcon from '@lucide/svelte/icons/folder-plus';
import QuestionIcon from '@lucide/svelte/icons/message-circle-question-mark';
import RedoIcon from '@lucide/svelte/icons/redo-2';
import RefreshIcon from '@lucide/svelte/icons/refresh-cw';
import SaveIcon from '@lucide/svelte/icons/save';
import SearchIcon from '@lucide/svelte/icons/search';
import SettingsIcon from '@lucide/svelte/icons/settings';
import SlidersIcon from '@lucide/svelte/icons/sliders-horizontal';
import TagIcon from '@lucide/svelte/icons/tag';
import TerminalIcon from '@lucide/svelte/icons/square-terminal';
import UndoIcon from '@lucide/svelte/icons/undo-2';
import UsersIcon from '@lucide/svelte/icons/users';
import * as ipc from '../ipc';
import type { Shortcut } from '../lib/shortcuts';
import { app } from './app.svelte';
import { attempt } from './attempt';
import { commandKeys } from './command-keys';
import { copyCurl } from './curl';
import { dialogs } from './dialogs.svelte';
import { events } from './events.svelte';
import type { OpenProject } from './project.svelte';
import { hasHistory, openResourceHistory, whyNotAmend } from './history';
import { pull } from './looking';
import { openQuestions } from './merging';
import * as remote from './remote';
import { toasts } from './toasts.svelte';
import { settled } from './settled';
import { redo, undo } from './undoing';

export interface Command {
  id: string;
  label: string;
  /** One plain sentence for those who do not know Git. */
  hint?: string;
  icon: Component;
  shortcut?: Shortcut;
  /** Why it cannot be used now; absent where it can. */
  disabled?: string | undefined;
  run: () => unknown;
}

const global: Command[] = [
  {
    id: 'palette',
    label: 'Command palette…',
    icon: SearchIcon,
    shortcut: commandKeys.palette,
    run: () => dialogs.open({ kind: 'palette' }),
  },
  {
    id: 'clone',
    label: 'Clone repository…',
    hint: 'Copy one from a Git host to this computer',
    icon: DownloadIcon,
    shortcut: commandKeys.clone,
    run: () => dialogs.open({ kind: 'clone' }),
  },
  {
    id: 'new-project',
    label: 'New project…',
    hint: 'Start on this computer, share later',
    icon: PlusIcon,
    shortcut: commandKeys['new-project'],
    run: () => dialogs.open({ kind: 'new-project' }),
  },
  {
    id: 'open-folder',
    label: 'Open folder…',
    hint: 'Use one that is already here',
    icon: FolderIcon,
    shortcut: commandKeys['open-folder'],
    run: () => dialogs.open({ kind: 'open-folder' }),
  },
  {
    id: 'settings',
    label: 'Settings…',
    icon: SettingsIcon,
    shortcut: commandKeys.settings,
    run: () => dialogs.open({ kind: 'app-settings' }),
  },
  {
    id: 'events',
    label: 'git-events',
    hint: 'What Git did, line by line',
    icon: ActivityIcon,
    shortcut: commandKeys.events,
    run: () => (events.open = !events.open),
  },
  {
    id: 'devtools',
    label: 'Developer tools',
    icon: TerminalIcon,
    shortcut: commandKeys.devtools,
    run: () => attempt(null, ipc.openDevtools),
  },
];

function ofProject(project: OpenProject): Command[] {
  const view = project.view;
  const hasRemote = view?.card.remote != null;
  const noRemote = hasRemote ? undefined : 'Set up sync first.';
  const noUndo = view?.undo ? undefined : 'There is nothing to undo.';
  const noRedo = view?.redo ? undefined : 'There is nothing to do again.';
  return [
    {
      id: 'dashboard',
      label: 'All projects',
      icon: DashboardIcon,
      shortcut: commandKeys.dashboard,
      run: () => app.toDashboard(),
    },
    {
      id: 'search',
      label: 'Search in the project',
      hint: 'Names, URLs, headers, bodies, scripts, values',
      icon: SearchIcon,
      shortcut: commandKeys.search,
      run: () => (project.searching += 1),
    },
    {
      id: 'commit',
      label: 'Commit…',
      hint: 'Record your changes with a message',
      icon: CheckIcon,
      shortcut: commandKeys.commit,
      run: async () => {
        if (await settled(project)) dialogs.open({ kind: 'commit', project });
      },
    },
    {
      id: 'push',
      label: 'Push',
      hint: 'Send your commits to the remote',
      icon: ArrowUpIcon,
      shortcut: commandKeys.push,
      disabled: noRemote,
      run: () => remote.push(project),
    },
    {
      id: 'pull',
      label: 'Pull',
      hint: 'Bring in what others pushed',
      icon: ArrowDownIcon,
      shortcut: commandKeys.pull,
      disabled: noRemote,
      run: () => pull(project),
    },
    {
      id: 'fetch',
      label: 'Fetch',
      hint: 'Look for news, change no file',
      icon: RefreshIcon,
      shortcut: commandKeys.fetch,
      disabled: noRemote,
      run: () => remote.fetchRemote(project),
    },
    {
      id: 'incoming',
      label: 'Incoming changes…',
      hint: 'What a pull would bring',
      icon: IncomingIcon,
      disabled: noRemote,
      run: () => dialogs.open({ kind: 'incoming', project }),
    },
    {
      id: 'branches',
      label: 'Branches…',
      hint: 'Lines of work: switch, create, merge',
      icon: BranchIcon,
      shortcut: commandKeys.branches,
      run: () => dialogs.open({ kind: 'branches', project }),
    },
    {
      id: 'history',
      label: 'History…',
      hint: 'Every commit, and what to take back',
      icon: ClockIcon,
      shortcut: commandKeys.history,
      run: () => dialogs.open({ kind: 'history', project }),
    },
    {
      id: 'amend',
      label: 'Add to last commit…',
      hint: 'Put more into it, or say it better',
      icon: PencilIcon,
      disabled: whyNotAmend(project),
      run: async () => {
        if (await settled(project)) dialogs.open({ kind: 'commit', project, amend: true });
      },
    },
    {
      id: 'compare',
      label: 'Compare…',
      hint: 'What differs between two branches, tags or commits',
      icon: CompareIcon,
      run: () => dialogs.open({ kind: 'compare', project }),
    },
    {
      id: 'tags',
      label: 'Tags…',
      hint: 'Names that stay with a commit, such as versions',
      icon: TagIcon,
      run: () => dialogs.open({ kind: 'tags', project }),
    },
    {
      id: 'parked',
      label: 'Parked changes…',
      hint: 'What you left behind when you switched branches',
      icon: ParkedIcon,
      run: () => dialogs.open({ kind: 'parked', project }),
    },
    {
      id: 'resource-history',
      label: 'History of this resource…',
      hint: 'Every version, and who changed what',
      icon: ClockIcon,
      disabled: hasHistory(project) ? undefined : 'Open a resource first.',
      run: () => project.active && openResourceHistory(project, project.active.id),
    },
    hasRemote
      ? {
          id: 'remote-settings',
          label: 'Repository settings…',
          icon: SlidersIcon,
          run: () => dialogs.open({ kind: 'remote-settings', project, purpose: 'change' }),
        }
      : {
          id: 'remote-settings',
          label: 'Set up sync…',
          hint: 'Share this project on a Git host',
          icon: LinkIcon,
          run: () => dialogs.open({ kind: 'remote-settings', project, purpose: 'set-up' }),
        },
    ...(view?.waiting
      ? [
          {
            id: 'questions',
            label: 'Questions that wait…',
            hint: 'Both sides changed the same: say what counts',
            icon: QuestionIcon,
            run: () => openQuestions(project),
          },
        ]
      : []),
    {
      id: 'members',
      label: 'Members…',
      icon: UsersIcon,
      run: () => dialogs.open({ kind: 'members', project }),
    },
    {
      id: 'new-collection',
      label: 'New collection…',
      icon: CopyIcon,
      run: () => dialogs.open({ kind: 'new-collection', project }),
    },
    {
      id: 'import',
      label: 'Import…',
      hint: 'From Insomnia, Postman, Bruno, Yaak, OpenAPI, HAR or cURL',
      icon: ImportIcon,
      run: () => dialogs.open({ kind: 'import', project }),
    },
    {
      id: 'save',
      label: 'Save',
      hint: 'Edits save themselves; this does it now',
      icon: SaveIcon,
      shortcut: commandKeys.save,
      run: () => settled(project),
    },
    {
      id: 'undo',
      label: view?.undo ? `Undo: ${view.undo.label}` : 'Undo',
      icon: UndoIcon,
      shortcut: commandKeys.undo,
      disabled: noUndo,
      run: () => undo(project),
    },
    {
      id: 'redo',
      label: view?.redo ? `Redo: ${view.redo.label}` : 'Redo',
      icon: RedoIcon,
      shortcut: commandKeys.redo,
      disabled: noRedo,
      run: () => redo(project),
    },
    {
      id: 'timeline',
      label: 'Undo timeline…',
      hint: 'Go back to before any step, and forth again',
      icon: TimelineIcon,
      shortcut: commandKeys.timeline,
      run: async () => {
        if (await settled(project)) dialogs.open({ kind: 'timeline', project });
      },
    },
    {
      id: 'copy-curl',
      label: 'Copy as cURL',
      icon: TerminalIcon,
      disabled: project.active?.view?.kind === 'Request' ? undefined : 'Open an HTTP request first.',
      run: () => project.active && copyCurl(project, project.active.id),
    },
    {
      id: 'reveal',
      label: 'Show the project folder',
      icon: FolderIcon,
      run: () => attempt(project, () => ipc.revealProject(project.id)),
    },
  ];
}

/** Everything the user can call now: the source of menus, shortcuts and the palette. */
export const commands = (): Command[] => [...(app.project ? ofProject(app.project) : []), ...global];

/** Those of `ids` that exist now, in that order. */
export const pickCommands = (...ids: string[]): Command[] => {
  const all = commands();
  return ids.flatMap((id) => all.filter((command) => command.id === id));
};

/** Where a command was called from: a button, a key of the page, or the native menu. */
export type CalledFrom = 'button' | 'key' | 'menu';

let last = { id: '', from: 'button' as CalledFrom, at: -Infinity };

/** Runs a command, or says why not. A key that reaches both the page and the native menu counts once. */
export function runCommand(id: string, from: CalledFrom = 'button') {
  const now = performance.now();
  const again = last.id === id && now - last.at < 250;
  if (again && from !== 'button' && last.from !== 'button' && from !== last.from) return;
  last = { id, from, at: now };
  const command = commands().find((c) => c.id === id);
  if (command?.disabled) toasts.show({ title: command.disabled });
  else if (command) command.run();
  else if (id !== 'dashboard') toasts.show({ title: 'Open a project first.' });
}
