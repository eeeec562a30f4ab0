import type { AskedQuestion } from '../bindings/AskedQuestion';
import type { Begun } from '../bindings/Begun';
import type { Kind } from '../bindings/Kind';
import type { MergeOf } from '../bindings/MergeOf';
import type { MergeView } from '../bindings/MergeView';
import { kindNames } from '../lib/kinds';

/** What a merge is called: the beginning of a title. */
export function mergeTitle(what: MergeOf): string {
  if (isConflict(what)) return `Conflict with ${what.from}`;
  if (what.of === 'outside') return `${upper(begunWord(what.begun))} of “${what.from}”, begun outside`;
  if (what.of === 'pull' || what.of === 'rebase') return 'Pull';
  if (what.of === 'unpark') return 'Bring back parked changes';
  if (what.of === 'revert') return `Revert ${what.commit.slice(0, 8)}`;
  if (what.of === 'cherryPick') return `Take over ${what.commit.slice(0, 8)}`;
  if (what.of === 'squash') return `Squash “${what.name}”`;
  return what.of === 'branch' ? `Merge “${what.name}”` : `Switch to “${what.name}”`;
}

/** The same as the beginning of a sentence about it. */
export function mergeSubject(what: MergeOf): string {
  if (isConflict(what)) return `A conflict with ${what.from}, left outside,`;
  if (what.of === 'outside') return `A ${begunWord(what.begun)} begun outside`;
  if (what.of === 'pull' || what.of === 'rebase') return 'A pull';
  if (what.of === 'unpark') return 'The return of your parked changes';
  if (what.of === 'revert') return `The revert of ${what.commit.slice(0, 8)}`;
  if (what.of === 'cherryPick') return `The taking over of ${what.commit.slice(0, 8)}`;
  if (what.of === 'squash') return `The squash of “${what.name}”`;
  return what.of === 'branch' ? `The merge of “${what.name}”` : `The switch to “${what.name}”`;
}

type OfConflict = Extract<MergeOf, { of: 'outside' }> & { begun: 'conflict' };

/** Conflicts that another program left in the files, as of a stash: no commit ends them. */
export const isConflict = (what: MergeOf): what is OfConflict =>
  what.of === 'outside' && what.begun === 'conflict';

/** What another program calls what it began. */
export const begunWord = (begun: Begun) => begun.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`);

const upper = (text: string) => text.replace(/^[a-z]/, (letter) => letter.toUpperCase());

/** What the two sides of a question are called. */
export function sideNames(
  { of: what, onto }: MergeView,
  { uncommitted, theirsBy }: AskedQuestion,
): { ours: string; theirs: string } {
  if (what.of === 'unpark') return { ours: 'Here', theirs: 'Parked' };
  if (what.of === 'switch') return { ours: 'Mine', theirs: `On “${what.name}”` };
  if (onto && uncommitted) return { ours: 'Mine', theirs: `After the ${wordOf(what)}` };
  // What they are put on is here already, as far as git is concerned, and so it is ours.
  if (onto) return { ours: onto, theirs: theirsBy ? `Your commit ${short(theirsBy.id)}` : 'Your commit' };
  if (turnsBack(what)) return { ours: 'Mine', theirs: 'Taken back' };
  return { ours: 'Mine', theirs: 'Theirs' };
}

/** What the sides of all these are called, where that is the same. Commits that come later are answered along. */
export function commonNames(merge: MergeView, all: AskedQuestion[]): { ours: string; theirs: string } | null {
  const [first, ...rest] = all;
  if (!first || rest.some(({ uncommitted }) => merge.onto && uncommitted !== first.uncommitted)) return null;
  const names = sideNames(merge, first);
  return merge.onto && !first.uncommitted ? { ...names, theirs: 'Your commits' } : names;
}

const short = (commit: string) => commit.slice(0, 8);

const wordOf = (what: MergeOf) => (what.of === 'outside' ? begunWord(what.begun) : 'pull');

const turnsBack = (what: MergeOf) =>
  what.of === 'revert' || (what.of === 'outside' && what.begun === 'revert');

const lower = (text: string) => text.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());

/** What people call a kind of resource within a sentence. */
export const kindWord = (kind: Kind) => lower(kindNames[kind]);

/** What is asked, as a line of a list. */
export function questionTitle({ asks, label, kind }: AskedQuestion): string {
  if (asks === 'deleted') return 'Deleted or kept';
  if (asks === 'place') return 'Where it belongs';
  if (asks === 'file') return kind === 'File' ? 'Text of the file' : 'The whole file';
  return upper(label);
}
