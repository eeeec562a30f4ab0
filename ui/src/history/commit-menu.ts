import BranchIcon from '@lucide/svelte/icons/git-branch-plus';
import CompareIcon from '@lucide/svelte/icons/git-compare';
import CopyIcon from '@lucide/svelte/icons/copy';
import PencilIcon from '@lucide/svelte/icons/pencil';
import PickIcon from '@lucide/svelte/icons/cherry';
import RevertIcon from '@lucide/svelte/icons/rotate-ccw';
import TagIcon from '@lucide/svelte/icons/tag';
import TrashIcon from '@lucide/svelte/icons/trash';
import UpIcon from '@lucide/svelte/icons/arrow-up-from-line';
import type { CommitInfo } from '../bindings/CommitInfo';
import type { Tag } from '../bindings/Tag';
import type { MenuEntry, MenuGroups } from '../components/menu';
import { copyText } from '../lib/copy';
import { applyCommit } from '../state/applying';
import { dialogs } from '../state/dialogs.svelte';
import { whyNotAmend } from '../state/history';
import { operations } from '../state/operations.svelte';
import type { OpenProject } from '../state/project.svelte';
import { deleteTag, pushTag } from '../state/tagging';
import { toasts } from '../state/toasts.svelte';

async function copyId(commit: CommitInfo) {
  if (await copyText(commit.id)) toasts.success('The commit id is on the clipboard.');
  else toasts.show({ tone: 'error', title: 'The clipboard cannot be used.' });
}

/** Everything that can be done with a commit of the history of `of` (null: of the current branch). */
export function commitMenu(
  project: OpenProject,
  commit: CommitInfo,
  of: string | null,
  tags: Tag[],
): MenuGroups {
  const branch = project.branch;
  const busy = operations.busy(project.id) ? 'Something else is running; wait until it ends.' : undefined;
  const noBranch = branch === null ? 'You are on no branch. Switch to one first.' : undefined;
  const head = project.view?.card.head;
  const isLast = head?.at === 'branch' && head.commit === commit.id;
  const here = branch ?? 'HEAD';
  return [
    [
      {
        id: 'revert',
        label: 'Revert…',
        hint: 'Take back what it changed, as a new commit.',
        icon: RevertIcon,
        disabled: busy ?? noBranch ?? (commit.parents.length === 0 ? 'This is the first commit.' : undefined),
        run: () => applyCommit(project, 'revert', commit),
      },
      {
        id: 'cherry-pick',
        label: branch === null ? 'Cherry-pick…' : `Cherry-pick onto “${branch}”…`,
        hint: 'Take over what it changed, as a new commit.',
        icon: PickIcon,
        disabled: busy ?? noBranch ?? (of === null ? 'It is on this branch already.' : undefined),
        run: () => applyCommit(project, 'cherryPick', commit),
      },
      ...(isLast
        ? [
            {
              id: 'amend',
              label: 'Change this commit…',
              hint: 'Put more into it, or say it better.',
              icon: PencilIcon,
              disabled: busy ?? whyNotAmend(project),
              run: () => dialogs.renew({ kind: 'commit', project, amend: true }),
            },
          ]
        : []),
    ],
    [
      {
        id: 'compare',
        label: `Compare with “${here}”…`,
        hint: 'Everything that differs between the two.',
        icon: CompareIcon,
        disabled: isLast ? 'This is the newest commit here.' : undefined,
        run: () => dialogs.renew({ kind: 'compare', project, from: commit.id, to: here }),
      },
      {
        id: 'branch',
        label: 'New branch from here…',
        icon: BranchIcon,
        run: () => dialogs.renew({ kind: 'branches', project, at: commit }),
      },
      {
        id: 'tag',
        label: 'New tag here…',
        hint: 'A name that stays with this commit.',
        icon: TagIcon,
        run: () => dialogs.renew({ kind: 'new-tag', project, commit }),
      },
    ],
    ...tags.map((tag) => tagEntries(project, tag)),
    [{ id: 'copy-id', label: 'Copy the commit id', icon: CopyIcon, run: () => copyId(commit) }],
  ];
}

/** What can be done with a tag. */
export function tagEntries(project: OpenProject, tag: Tag): MenuEntry[] {
  const noRemote = project.view?.card.remote == null ? 'Set up sync first.' : undefined;
  const busy = operations.busy(project.id) ? 'Something else is running; wait until it ends.' : undefined;
  return [
    {
      id: `push-${tag.name}`,
      label: `Push the tag “${tag.name}”`,
      icon: UpIcon,
      disabled: noRemote ?? busy,
      run: () => pushTag(project, tag),
    },
    {
      id: `delete-${tag.name}`,
      label: `Delete the tag “${tag.name}”`,
      hint: 'Only here. Can be undone.',
      icon: TrashIcon,
      danger: true,
      disabled: busy,
      run: () => deleteTag(project, tag),
    },
  ];
}
