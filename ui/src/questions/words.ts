import type { AskedQuestion } from '../bindings/AskedQuestion';
import type { Begun } from '../bindings/Begun';
import type { Kind } from '../bindings/Kind';
import type { MergeOf } from '../bindings/MergeOf';
import { kindNames } from '../lib/kinds';

/** What a merge is called: the beginning of a title. */
export function mergeTitle(what: MergeOf): string {
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
  if (what.of === 'outside') return `A ${begunWord(what.begun)} begun outside`;
  if (what.of === 'pull' || what.of === 'rebase') return 'A pull';
  if (what.of === 'unpark') return 'The return of your parked changes';
  if (what.of === 'revert') return `The revert of ${what.commit.slice(0, 8)}`;
  if (what.of === 'cherryPick') return `The taking over of ${what.commit.slice(0, 8)}`;
  if (what.of === 'squash') return `The squash of “${what.name}”`;
  return what.of === 'branch' ? `The merge of “${what.name}”` : `The switch to “${what.name}”`;
}

/** What another program calls what it began. */
export const begunWord = (begun: Begun) => begun.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`);

const upper = (text: string) => text.replace(/^[a-z]/, (letter) => letter.toUpperCase());

/** What the two sides are called. */
export function sideNames(what: MergeOf): { ours: string; theirs: string } {
  if (what.of === 'unpark') return { ours: 'Here', theirs: 'Parked' };
  // Own commits are put on top of what others did, which is here already.
  const turned = what.of === 'rebase' || (what.of === 'outside' && what.begun === 'rebase');
  if (turned) return { ours: 'Theirs', theirs: 'Mine' };
  if (what.of === 'switch') return { ours: 'Yours', theirs: `On “${what.name}”` };
  return { ours: 'Mine', theirs: 'Theirs' };
}

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
