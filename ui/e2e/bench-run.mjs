// Runs what `bench-steps.mjs` says and measures it, in a page of its own.
import { fillPlain, plain, scenarios } from './bench-steps.mjs';
import { CATEGORIES, heaviest, readTrace } from './bench-trace.mjs';
import { answers } from './data.mjs';
import { installMany, many } from './many.mjs';
import { installShell } from './shell.mjs';

const id = (name) => `[data-testid="${name}"]`;

/** Runs in the page: begins to watch frames, keys, lines, and when `until` is there. */
function watch(until) {
  const seen = { frames: [], keys: [], rows: 0, found: null };
  let last = null;
  let firstKey = null;
  let on = true;
  const look = () => {
    seen.rows = Math.max(seen.rows, document.querySelectorAll('[role=treeitem]').length);
  };
  const frame = (now) => {
    if (!on) return;
    if (last !== null) seen.frames.push(now - last);
    last = now;
    if (until && seen.found === null && document.querySelector(until)) seen.found = now - firstKey;
    requestAnimationFrame(frame);
  };
  /** From a key or click until the frame that shows what came of it is drawn. */
  const key = ({ timeStamp }) => {
    firstKey ??= timeStamp;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        seen.keys.push(performance.now() - timeStamp);
        port1.close();
      };
      port2.postMessage(null);
    });
  };
  for (const event of ['keydown', 'click']) addEventListener(event, key, true);
  const looking = setInterval(look, 50);
  requestAnimationFrame(frame);
  globalThis.__seen = async () => {
    await new Promise((done) => setTimeout(done, 100));
    on = false;
    clearInterval(looking);
    for (const event of ['keydown', 'click']) removeEventListener(event, key, true);
    return seen;
  };
}

/** The number that so large a part of all lies below. */
export const at = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
export const sortedOf = (numbers) => numbers.toSorted((a, b) => a - b);

async function measure(browser, page, { name, typing = false, prepare, act, until, after }) {
  await prepare?.(page);
  await page.waitForTimeout(300);
  await browser.startTracing(page, { categories: CATEGORIES });
  await page.evaluate(watch, until);
  const done = await act(page);
  const { frames, keys, rows, found } = await page.evaluate(() => globalThis.__seen());
  const trace = readTrace(await browser.stopTracing());
  await after?.(page);
  const [drawn, answered] = [frames, keys].map(sortedOf);
  const heavy = heaviest(trace.frames).toSorted((a, b) => a.work - b.work);
  const mean = (part) => heavy.reduce((sum, frame) => sum + frame[part], 0) / heavy.length;
  return {
    name,
    typing,
    median: at(drawn, 0.5),
    p95: at(drawn, 0.95),
    worst: drawn.at(-1),
    key: answered.length > 0 ? at(answered, 0.95) : null,
    found,
    longest: trace.longest,
    clock: trace.clock,
    heavy: at(heavy, 0.5).work,
    heavy95: at(heavy, 0.95).work,
    script: mean('script'),
    layout: mean('layout'),
    paint: mean('paint'),
    rest: mean('rest'),
    frames: trace.frames.map(({ work }) => work),
    done,
    rows,
  };
}

async function inPage(browser, open, list) {
  const context = await browser.newContext({ viewport: { width: 1180, height: 760 } });
  const page = await context.newPage();
  await open(page);
  const results = [];
  for (const scenario of list) results.push(await measure(browser, page, scenario));
  await context.close();
  return results;
}

const openWindow = (port) => async (page) => {
  await page.addInitScript(installShell, { answers, failures: {}, pending: {}, steps: [] });
  await page.addInitScript(installMany, many);
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.click(`${id('project-card')} ${id('project-open')} >> nth=0`);
  await page.waitForSelector(id('tree'));
};

const openPlain = (page) => page.evaluate(fillPlain);

/** What has nothing of ours first. */
export const runPlain = (browser) => inPage(browser, openPlain, plain);

/** `wanted` chooses by name; most need that all is unfolded. */
export const runWindow = (browser, port, wanted = () => true) =>
  inPage(
    browser,
    openWindow(port),
    scenarios.filter(({ name }) => name === 'unfold all' || wanted(name)),
  );
