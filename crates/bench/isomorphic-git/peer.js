// One piece of work by isomorphic-git: node peer.js WORK FOLDER [URL TOKEN]
import fs from 'node:fs';
import path from 'node:path';

import * as git from 'isomorphic-git';
import http from 'isomorphic-git/http/node';

const [work, dir, url, token] = process.argv.slice(2);
const repository = { fs, dir, gitdir: path.join(dir, '.git'), cache: {} };
const remote = { http, url, remote: 'origin', onAuth: () => ({ username: 'git', password: token }) };
const author = { name: 'Ana', email: 'ana@example.test' };

// What Insomnia asks before it shows what is new: the state of each file.
async function changed() {
  const rows = await git.statusMatrix(repository);
  return rows.filter(([, head, workdir, stage]) => head !== 1 || workdir !== 1 || stage !== 1);
}

async function commit() {
  for (const [filepath, , workdir] of await changed()) {
    await (workdir === 0 ? git.remove({ ...repository, filepath }) : git.add({ ...repository, filepath }));
  }
  await git.commit({ ...repository, author, message: 'Edit addresses' });
}

const works = {
  clone: () => git.clone({ ...repository, ...remote, noTags: true }),
  status: changed,
  commit,
  log: () => git.log({ ...repository, depth: 200 }),
  fetch: () => git.fetch({ ...repository, ...remote, tags: false }),
  push: () => git.push({ ...repository, ...remote, ref: 'main' }),
};
await works[work]();
