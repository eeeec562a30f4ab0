// Parses the file named on the command line once for each line on standard input, and answers with the milliseconds.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const packages = new URL('../collection/tests/npm-yaml/package.json', import.meta.url);
const { parse } = createRequire(packages)('yaml2');

const text = readFileSync(process.argv[2], 'utf8');
for await (const _ of createInterface({ input: process.stdin })) {
  const start = process.hrtime.bigint();
  const value = parse(text);
  const took = Number(process.hrtime.bigint() - start) / 1e6;
  if (!value.collection) throw new Error('this is no collection');
  console.log(took);
}
