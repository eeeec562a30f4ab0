import { drawn } from './frames';

const said = new Set<string>();

/** Tells the console when this is drawn for the first time: `cargo xtask bench app` takes the time until then. */
export async function shown(what: 'dashboard' | 'project'): Promise<void> {
  await drawn();
  if (said.has(what)) return;
  said.add(what);
  console.info(`shown ${what}`);
}
