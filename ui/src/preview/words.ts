import type { Kind } from '../bindings/Kind';
import type { MergeView } from '../bindings/MergeView';
import type { ResourceChange } from '../bindings/ResourceChange';
import { kindWord } from '../questions/words';
import { count } from '../lib/words';

const isRequest = (kind: Kind) => kind.endsWith('Request');
const isFile = (kind: Kind) => kind === 'File' || kind === 'Broken';

const wordOf = ({ kind }: ResourceChange) =>
  isRequest(kind) ? 'request' : isFile(kind) ? 'file' : kindWord(kind);

/** "2 requests, 1 environment and 1 file", the most people's business first. */
function counted(changes: ResourceChange[]): string {
  const numbers = new Map<string, number>();
  const order = [...changes].sort((a, b) => rank(a.kind) - rank(b.kind));
  for (const word of order.map(wordOf)) numbers.set(word, (numbers.get(word) ?? 0) + 1);
  const parts = [...numbers].map(([word, n]) => count(n, word));
  const last = parts.pop() ?? '';
  return parts.length > 0 ? `${parts.join(', ')} and ${last}` : last;
}

const rank = (kind: Kind) => (isRequest(kind) ? 0 : isFile(kind) ? 2 : 1);

/** What changes: "12 requests change", "1 file changes". */
export function changesText(changes: ResourceChange[], files: number): string {
  if (changes.length === 0)
    return files > 0 ? `${count(files, 'file')} ${files === 1 ? 'changes' : 'change'}` : 'no file changes';
  const real = changes.filter(({ onlyBookkeeping }) => !onlyBookkeeping);
  if (real.length === 0) return 'only bookkeeping changes';
  return `${counted(real)} ${real.length === 1 ? 'changes' : 'change'}`;
}

/** The whole of it: "12 requests change, 1 question". */
export function summary({ changes, files, questions, open }: MergeView): string {
  const asked = questions.length === 0 ? [] : [open > 0 ? count(open, 'question') : 'all questions answered'];
  const changed = files > 0 || asked.length === 0 ? [changesText(changes, files)] : [];
  return [...changed, ...asked].join(', ');
}

/** Where it comes from and goes to, and what comes along. */
export function fromText({ of, from, into, commits, forward, carried, instead }: MergeView): string {
  const one = commits === 1;
  const come = `${count(commits, 'commit')} ${one ? 'comes' : 'come'} from ${from} into ${into}`;
  const joined = `${come} and ${one ? 'is' : 'are'} joined with yours.`;
  const how = forward ? `${come}.` : of.of === 'rebase' ? `${come}, and yours are put on top.` : joined;
  const along =
    carried === 1
      ? 'Your uncommitted change comes along.'
      : `Your ${count(carried, 'uncommitted change')} come along.`;
  return [how, carried > 0 && along, instead].filter(Boolean).join(' ');
}
