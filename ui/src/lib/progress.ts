import type { Progress } from '../bindings/Progress';
import type { Stage } from '../bindings/Stage';
import { bytes } from './words';

const stages: Record<Stage, string> = {
  connecting: 'Connecting',
  receiving: 'Receiving',
  resolving: 'Checking what arrived',
  writingFiles: 'Writing files',
  packing: 'Packing',
  sending: 'Sending',
};

export const stageName = (stage: Stage) => stages[stage];

/** "Receiving · 1,204 of 3,311 objects · 2.4 MB". */
export function stageText(progress: Progress | null): string {
  if (!progress) return 'Starting';
  const unit = progress.stage === 'writingFiles' ? 'files' : 'objects';
  const parts = [stageName(progress.stage)];
  const done = progress.done.toLocaleString('en');
  if (progress.total > 0) parts.push(`${done} of ${progress.total.toLocaleString('en')} ${unit}`);
  else if (progress.done > 0) parts.push(`${done} ${unit}`);
  if (progress.bytes > 0) parts.push(bytes(progress.bytes));
  return parts.join(' · ');
}
