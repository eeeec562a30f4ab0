// Measures the window with 10,000 requests: how long frames and tasks take while somebody works.
// Run by `npm run bench [pattern of names]`; needs Chromium (CHROMIUM, default /usr/bin/chromium). BENCH_RUNS: the best of so many.
import { loadavg } from 'node:os';
import { chromium } from 'playwright-core';
import { preview } from 'vite';
import { answers } from './data.mjs';
import { installMany, many } from './many.mjs';
import { installShell } from './shell.mjs';

const runs = Number(process.env.BENCH_RUNS ?? 3);
const only = new RegExp(process.argv[2] ?? '');
const port = Number(process.env.BENCH_PORT ?? 4174);
/** More lines than this mean that the tree is not virtual any more. */
const MOST_ROWS = 100;
/** Milliseconds; far above what is measured, so that a busy machine does not fail. */
const LONGEST_WHILE_TYPING = 200;
/** Milliseconds between keys: a fast typist, and a key that is held. */
const TYPED = 70;
const HELD = 33;

const id = (name) => `[data-testid="${name}"]`;
const type = (text) => async (page) => {
  await page.keyboard.type(text, { delay: TYPED });
  return text.length;
};
const hold = (key, times) => async (page) => {
  for (let n = 0; n < times; n += 1) {
    await page.keyboard.press(key);
    await page.waitForTimeout(HELD);
  }
  return times;
};
const steps =
  (...parts) =>
  async (page) => {
    let done = 0;
    for (const part of parts) done += await part(page);
    return done;
  };
const repeat = (times, part) => steps(...Array.from({ length: times }, () => part));
const focusRow = async (page, key) => {
  await page.focus(id('tree'));
  await page.keyboard.press(key);
};

/** In order; each goes on where the last one ended. `act` gives how many steps it made. */
const scenarios = [
  {
    name: 'unfold all',
    prepare: (page) => focusRow(page, 'Home'),
    act: async (page) => {
      await page.keyboard.press('*');
      await page.waitForTimeout(300);
      return 1;
    },
  },
  {
    name: 'scroll',
    act: (page) =>
      page.evaluate(async () => {
        const list = document.querySelector('[role=tree]');
        for (let n = 0; n < 180; n += 1) {
          list.scrollTop += n < 120 ? 90 : 4000;
          await new Promise(requestAnimationFrame);
        }
        return 180;
      }),
  },
  { name: 'arrow keys', prepare: (page) => focusRow(page, 'Home'), act: hold('ArrowDown', 60) },
  {
    name: 'fold and unfold',
    prepare: async (page) => {
      await focusRow(page, 'Home');
      await page.keyboard.press('ArrowDown');
    },
    act: repeat(15, steps(hold('ArrowLeft', 1), hold('ArrowRight', 1))),
  },
  {
    name: 'fold and unfold all',
    prepare: (page) => focusRow(page, 'Home'),
    act: repeat(10, steps(hold('ArrowLeft', 1), hold('ArrowRight', 1))),
  },
  {
    name: 'filter',
    typing: true,
    prepare: (page) => page.focus(id('tree-search')),
    act: steps(type('label 12'), hold('Backspace', 8)),
  },
  {
    name: 'palette, open',
    prepare: (page) => page.keyboard.press('Escape'),
    act: async (page) => {
      await page.keyboard.press('Control+k');
      await page.waitForSelector(id('palette-input'));
      await page.waitForTimeout(200);
      return 1;
    },
  },
  {
    name: 'palette, type',
    typing: true,
    act: steps(type('get labl 12'), hold('Backspace', 11)),
    after: (page) => page.keyboard.press('Escape'),
  },
  {
    name: 'open a request',
    prepare: async (page) => {
      await focusRow(page, 'Home');
      await page.fill(id('tree-search'), 'Create label 0.1');
      await page.waitForSelector(id('tree-item-req_0_1'));
    },
    act: async (page) => {
      await page.dblclick(id('tree-item-req_0_1'));
      await page.waitForSelector(id('field-url'));
      return 1;
    },
    after: (page) => page.fill(id('tree-search'), ''),
  },
  {
    name: 'type an address, save',
    typing: true,
    prepare: (page) => page.focus(id('field-url')),
    // The pause lets it save and read the project again.
    act: steps(type('?reference=SH-2041&expand=all'), async (page) => (await page.waitForTimeout(1000), 0)),
  },
  {
    name: 'type in a body, save',
    typing: true,
    prepare: async (page) => {
      await page.click(id('request-tab-body'));
      await page.click('#editor-panel .cm-content');
    },
    act: steps(type('"note": "left at the door", '), async (page) => (await page.waitForTimeout(1000), 0)),
  },
];

