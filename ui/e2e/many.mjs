// A project of 10,000 requests in 500 folders, for measuring: 100 folders with four folders in each.
import { cards, view } from './data.mjs';

const OUTER = 100;
const INNER = 4;
const REQUESTS = 20;
const verbs = ['List', 'Create', 'Get', 'Update', 'Cancel'];
const methods = ['GET', 'POST', 'GET', 'PATCH', 'DELETE'];
const things = ['shipment', 'label', 'pickup', 'customs form', 'return', 'carrier', 'address'];
const path = (id) => `.insomnia/Request/${id}.yml`;

const node = (id, kind, name, over) => ({
  id,
  kind,
  name,
  method: null,
  url: null,
  color: null,
  problem: null,
  children: [],
  path: path(id),
  ...over,
});

const requestsOf = (folder) =>
  Array.from({ length: REQUESTS }, (_, n) => {
    const thing = things[(folder + n) % things.length];
    return node(`req_${folder}_${n}`, 'Request', `${verbs[n % 5]} ${thing} ${folder}.${n}`, {
      method: methods[n % 5],
      url: `{{ _.base_url }}/v2/${thing.replace(' ', '-')}s/${folder}/${n}`,
    });
  });

const folders = Array.from({ length: OUTER }, (_, outer) => {
  const first = outer * (INNER + 1);
  const inner = Array.from({ length: INNER }, (_, n) =>
    node(`fld_${first + n + 1}`, 'RequestGroup', `Part ${n + 1}`, { children: requestsOf(first + n + 1) }),
  );
  return node(`fld_${first}`, 'RequestGroup', `Service ${outer + 1}`, {
    children: [...inner, ...requestsOf(first)],
  });
});

const text = JSON.stringify(
  Array.from({ length: 250 }, (_, n) => ({ reference: `SH-${n}`, weight: n / 8, fragile: n % 3 === 0 })),
  null,
  2,
);

/** The request that is opened. Its body has some 1,250 lines. */
const opened = {
  id: 'req_0_1',
  kind: 'Request',
  name: 'Create label 0.1',
  path: path('req_0_1'),
  parentId: 'fld_0',
  collectionId: 'wrk_many',
  readOnly: false,
  version: 'v1',
  fields: {
    _id: 'req_0_1',
    type: 'Request',
    name: 'Create label 0.1',
    url: '{{ _.base_url }}/v2/labels/0/1',
    method: 'POST',
    description: '',
    headers: [{ name: 'Content-Type', value: 'application/json' }],
    parameters: [],
    body: { mimeType: 'application/json', text },
    authentication: {},
    preRequestScript: null,
    afterResponseScript: null,
    pathParameters: null,
  },
};

/** What a search in contents finds, as the shell sends it: 50 resources a message, 2,000 hits at most. */
const MOST_HITS = 2000;
const found = folders
  .flatMap((outer) => outer.children)
  .flatMap(({ name: inner, children }) => children.map((request) => ({ request, inner })))
  .slice(0, MOST_HITS / 2)
  .map(({ request: { id, kind, name, method }, inner }, n) => ({
    id,
    kind,
    name,
    method,
    location: ['Everything', `Service ${Math.floor(n / 80) + 1}`, inner],
    hits: [1, 2].map((line) => ({
      path: 'body.text',
      label: 'body',
      snippet: `    "reference": "label 12-${n}-${line}",`,
      ranges: [{ start: 18, end: 26 }],
      line,
      at: { start: 40 * line, end: 40 * line + 8 },
      inKey: false,
    })),
  }));
const messages = Array.from({ length: found.length / 50 }, (_, n) =>
  JSON.stringify(found.slice(n * 50, n * 50 + 50)),
);

/** What the shell answers, as the texts that it sends. */
export const many = {
  messages,
  view: JSON.stringify({
    ...view,
    card: cards[0],
    problems: [],
    changes: Array.from({ length: 200 }, (_, n) => ({ id: `req_${n * 2}_3`, change: 'modified' })),
    collections: [
      {
        id: 'wrk_many',
        name: 'Everything',
        scope: 'collection',
        layout: 'legacy',
        readOnly: false,
        path: '.insomnia/Workspace/wrk_many.yml',
        spec: null,
        items: folders,
        environments: [],
        tests: [],
        others: [],
      },
    ],
  }),
  opened: JSON.stringify(opened),
};

/** Runs in the page after the shell of the pictures: texts are parsed for each answer, and edits are kept. */
export function installMany({ view, opened, messages }) {
  const shell = globalThis.__TAURI_INTERNALS__;
  const { invoke } = shell;
  let kept = opened;
  const branches = { main: view.replaceAll('label', 'sticker') };
  let shown = view;
  const set = (holder, [key, ...rest], value) => {
    if (rest.length === 0) holder[key] = value;
    else set(holder[key], rest, value);
  };
  shell.invoke = async (command, args) => {
    // No answer of a shell comes in the task that asks.
    await new Promise((done) => setTimeout(done));
    if (command === 'project_view') return JSON.parse(shown);
    if (command === 'switch_branch') {
      shown = branches[args.name] ?? view;
      globalThis.__emit('project-changed', args.id);
      return {
        outcome: 'switched',
        branch: args.name,
        carried: 0,
        parked: 0,
        unparked: 0,
        stillParked: false,
      };
    }
    if (command === 'clone') {
      const objects = 20_000;
      const steps = 30;
      for (let n = 1; n <= steps; n += 1) {
        await new Promise((done) => setTimeout(done, 100));
        const stage = n < steps / 2 ? 'receiving' : 'writingFiles';
        args.onProgress.onmessage({ stage, done: (objects * n) / steps, total: objects, bytes: n * 1e6 });
      }
      return { card: JSON.parse(view).card, holds: 'collections', warnings: [] };
    }
    if (command === 'resource') return { ...JSON.parse(kept), id: args.id };
    if (command === 'edit_resource') {
      const resource = JSON.parse(kept);
      for (const { path, value } of args.edits) set(resource.fields, path.split('.'), value);
      resource.version += '+';
      kept = JSON.stringify(resource);
      return { outcome: 'saved', resource };
    }
    if (command === 'search') {
      for (const message of messages) {
        await new Promise((done) => setTimeout(done));
        args.onHits.onmessage(JSON.parse(message));
      }
      return { resources: messages.length * 50, hits: messages.length * 100, complete: false };
    }
    return invoke(command, args);
  };
}
