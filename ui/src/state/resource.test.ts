import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FieldEdit } from '../bindings/FieldEdit';
import { withValue } from '../lib/fields';
import { resource } from '../test/data';
import { refuse, shell } from '../test/shell';
import { OpenResource } from './resource.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

interface Call {
  version: string;
  edits: FieldEdit[];
}

/** A file whose saves are answered when the test says so, and a tab that shows it. */
async function opened() {
  let onDisk = resource();
  const waiting: (() => void)[] = [];
  const sent: string[] = [];
  const write = ({ version, edits }: Call) => {
    if (version !== onDisk.version) return { outcome: 'changedOutside', resource: onDisk };
    onDisk = edits.reduce(
      (now, { path, value }) => ({ ...now, fields: withValue(now.fields, path, value) }),
      onDisk,
    );
    onDisk = { ...onDisk, version: `${onDisk.version}+` };
    return { outcome: 'saved', resource: onDisk };
  };
  let full = false;
  shell({
    resource: () => onDisk,
    edit_resource: (call: Call) => {
      sent.push(...call.edits.map(({ value }) => String(value)));
      const fails = full;
      return new Promise((done, failed) => {
        waiting.push(() => {
          try {
            done(fails ? refuse('io', 'The disk is full.')() : write(call));
          } catch (thrown) {
            // As the shell throws it.
            failed(thrown);
          }
        });
      });
    },
  });
  const tab = new OpenResource('/p', 'req_1', () => void tab.load());
  await tab.load();
  return {
    tab,
    sent,
    url: () => onDisk.fields.url,
    outside: (url: string) => {
      onDisk = { ...onDisk, version: `${onDisk.version}!`, fields: { ...onDisk.fields, url } };
    },
    fill: (is: boolean) => (full = is),
    answer: async () => {
      waiting.shift()?.();
      await vi.advanceTimersByTimeAsync(0);
    },
    underWay: () => waiting.length,
  };
}

test('what is discarded while a save of it is under way does not come back when the save fails', async () => {
  const { tab, sent, fill, answer, url } = await opened();
  fill(true);
  tab.edit('url', '/mine');
  await vi.advanceTimersByTimeAsync(600);
  const dropped = tab.dropEdits();
  await answer();
  await dropped;
  fill(false);
  await vi.advanceTimersByTimeAsync(5000);
  const flushed = tab.flush();
  await answer();
  expect(await flushed).toBe(true);
  expect(tab.fields.url).toBe('https://api.example/shipments');
  expect(url()).toBe('https://api.example/shipments');
  expect(sent).toEqual(['/mine']);
});

test('what is closed without saving is not saved afterwards', async () => {
  const { tab, sent, fill, answer } = await opened();
  fill(true);
  tab.edit('url', '/1');
  await vi.advanceTimersByTimeAsync(600);
  tab.edit('url', '/2');
  tab.abandon();
  await answer();
  await vi.advanceTimersByTimeAsync(5000);
  expect(sent).toEqual(['/1']);
});

/** The same numbers for the same seed. */
function dice(seed: number) {
  let state = seed * 2654435761 + 1;
  return (sides: number) => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 3266489917) | 0;
    return ((state >>> 8) ^ (state >>> 20)) % sides;
  };
}

test('whatever the order of typing, saving and changes from outside, nothing typed is lost and nothing given up is saved', async () => {
  for (let seed = 0; seed < 200; seed += 1) await play(seed);
});

async function play(seed: number) {
  const roll = dice(seed);
  const file = await opened();
  const { tab, sent } = file;
  // Texts are numbered as they are typed; those up to `givenUp` may not be sent any more.
  let typed = 0;
  let givenUp = 0;
  const numbers = () => sent.map((text) => Number(text.split('/')[1]));
  const giveUp = () => {
    givenUp = typed;
  };
  for (let step = 0; step < 40; step += 1) {
    const before = sent.length;
    const barred = givenUp;
    switch (roll(9)) {
      case 0:
      case 1:
        if (tab.outside === null) tab.edit('url', `mine/${String((typed += 1))}`);
        break;
      case 2:
        await vi.advanceTimersByTimeAsync(roll(2) === 0 ? 100 : 600);
        break;
      case 3:
        file.outside(`theirs${String(step)}`);
        break;
      case 4:
        await file.answer();
        break;
      case 5:
        void tab.load();
        break;
      case 6:
        if (tab.outside === null) break;
        if (roll(2) === 0) {
          giveUp();
          void tab.settle(() => 'theirs');
        } else void tab.settle(() => 'mine');
        break;
      case 7:
        file.fill(roll(3) === 0);
        break;
      default:
        if (roll(4) === 0) {
          giveUp();
          void tab.dropEdits();
        } else void tab.flush();
    }
    await vi.advanceTimersByTimeAsync(0);
    expect(
      numbers()
        .slice(before)
        .every((number) => number > barred),
      `seed ${String(seed)}, step ${String(step)}`,
    ).toBe(true);
  }
  file.fill(false);
  for (let round = 0; round < 20 && (tab.dirty || file.underWay() > 0); round += 1) {
    if (tab.outside) void tab.settle(() => 'mine');
    void tab.flush();
    await vi.advanceTimersByTimeAsync(0);
    while (file.underWay() > 0) await file.answer();
  }
  await tab.load();
  expect(tab.dirty).toBe(false);
  expect(tab.fields.url).toBe(file.url());
  if (typed > givenUp && numbers().at(-1) !== undefined) expect(numbers()).toContain(typed);
}
