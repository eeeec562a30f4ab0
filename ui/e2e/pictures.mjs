// Takes a picture of every screen in every look and checks each for accessibility and for what the content policy forbids.
// Run by `npm run pictures [pattern of names]`; needs Chromium (CHROMIUM, default /usr/bin/chromium).
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { preview } from 'vite';
import { answers } from './data.mjs';
import { scenes } from './scenes.mjs';
import { installShell } from './shell.mjs';

const out = process.env.PICTURES ?? '/tmp/sheaf-pictures';
const only = new RegExp(process.argv[2] ?? '');
const port = Number(process.env.PICTURES_PORT ?? 4173);
const home = `http://127.0.0.1:${port}/`;
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const policy =
  "default-src 'self'; connect-src 'self'; img-src 'self' data:; style-src 'self' 'nonce-picture'; script-src 'self'; object-src 'none'; base-uri 'none'";
const looks = {
  light: { viewport: { width: 1180, height: 760 }, colorScheme: 'light' },
  dark: { viewport: { width: 1180, height: 760 }, colorScheme: 'dark' },
  narrow: { viewport: { width: 640, height: 620 }, colorScheme: 'light' },
};

await mkdir(out, { recursive: true });
const server = await preview({ preview: { port, strictPort: true, host: '127.0.0.1' }, logLevel: 'warn' });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
});
const faults = [];

async function take(scene, look) {
  const title = `${scene.name}-${look}`;
  const context = await browser.newContext({ ...looks[look], reducedMotion: 'reduce', bypassCSP: false });
  const page = await context.newPage();
  page.setDefaultTimeout(Number(process.env.PICTURES_PATIENCE ?? 4000));
  page.on('console', (line) => {
    if (line.type() === 'error') faults.push(`${title}: console: ${line.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`${title}: ${error.message}`));
  // The page as the shell serves it: a strict policy and a nonce for the editor's styles.
  await page.route(home, async (route) => {
    const answer = await route.fetch();
    const html = (await answer.text()).replace('<style id="nonce">', '<style id="nonce" nonce="picture">');
    await route.fulfill({
      response: answer,
      body: html,
      headers: { ...answer.headers(), 'content-security-policy': policy },
    });
  });
  const shell = {
    answers: { ...answers, ...scene.answers },
    failures: scene.failures ?? {},
    pending: scene.pending ?? {},
    steps: scene.steps ?? [],
  };
  scene.patch?.(shell);
  await page.addInitScript(installShell, shell);
  try {
    await page.goto(home);
    await page.waitForSelector('[data-testid="main-menu"]');
    await scene.act?.(page);
    await page.waitForTimeout(350);
  } catch (error) {
    faults.push(`${title}: ${error.message.split('\n').slice(0, 3).join(' ')}`);
  }
  await page.screenshot({ path: `${out}/${title}.png` });
  // Handed over by the debugger, which the content policy of the page does not hold back.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ['violations'] }));
  for (const violation of violations) {
    const nodes = violation.nodes
      .slice(0, 3)
      .map((node) => `${node.target.join(' ')} (${node.any[0]?.message ?? ''})`);
    faults.push(`${title}: ${violation.id}: ${violation.help}: ${nodes.join('; ')}`);
  }
  await context.close();
}

const wanted = scenes
  .filter(({ name }) => only.test(name))
  .flatMap((scene) => (scene.looks ?? ['light']).map((look) => [scene, look]));
const queue = [...wanted];
const work = async () => {
  for (let next = queue.shift(); next; next = queue.shift()) await take(...next);
};
await Promise.all([work(), work(), work()]);

await browser.close();
await server.close();
console.log(`${wanted.length} pictures in ${out}`);
if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exitCode = 1;
}