/** Runs in the page: begins to watch frames, tasks and lines. */
function watch() {
  const seen = { frames: [], longest: 0, rows: 0 };
  let last = performance.now();
  let on = true;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration);
  });
  observer.observe({ type: 'longtask' });
  const frame = (now) => {
    if (!on) return;
    if (seen.started) seen.frames.push(now - last);
    seen.started = true;
    last = now;
    seen.rows = Math.max(seen.rows, document.querySelectorAll('[role=treeitem]').length);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  globalThis.__seen = async () => {
    await new Promise((done) => setTimeout(done, 100));
    on = false;
    observer.disconnect();
    return seen;
  };
}

const workOf = async (session) => {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
};
const at = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;

async function measure(page, session, { name, typing = false, prepare, act, after }) {
  await prepare?.(page);
  await page.waitForTimeout(200);
  await page.evaluate(watch);
  const before = await workOf(session);
  const done = await act(page);
  const work = ((await workOf(session)) - before) / done;
  const { frames, longest, rows } = await page.evaluate(() => globalThis.__seen());
  await after?.(page);
  const sorted = frames.toSorted((a, b) => a - b);
  return {
    name,
    typing,
    median: at(sorted, 0.5),
    p95: at(sorted, 0.95),
    worst: at(sorted, 1),
    longest,
    work,
    rows,
  };
}

async function run(browser) {
  const context = await browser.newContext({ viewport: { width: 1180, height: 760 } });
  const page = await context.newPage();
  await page.addInitScript(installShell, { answers, failures: {}, pending: {}, steps: [] });
  await page.addInitScript(installMany, many);
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.click(`${id('project-card')} ${id('project-open')} >> nth=0`);
  await page.waitForSelector(id('tree'));
  const session = await context.newCDPSession(page);
  // Time of the processor, which a busy machine does not stretch.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const results = [];
  for (const scenario of scenarios) results.push(await measure(page, session, scenario));
  await context.close();
  return results;
}

const server = await preview({ preview: { port, strictPort: true, host: '127.0.0.1' }, logLevel: 'warn' });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
});
const all = [];
for (let n = 0; n < runs; n += 1) all.push(await run(browser));
await browser.close();
await server.close();

const best = scenarios
  .map((_, i) => all.map((results) => results[i]))
  .map(
    (results) => results.toSorted((a, b) => a.longest - b.longest || a.p95 - b.p95 || a.worst - b.worst)[0],
  )
  .filter(({ name }) => only.test(name));
const ms = (value) => value.toFixed(1).padStart(7);
console.log(`Best of ${runs} runs; load of the machine ${loadavg()[0].toFixed(1)}. Milliseconds.\n`);
console.log(
  '| | median frame | p95 frame | worst frame | longest task | work of a step | lines |\n|---|--:|--:|--:|--:|--:|--:|',
);
for (const { name, median, p95, worst, longest, work, rows } of best) {
  const task = longest > 0 ? ms(longest) : '   < 50';
  console.log(
    `| ${name.padEnd(22)} | ${ms(median)} | ${ms(p95)} | ${ms(worst)} | ${task} | ${ms(work)} | ${rows} |`,
  );
}
const faults = best.flatMap(({ name, typing, longest, rows }) => [
  ...(rows >= MOST_ROWS
    ? [`${name}: ${rows} lines of the tree are in the page, not fewer than ${MOST_ROWS}.`]
    : []),
  ...(typing && longest > LONGEST_WHILE_TYPING
    ? [`${name}: a task held the keys for ${ms(longest).trim()} ms.`]
    : []),
]);
if (faults.length > 0) {
  console.error(`\n${faults.join('\n')}`);
  process.exitCode = 1;
}
