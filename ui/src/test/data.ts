import type { AskedQuestion } from '../bindings/AskedQuestion';
import type { CollectionTree } from '../bindings/CollectionTree';
import type { CommitInfo } from '../bindings/CommitInfo';
import type { MergeView } from '../bindings/MergeView';
import type { ProjectView } from '../bindings/ProjectView';
import type { ResourceChange } from '../bindings/ResourceChange';
import type { ResourceView } from '../bindings/ResourceView';
import type { Secret } from '../bindings/Secret';
import type { TreeNode } from '../bindings/TreeNode';
import type { UndoPoint } from '../bindings/UndoPoint';
import type { Rejected } from '../state/dialogs.svelte';

export const node = (
  id: string,
  kind: TreeNode['kind'],
  name: string,
  children: TreeNode[] = [],
): TreeNode => ({
  id,
  kind,
  name,
  method: kind === 'Request' ? 'GET' : null,
  url: kind === 'Request' ? `https://api.example/${id}` : null,
  path: `.insomnia/${kind}/${id}.yml`,
  color: null,
  problem: null,
  children,
});

export const collection = (over: Partial<CollectionTree> = {}): CollectionTree => ({
  id: 'wrk_1',
  name: 'Parcels',
  scope: 'collection',
  layout: 'legacy',
  readOnly: false,
  path: '.insomnia/Workspace/wrk_1.yml',
  items: [
    node('fld_1', 'RequestGroup', 'Shipments', [
      node('req_1', 'Request', 'List shipments'),
      node('req_2', 'Request', 'Create shipment'),
    ]),
    node('req_3', 'Request', 'Health check'),
  ],
  environments: [node('env_1', 'Environment', 'Base Environment')],
  spec: null,
  tests: [],
  others: [],
  ...over,
});

export const commit = (id: string, title: string): CommitInfo => ({
  id,
  title,
  body: '',
  author: { name: 'Dana Whitfield', email: 'dana@example.org' },
  time: 1_760_000_000,
  parents: [],
});

export const secret = (over: Partial<Secret> = {}): Secret => ({
  fingerprint: '0123456789abcdef',
  code: 'github-token',
  what: 'GitHub token',
  masked: 'abcd…wxyz',
  path: '.insomnia/Request/req_1.yml',
  resource: {
    id: 'req_1',
    kind: 'Request',
    name: 'List shipments',
    method: 'GET',
    location: ['Parcels', 'Shipments'],
  },
  field: 'headers.X-Api-Key',
  label: 'header X-Api-Key',
  line: null,
  commit: null,
  canMove: true,
  ...over,
});

export const view = (over: Partial<ProjectView> = {}): ProjectView => ({
  card: {
    id: '/p',
    name: 'parcels',
    path: '/p',
    head: { at: 'branch', name: 'main', commit: 'a'.repeat(40) },
    ahead: 1,
    behind: 0,
    lastCommit: null,
    remote: 'https://git.example/parcels',
    problem: null,
  },
  upstream: 'origin/main',
  collections: [collection()],
  problems: [],
  changes: [{ id: 'req_1', change: 'modified' }],
  undo: null,
  redo: null,
  parked: false,
  queued: null,
  waiting: null,
  inProgress: null,
  addressToken: null,
  notice: null,
  ...over,
});

export const resource = (over: Partial<ResourceView> = {}): ResourceView => ({
  id: 'req_1',
  kind: 'Request',
  name: 'List shipments',
  path: '.insomnia/Request/req_1.yml',
  parentId: 'fld_1',
  collectionId: 'wrk_1',
  readOnly: false,
  version: 'v1',
  fields: {
    name: 'List shipments',
    method: 'GET',
    url: 'https://api.example/shipments',
    headers: [{ id: 'pair_1', name: 'Accept', value: 'application/json' }],
    parameters: [],
    body: {},
    authentication: {},
    description: '',
  },
  ...over,
});

export const change = (id: string, name: string, over: Partial<ResourceChange> = {}): ResourceChange => ({
  id,
  kind: 'Request',
  name,
  method: 'GET',
  change: 'modified',
  location: ['Parcels', 'Shipments'],
  path: `.insomnia/Request/${id}.yml`,
  onlyBookkeeping: false,
  summary: 'URL changed',
  fields: [
    {
      path: 'url',
      label: 'URL',
      before: '/old',
      after: '/new',
      bookkeeping: false,
      comparison: { kind: 'value' },
    },
  ],
  ...over,
});

export const rejected = (over: Partial<Rejected> = {}): Rejected => ({
  outcome: 'rejected',
  rejection: {
    reason: 'remoteHasNewer',
    message: 'The remote has newer commits.',
    serverText: 'fetch first',
    next: ['pullFirst', 'pushToNewBranch', 'forcePush'],
    link: null,
  },
  overwrites: [commit('b'.repeat(40), 'Fix the label size')],
  seen: 'b'.repeat(40),
  suggestedBranch: 'dana/main',
  pullRequest: 'https://git.example/parcels/new',
  ...over,
});

export const question = (field: string, over: Partial<AskedQuestion> = {}): AskedQuestion => ({
  id: `req_1:${field}`,
  seen: `seen-${field}`,
  answer: null,
  uncommitted: false,
  oursBy: commit('a'.repeat(40), 'Use the new address'),
  theirsBy: {
    ...commit('b'.repeat(40), 'Go elsewhere'),
    author: { name: 'Ana Lopes', email: 'a@example.org' },
  },
  resource: 'req_1',
  kind: 'Request',
  name: 'List shipments',
  method: 'GET',
  location: ['Parcels', 'Shipments'],
  file: '.insomnia/Request/req_1.yml',
  field,
  label: field,
  asks: 'value',
  base: `${field} before`,
  ours: `${field} here`,
  theirs: `${field} there`,
  ...over,
});

export const merge = (questions: AskedQuestion[], over: Partial<MergeView> = {}): MergeView => ({
  of: { of: 'pull' },
  from: 'origin/main',
  into: 'main',
  forward: false,
  commits: 2,
  changes: [change('req_2', 'Create shipment')],
  files: 1,
  carried: 0,
  questions,
  open: questions.filter(({ answer }) => answer === null).length,
  ...over,
});

/** Something that can be undone. */
export const point = (id: string, label: string, time: number): UndoPoint => ({
  id,
  label,
  time,
  branch: 'main',
  files: 1,
  refs: 0,
  remote: null,
});
