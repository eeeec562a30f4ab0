import { expect, test } from 'vitest';
import type { UndoPreview } from '../bindings/UndoPreview';
import { openProject } from '../test/project';
import { change, point } from '../test/data';
import { refuse, shell, type Arguments } from '../test/shell';
import { stepsOf, UndoTimeline } from './timeline.svelte';
import { extentText, goWord, moveText, wayText } from './words';

const undo = [point('u1', 'Commit “Add orders”', 3000), point('u2', 'Pull from origin/main', 2000)];
const redo = [point('r1', 'Edit “List”', 4000), point('r2', 'Switch to main', 5000)];
const look = (id: string): UndoPreview => ({
  points: [point(id, 'It', 1000)],
  changes: { changes: [change('req_1', `Seen from ${id}`)], proposedMessage: '' },
  refs: [],
});

test('the latest comes first, what was undone above what was done', () => {
  const ids = stepsOf({ undo, redo }).map(({ point: { id }, way, steps }) => `${id} ${way} ${steps}`);
  expect(ids).toEqual(['r2 forth 2', 'r1 forth 1', 'u1 back 1', 'u2 back 2']);
});

test('begins with the newest step, and knows what lies on the way to another', async () => {
  shell({ timeline: { undo, redo }, undo_preview: ({ id }: Arguments) => look(id as string) });
  const timeline = new UndoTimeline(openProject());
  await timeline.load();
  expect(timeline.picked?.point.id).toBe('u1');
  expect(timeline.look?.changes.changes[0]?.name).toBe('Seen from u1');
  await timeline.pick(timeline.steps[3]);
  const way = timeline.steps.filter((step) => timeline.isOnTheWay(step)).map(({ point: { id } }) => id);
  expect(way).toEqual(['u1', 'u2']);
});

test('a look that comes late does not take the place of a newer one', async () => {
  let answer: (look: UndoPreview) => void = () => undefined;
  shell({
    timeline: { undo, redo: [] },
    undo_preview: ({ id }: Arguments) =>
      id === 'u1' ? new Promise<UndoPreview>((done) => (answer = done)) : look(id as string),
  });
  const timeline = new UndoTimeline(openProject());
  const first = timeline.load();
  await expect.poll(() => timeline.picked?.point.id).toBe('u1');
  await timeline.pick(timeline.steps[1]);
  answer(look('u1'));
  await first;
  expect(timeline.look?.points[0]?.id).toBe('u2');
});

test('what cannot be looked at says why, and the list stays', async () => {
  shell({ timeline: { undo, redo }, undo_preview: refuse('moved-since', 'main has moved since.') });
  const timeline = new UndoTimeline(openProject());
  await timeline.load();
  expect(timeline.lookError?.message).toBe('main has moved since.');
  expect(timeline.steps).toHaveLength(4);
});

test('says in words where a step leads', () => {
  expect(stepsOf({ undo, redo }).map(goWord)).toEqual([
    'Do 2 steps again',
    'Do again',
    'Go back',
    'Go back 2 steps',
  ]);
  expect(stepsOf({ undo, redo }).map(wayText)).toEqual([
    'It and the one before it are done again.',
    'It was undone, and can be done again.',
    'Going back takes back this one step.',
    'Going back to before it takes back 2 steps, the newest first.',
  ]);
  expect(extentText(point('u', 'x', 1), 'main')).toBe('1 file');
  expect(extentText(point('u', 'x', 1), 'other')).toBe('1 file, on main');
  expect(moveText({ kind: 'branch', name: 'old', from: null, to: { at: 'branch', name: 'x' } })).toBe(
    'Branch old comes back, at x',
  );
  expect(moveText({ kind: 'tag', name: 'v1', from: { at: 'branch', name: 'x' }, to: null })).toBe(
    'Tag v1 goes',
  );
});
