// Measures the window with 10,000 requests: how long frames and tasks take while somebody works, and what of it is ours.
// Run by `npm run bench [pattern of names]`; needs Chromium (CHROMIUM, default /usr/bin/chromium). BENCH_RUNS: the best of so many.
// BENCH_JSON: a file for the longest tasks, for programs.
import { writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { chromium } from 'playwright-core';
import { preview } from 'vite';
import { at, runPlain, runWindow, sortedOf } from './bench-run.mjs';

const runs = Number(process.env.BENCH_RUNS ?? 3);
const only = new RegExp(process.argv[2] ?? '');
const port = Number(process.env.BENCH_PORT ?? 4174);
/** More lines than this mean that the tree is not virtual any more. */
const MOST_ROWS = 100;
/** Milliseconds; far above what is measured, so that a busy machine does not fail. */
const LONGEST_WHILE_TYPING = 200;

const server = await preview({ preview: { port, strictPort: true, host: '127.0.0.1' }, logLevel: 'warn' });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
});
const all = [];
for (let n = 0; n < runs; n += 1) {
  all.push([...(await runPlain(browser)), ...(await runWindow(browser, port))]);
}
await browser.close();
await server.close();

const best = all[0]
  .map((_, i) => all.map((results) => results[i]))
  .map((results) => results.toSorted((a, b) => a.longest - b.longest || a.heavy95 - b.heavy95)[0])
  .filter(({ name }) => only.test(name));
const ms = (value) => (value ?? NaN).toFixed(1).replace('NaN', '').padStart(6);
/** A page at rest draws frames as well, as somebody watches them. */
const idle = at(sortedOf(all[0][0].frames), 0.5);
const columns = {
  'median frame': ({ median }) => median,
  p95: ({ p95 }) => p95,
  worst: ({ worst }) => worst,
  'key to frame': ({ key }) => key,
  'longest task': ({ longest }) => longest,
  'by the clock': ({ clock }) => clock,
  'heaviest frame': ({ heavy }) => heavy,
  'p95 ': ({ heavy95 }) => heavy95,
  script: ({ script }) => script,
  'style, layout': ({ layout }) => layout,
  paint: ({ paint }) => paint,
  rest: ({ rest }) => rest,
  step: ({ frames, done }) => frames.reduce((sum, work) => sum + Math.max(0, work - idle), 0) / done,
};
console.log(`Best of ${runs} runs; load of the machine ${loadavg()[0].toFixed(1)}. Milliseconds.\n`);
console.log(
  `| | ${Object.keys(columns).join(' | ')} |\n|---|${Object.keys(columns)
    .map(() => '--:|')
    .join('')}`,
);
for (const result of best) {
  console.log(
    `| ${result.name.padEnd(29)} | ${Object.values(columns)
      .map((of) => ms(of(result)))
      .join(' | ')} |`,
  );
}
if (process.env.BENCH_JSON) {
  const steps = best.map(({ name, longest }) => ({ name, longest }));
  await writeFile(process.env.BENCH_JSON, JSON.stringify(steps, null, 2));
}
for (const { name, found } of best) {
  if (found !== null) console.log(`\n${name}: first hits after ${ms(found).trim()} ms.`);
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
