import { createHash } from 'node:crypto';

// Invented data for the pictures: a team that keeps a parcel tracking API in Git.
const HOUR = 3600;
const DAY = 24 * HOUR;
const now = Math.floor(Date.now() / 1000);
const hex = (seed) => createHash('sha1').update(`commit ${seed}`).digest('hex');

const people = {
  dana: { name: 'Dana Whitfield', email: 'dana@parcels.example' },
  ilya: { name: 'Ilya Marsh', email: 'ilya@parcels.example' },
  noor: { name: 'Noor Castell', email: 'noor@parcels.example' },
  tomas: { name: 'Tomas Ek', email: 'tomas@parcels.example' },
};

let seed = 1;
const commit = (title, who, ago, body = '', merge = false) => {
  seed += 1;
  return {
    id: hex(seed),
    title,
    body,
    author: people[who],
    time: now - ago,
    parents: merge ? [hex(seed + 1), hex(seed + 50)] : [hex(seed + 1)],
  };
};

const commits = [
  commit(
    'Add customs forms to the shipment requests',
    'dana',
    2 * HOUR,
    'The broker needs the HS code of each item.\n\n- POST /shipments: field "customs"\n- GET /shipments/:id/customs',
  ),
  commit('Use the tenant header everywhere', 'ilya', 5 * HOUR),
  commit('Merge branch “feature/returns”', 'noor', 1 * DAY, '', true),
  commit('Describe the return label endpoint', 'noor', 1 * DAY + 3 * HOUR),
  commit('Raise the retry limit of the staging environment', 'tomas', 2 * DAY),
  commit('Rename “Parcels” to “Shipments”', 'dana', 3 * DAY),
  commit('Document webhook signatures', 'ilya', 5 * DAY),
  commit('Add smoke tests for tracking events', 'tomas', 8 * DAY),
];
const verbs = ['Add', 'Fix', 'Describe', 'Reorder', 'Clean up', 'Extend', 'Check'];
const things = [
  'the label request',
  'rate limits',
  'the carrier list',
  'tracking events',
  'the pickup folder',
  'error responses',
  'the sandbox environment',
];
const who = Object.keys(people);
for (let i = 0; i < 400; i += 1) {
  commits.push(commit(`${verbs[i % 7]} ${things[(i * 3) % 7]}`, who[i % 4], (9 + i) * DAY));
}

const P = '/home/dana/Sheaf';
const branch = (name) => ({ at: 'branch', name, commit: hex(2) });
const card = (name, over = {}) => ({
  id: `${P}/${name}`,
  name,
  path: `${P}/${name}`,
  head: branch('main'),
  ahead: 0,
  behind: 0,
  lastCommit: commits[0],
  remote: `https://git.parcels.example/api/${name}`,
  problem: null,
  ...over,
});

const cards = [
  card('parcel-tracking', { head: branch('feature/customs-forms'), ahead: 2, behind: 1 }),
  card('billing-api', {
    lastCommit: commits[4],
    behind: 4,
    remote: 'https://github.com/parcels-example/billing-api',
  }),
  card('carrier-adapters', { lastCommit: commits[6], head: branch('develop') }),
  card('warehouse-scanner', { remote: null, ahead: null, behind: null, lastCommit: commits[7] }),
  card('label-printing', {
    lastCommit: commits[3],
    ahead: 1,
    remote: 'https://gitlab.com/parcels-example/label-printing',
  }),
  card('old-sandbox', {
    head: null,
    lastCommit: null,
    remote: null,
    ahead: null,
    behind: null,
    problem:
      'The folder is not there any more. Perhaps it was moved or renamed, or its disk is not connected.',
  }),
];
const manyCards = [
  ...cards,
  card('customer-portal', { lastCommit: commits[9] }),
  card('address-check', { lastCommit: commits[12] }),
  card('pickup-planner', {
    lastCommit: commits[15],
    head: { at: 'unborn', name: 'main' },
    ahead: null,
    behind: null,
  }),
  card('notifications', { lastCommit: commits[20] }),
];

const node = (id, kind, name, over = {}) => ({
  id,
  kind,
  name,
  method: null,
  url: null,
  color: null,
  problem: null,
  children: [],
  path: `.insomnia/${kind}/${id}.yml`,
  ...over,
});
const req = (id, method, name, path) => node(id, 'Request', name, { method, url: `{{ _.base_url }}${path}` });

const collections = [
  {
    id: 'wrk_parcels',
    name: 'Parcel Tracking API',
    scope: 'design',
    layout: 'legacy',
    readOnly: false,
    path: '.insomnia/Workspace/wrk_parcels.yml',
    spec: node('spc_parcels', 'ApiSpec', 'parcels.yaml'),
    items: [
      node('fld_shipments', 'RequestGroup', 'Shipments', {
        children: [
          req('req_list', 'GET', 'List shipments', '/shipments'),
          req('req_create', 'POST', 'Create shipment', '/shipments'),
          req('req_get', 'GET', 'Get shipment', '/shipments/:id'),
          req('req_update', 'PATCH', 'Update shipment', '/shipments/:id'),
          req('req_cancel', 'DELETE', 'Cancel shipment', '/shipments/:id'),
          node('fld_customs', 'RequestGroup', 'Customs', {
            children: [
              req('req_customs', 'GET', 'Get customs form', '/shipments/:id/customs'),
              req('req_customs_put', 'PUT', 'Replace customs form', '/shipments/:id/customs'),
            ],
          }),
        ],
      }),
      node('fld_tracking', 'RequestGroup', 'Tracking', {
        children: [
          req('req_events', 'GET', 'List tracking events', '/shipments/:id/events'),
          node('ws_live', 'WebSocketRequest', 'Live feed', {
            method: 'WS',
            url: 'wss://feed.parcels.example/v1',
            children: [node('payload_sub', 'WebSocketPayload', 'Subscribe to a parcel')],
          }),
          node('mcp_tools', 'McpRequest', 'Parcel tools', { method: 'MCP', url: 'npx parcel-mcp' }),
          req('req_graph', 'POST', 'Search parcels', '/graphql'),
          req('req_upload', 'POST', 'Upload customs papers', '/shipments/:id/papers'),
          node('greq_track', 'GrpcRequest', 'Track', { method: 'gRPC', url: 'grpc.parcels.example:443' }),
        ],
      }),
      node('fld_returns', 'RequestGroup', 'Returns', {
        children: [req('req_return', 'POST', 'Create return label', '/returns')],
      }),
      node('.insomnia/Request/req_broken.yml', 'Broken', 'req_broken.yml', {
        path: '.insomnia/Request/req_broken.yml',
        problem: {
          code: 'conflict-markers',
          path: '.insomnia/Request/req_broken.yml',
          line: 14,
          column: 1,
          message:
            'The file holds conflict markers that another program left. Decide between the two versions there, or take an older one from the history.',
        },
      }),
      req('req_health', 'GET', 'Health check', '/health'),
    ],
    environments: [
      node('env_base', 'Environment', 'Base Environment', {
        children: [
          node('env_staging', 'Environment', 'Staging', { color: '#c2590d' }),
          node('env_production', 'Environment', 'Production', { color: '#c93a31' }),
          node('env_mine', 'Environment', 'My laptop', {
            color: '#25804a',
            path: '.git/sheaf/private/env_mine.yml',
          }),
        ],
      }),
    ],
    tests: [
      node('uts_smoke', 'UnitTestSuite', 'Smoke', {
        children: [
          node('ut_201', 'UnitTest', 'Creating a shipment returns 201'),
          node('ut_404', 'UnitTest', 'An unknown id returns 404'),
        ],
      }),
    ],
    others: [
      node('pf_track', 'ProtoFile', 'track.proto'),
      node('mock_carrier', 'MockServer', 'Carrier mock', {
        children: [
          node('route_labels', 'MockRoute', '/labels', { method: 'POST' }),
          node('route_rates', 'MockRoute', '/rates', { method: 'GET' }),
        ],
      }),
      node('jar_main', 'CookieJar', 'Default Jar'),
    ],
  },
  {
    id: 'wrk_webhooks',
    name: 'Webhooks',
    scope: 'collection',
    layout: 'legacy',
    readOnly: false,
    path: '.insomnia/Workspace/wrk_webhooks.yml',
    spec: null,
    items: [
      req('req_hook', 'POST', 'Register webhook', '/webhooks'),
      req('req_hook_del', 'DELETE', 'Remove webhook', '/webhooks/:id'),
    ],
    environments: [node('env_hooks', 'Environment', 'Base Environment')],
    tests: [],
    others: [],
  },
];

const problems = [collections[0].items[3].problem];

const body = `{
  "reference": "SH-2041",
  "service": "express",
  "recipient": {
    "name": "{{ _.recipient }}",
    "country": "NO"
  },
  "customs": {
    "hsCode": "6109.10",
    "value": 48.5
  }
}`;
const spec = `openapi: 3.0.3
info:
  title: Parcel Tracking API # shown on the portal
  version: 2.4.0
servers:
  - url: https://api.parcels.example/v2
paths:
  /shipments:
    get:
      summary: List shipments
      parameters:
        - name: status
          in: query
          schema: { type: string, enum: [created, moving, delivered] }
      responses:
        "200":
          description: A page of shipments
    post:
      summary: Create shipment
      responses:
        "201": { description: Created }
  /shipments/{id}/customs:
    get:
      summary: Get customs form
      responses:
        "200": { description: The form }
`;

const resource = (id, kind, name, fields, over = {}) => ({
  id,
  kind,
  name,
  path: `.insomnia/${kind}/${id}.yml`,
  parentId: 'fld_shipments',
  collectionId: 'wrk_parcels',
  readOnly: false,
  version: `v1-${id}`,
  fields: { _id: id, type: kind, name, ...fields },
  ...over,
});
const request = (id, method, name, path, over = {}) =>
  resource(id, 'Request', name, {
    url: `{{ _.base_url }}${path}`,
    method,
    description: '',
    headers: [
      { name: 'Content-Type', value: 'application/json' },
      { name: 'X-Tenant', value: '{{ _.tenant }}', description: 'Which customer it is for' },
      { name: 'X-Debug', value: '1', disabled: true },
    ],
    parameters: [
      { id: 'pair_1', name: 'dryRun', value: 'true', description: 'Checks without creating', disabled: true },
    ],
    body: {},
    authentication: { type: 'bearer', token: '{{ _.token }}' },
    preRequestScript: null,
    afterResponseScript: null,
    pathParameters: path.includes(':id') ? [{ name: 'id', value: '42' }] : null,
    ...over,
  });

const resources = {
  req_create: request('req_create', 'POST', 'Create shipment', '/shipments', {
    body: { mimeType: 'application/json', text: body },
    description:
      'Creates a shipment and returns its tracking number.\n\nCustoms data is needed outside the customs union.',
    afterResponseScript:
      "insomnia.test('created', () => {\n  insomnia.expect(insomnia.response.code).to.equal(201);\n});\n",
  }),
  req_list: request('req_list', 'GET', 'List shipments', '/shipments'),
  req_get: request('req_get', 'GET', 'Get shipment', '/shipments/:id'),
  fld_shipments: resource('fld_shipments', 'RequestGroup', 'Shipments', {
    description: 'Everything about one parcel, from order to delivery.',
    environment: { carrier: 'northpost' },
    headers: null,
    authentication: null,
  }),
  env_base: resource(
    'env_base',
    'Environment',
    'Base Environment',
    {
      data: {
        base_url: 'https://api.parcels.example/v2',
        tenant: 'demo',
        retries: 3,
        limits: { perMinute: 120, burst: 20 },
        carriers: ['northpost', 'swiftline'],
      },
      color: null,
    },
    { parentId: 'wrk_parcels' },
  ),
  env_mine: resource(
    'env_mine',
    'Environment',
    'My laptop',
    {
      data: { base_url: 'http://localhost:8080', token: 'tok-dana-laptop' },
      color: '#25804a',
      isPrivate: true,
    },
    { parentId: 'env_base', path: '.git/sheaf/private/env_mine.yml' },
  ),
  env_production: resource(
    'env_production',
    'Environment',
    'Production',
    {
      data: { base_url: 'https://api.parcels.example/v2', token: 'live-token' },
      color: '#c93a31',
      isPrivate: true,
    },
    { parentId: 'env_base' },
  ),
  env_staging: resource(
    'env_staging',
    'Environment',
    'Staging',
    {
      data: { base_url: 'https://staging.parcels.example/v2', retries: 5 },
      color: '#c2590d',
    },
    { parentId: 'env_base' },
  ),
  spc_parcels: resource('spc_parcels', 'ApiSpec', 'parcels.yaml', {
    fileName: 'parcels.yaml',
    contents: spec,
    contentType: 'yaml',
  }),
  ut_201: resource('ut_201', 'UnitTest', 'Creating a shipment returns 201', {
    requestId: 'req_create',
    code: 'const response = await insomnia.send();\nexpect(response.status).to.equal(201);\nexpect(JSON.parse(response.data).tracking).to.be.a("string");\n',
  }),
  wrk_parcels: resource('wrk_parcels', 'Workspace', 'Parcel Tracking API', {
    description: 'The public API of the parcel service, version 2.',
    scope: 'design',
  }),
  greq_track: resource('greq_track', 'GrpcRequest', 'Track', {
    url: 'grpc.parcels.example:443',
    protoFileId: 'pf_track',
    protoMethodName: '/track.v1.Tracker/Get',
    metadata: [{ name: 'x-tenant', value: '{{ _.tenant }}' }],
    body: { text: '{\n  "tracking": "NP-2041"\n}' },
    reflectionApi: {
      enabled: false,
      url: 'https://buf.build',
      apiKey: '',
      module: 'buf.build/parcels/track',
    },
  }),
  ws_live: resource('ws_live', 'WebSocketRequest', 'Live feed', {
    url: 'wss://feed.parcels.example/v1',
    headers: [],
    parameters: [],
    authentication: { type: 'bearer', token: '{{ _.token }}' },
  }),
  payload_sub: resource('payload_sub', 'WebSocketPayload', 'Subscribe to a parcel', {
    value: '{\n  "op": "subscribe",\n  "tracking": "NP-2041"\n}',
    mode: 'application/json',
  }),
  mcp_tools: resource('mcp_tools', 'McpRequest', 'Parcel tools', {
    url: 'npx parcel-mcp --stage staging',
    transportType: 'stdio',
    headers: [],
    env: [
      { id: 'a', name: 'PARCEL_TOKEN', value: '{{ _.token }}', type: 'str', enabled: true },
      { id: 'b', name: 'DEBUG', value: '1', type: 'str', enabled: false },
    ],
  }),
  req_graph: request('req_graph', 'POST', 'Search parcels', '/graphql', {
    body: {
      mimeType: 'application/graphql',
      text: JSON.stringify({
        query:
          'query Search($term: String!) {\n  # at most twenty\n  parcels(first: 20, term: $term) {\n    tracking\n    status\n  }\n}',
        variables: { term: 'Oslo' },
        operationName: 'Search',
      }),
    },
  }),
  req_upload: request('req_upload', 'POST', 'Upload customs papers', '/shipments/:id/papers', {
    body: {
      mimeType: 'multipart/form-data',
      params: [
        { id: 'p1', name: 'kind', value: 'invoice', type: 'text' },
        { id: 'p2', name: 'meta', value: '{\n  "pages": 2\n}', type: 'text', multiline: 'application/json' },
        { id: 'p3', name: 'paper', type: 'file', fileName: '/home/dana/invoice.pdf', value: '' },
        { id: 'p4', name: 'note', value: 'left out', type: 'text', disabled: true },
      ],
    },
    authentication: {
      type: 'oauth2',
      grantType: 'client_credentials',
      accessTokenUrl: 'https://login.parcels.example/token',
      clientId: 'parcels',
      scope: 'papers:write',
    },
  }),
  mock_carrier: resource('mock_carrier', 'MockServer', 'Carrier mock', {
    url: 'http://localhost:8080',
    useInsomniaCloud: false,
  }),
  route_labels: resource('route_labels', 'MockRoute', '/labels', {
    body: '{\n  "label": "NP-2041.pdf"\n}',
    headers: [{ name: 'Content-Type', value: 'application/json' }],
    statusCode: 201,
    statusText: 'Created',
    mimeType: 'application/json',
    method: 'POST',
  }),
  pf_track: resource('pf_track', 'ProtoFile', 'track.proto', {
    protoText:
      'syntax = "proto3";\npackage track.v1;\n\n// Where a parcel is.\nservice Tracker {\n  rpc Get(GetRequest) returns (Parcel);\n}\n\nmessage GetRequest {\n  string tracking = 1;\n}\n',
  }),
  jar_main: resource('jar_main', 'CookieJar', 'Default Jar', {
    cookies: [
      {
        id: 'c1',
        key: 'session',
        value: 'a81f',
        domain: 'parcels.example',
        path: '/',
        secure: true,
        httpOnly: true,
        expires: null,
      },
      {
        id: 'c2',
        key: 'locale',
        value: 'nb',
        domain: 'parcels.example',
        path: '/',
        secure: false,
        httpOnly: false,
        expires: '2026-12-31T00:00:00.000Z',
      },
    ],
  }),
};

const field = (path, label, before, after, bookkeeping = false, comparison = { kind: 'value' }) => ({
  path,
  label,
  before,
  after,
  bookkeeping,
  comparison,
});
const part = (group, place, change, before = null, after = null) => ({
  group,
  place,
  change,
  before,
  after,
  text: null,
});
const piece = (change, text) => ({ change, text });
const line = (change, number, ...pieces) => ({
  change,
  before: change === 'added' ? null : number,
  after: change === 'removed' ? null : number,
  pieces,
});
const jsonComparison = {
  kind: 'parts',
  of: 'json',
  more: 0,
  parts: [
    part('', 'customs', 'added', null, '{"contents":"gift","value":20}'),
    part('', 'items[2].price', 'changed', '3', '4'),
  ],
};
const scriptComparison = {
  kind: 'text',
  by: 'lines',
  added: 2,
  removed: 1,
  more: 0,
  hunks: [
    {
      lines: [
        line('same', 3, piece('same', 'const token = insomnia.environment.get("token");')),
        line(
          'removed',
          4,
          piece('same', 'insomnia.test("'),
          piece('removed', 'created'),
          piece('same', '", () => {'),
        ),
        line(
          'added',
          4,
          piece('same', 'insomnia.test("'),
          piece('added', 'returns 201'),
          piece('same', '", () => {'),
        ),
        line('added', 5, piece('same', '  insomnia.expect(insomnia.response.code).to.eql(201);')),
        line('same', 6, piece('same', '});')),
      ],
    },
  ],
};
const specComparison = {
  kind: 'parts',
  of: 'apiSpec',
  more: 0,
  parts: [
    part('GET /shipments/{id}', 'response 404', 'added'),
    part('GET /shipments/{id}', 'query parameter expand: schema.type', 'changed', 'string', 'array'),
    part('DELETE /shipments/{id}', '', 'removed'),
    part('schema Shipment', 'properties.weight.maximum', 'changed', '30', '70'),
    part('info', 'version', 'changed', '1.4.0', '1.5.0'),
  ],
};
const change = (id, kind, name, method, what, location, summary, fields) => ({
  id,
  kind,
  name,
  method,
  change: what,
  location,
  path: `.insomnia/${kind}/${id}.yml`,
  onlyBookkeeping: false,
  summary,
  fields,
});
const changes = [
  change(
    'req_create',
    'Request',
    'Create shipment',
    'POST',
    'modified',
    ['Parcel Tracking API', 'Shipments'],
    'Header X-Tenant added · body changed',
    [
      field('headers.X-Tenant', 'header X-Tenant', null, '{{ _.tenant }}'),
      field('url', 'URL', '{{ _.base_url }}/parcels', '{{ _.base_url }}/shipments'),
      field('body.text', 'body', '{…}', '{…}', false, jsonComparison),
      field('afterResponseScript', 'after-response script', '', '', false, scriptComparison),
      field('modified', 'time of the last change', '1', '2', true),
    ],
  ),
  change(
    'req_customs',
    'Request',
    'Get customs form',
    'GET',
    'added',
    ['Parcel Tracking API', 'Shipments', 'Customs'],
    'New request',
    [
      field('method', 'method', null, 'GET'),
      field('url', 'URL', null, '{{ _.base_url }}/shipments/:id/customs'),
    ],
  ),
  change(
    'req_customs_put',
    'Request',
    'Replace customs form',
    'PUT',
    'added',
    ['Parcel Tracking API', 'Shipments', 'Customs'],
    'New request',
    [
      field('method', 'method', null, 'PUT'),
      field('url', 'URL', null, '{{ _.base_url }}/shipments/:id/customs'),
    ],
  ),
  change(
    'env_staging',
    'Environment',
    'Staging',
    null,
    'modified',
    ['Parcel Tracking API', 'Environments'],
    'Value retries changed',
    [field('data.retries', 'environment value retries', '3', '5')],
  ),
  change(
    'req_old',
    'Request',
    'Track by phone number',
    'GET',
    'deleted',
    ['Parcel Tracking API', 'Tracking'],
    'Deleted',
    [field('url', 'URL', '{{ _.base_url }}/track?phone={{ _.phone }}', null)],
  ),
  change('README.md', 'File', 'README.md', null, 'modified', [], '4 lines changed', []),
  {
    ...change(
      'req_noise',
      'Request',
      'Health check',
      'GET',
      'modified',
      ['Parcel Tracking API'],
      'Only order',
      [field('metaSortKey', 'order', '-2', '-1', true)],
    ),
    onlyBookkeeping: true,
  },
];
const incomingChanges = [
  change(
    'spc_parcels',
    'ApiSpec',
    'parcels.yaml',
    null,
    'modified',
    ['Parcel Tracking API'],
    'API spec: 5 places',
    [field('contents', 'API spec', '…', '…', false, specComparison)],
  ),
  ...changes.slice(0, 2),
];

const badges = changes.map(({ id, change: what }) => ({ id, change: what }));
const view = {
  card: cards[0],
  upstream: 'origin/feature/customs-forms',
  collections,
  problems,
  changes: badges,
  undo: {
    id: '2026-1',
    label: 'Edit of “Create shipment”',
    time: now * 1000,
    branch: 'feature/customs-forms',
    files: 1,
    refs: 0,
    remote: null,
  },
  redo: null,
  parked: false,
  queued: null,
  waiting: null,
  inProgress: null,
  notice: null,
};

const step = (id, label, ago, over = {}) => ({
  id,
  label,
  time: (now - ago) * 1000,
  branch: 'feature/customs-forms',
  files: 1,
  refs: 0,
  remote: null,
  ...over,
});
const timeline = {
  undo: [
    step('u1', 'Edit “Create shipment”', 90),
    step('u2', 'Commit “Add customs forms to the shipment requests”', 4 * 60, { files: 0, refs: 1 }),
    step('u3', 'Pull from origin/main', 25 * 60, { files: 4, refs: 1 }),
    step('u4', 'Move 3 resources', 2 * HOUR, { files: 3 }),
    step('u5', 'Switch to feature/customs-forms', 3 * HOUR, { files: 6, refs: 1, branch: 'main' }),
    step('u6', 'Force push main', 5 * HOUR, {
      files: 0,
      branch: 'main',
      remote: {
        branch: 'main',
        before: hex(7),
        after: hex(9),
        backup: 'refs/sheaf/backup/main/1764384000',
      },
    }),
    step('u7', 'Import “Parcel Tracking”', DAY, { files: 42, branch: 'main' }),
    step('u8', 'Delete branch spike/retries', 3 * DAY, { files: 0, refs: 1, branch: 'main' }),
  ],
  redo: [step('r1', 'Edit “Staging”', 60), step('r2', 'Discard changes in README.md', 50)],
};
const undoPreview = {
  points: timeline.undo.slice(0, 3),
  changes: { changes, proposedMessage: '' },
  refs: [
    {
      name: 'feature/customs-forms',
      kind: 'branch',
      from: { at: 'commit', commit: commits[0] },
      to: { at: 'commit', commit: commits[5] },
    },
  ],
};

const local = (name, over = {}) => ({
  name,
  tip: commits[1],
  current: false,
  upstream: `origin/${name}`,
  ahead: 0,
  behind: 0,
  parked: false,
  ...over,
});
const branches = {
  local: [
    local('feature/customs-forms', { current: true, ahead: 2, behind: 1, tip: commits[0] }),
    local('main', { behind: 3 }),
    local('feature/returns', { tip: commits[3], parked: true }),
    local('spike/webhook-retries', { upstream: null, ahead: null, behind: null, tip: commits[9] }),
  ],
  remote: [
    { name: 'feature/pickup-slots', tip: commits[5] },
    { name: 'release/2.3', tip: commits[7] },
  ],
};

const customsBody = (currency, extra = '') =>
  `{\n  "sender": "{{ _.sender }}",\n  "declaredValue": {\n    "amount": 120,\n    "currency": "${currency}"\n  },\n  "incoterm": "DAP"${extra}\n}`;
const signing = (line) =>
  `// Every call carries a signature of its body.\nconst secret = insomnia.environment.get('signing_secret');\nconst body = insomnia.request.body.raw ?? '';\n\n${line}\n\ninsomnia.request.headers.add({ key: 'X-Signature', value: signature });\n`;
const specText = (path, summary) =>
  `openapi: 3.1.0\ninfo:\n  title: Parcel Tracking API\n  version: 2.3.0\npaths:\n  ${path}:\n    get:\n      operationId: getShipment\n      summary: ${summary}\n      responses:\n        '200':\n          description: The shipment\n`;
const asked = (over) => ({
  id: `${over.resource}${over.field ? `:${over.field}` : ''}`,
  seen: `seen-${over.resource}-${over.field}`,
  answer: null,
  uncommitted: false,
  oursBy: commits[0],
  theirsBy: commits[1],
  kind: 'Request',
  method: null,
  location: ['Parcel Tracking API', 'Shipments'],
  file: `.insomnia/Request/${over.resource}.yml`,
  field: null,
  asks: 'value',
  ...over,
});
const create = { resource: 'req_create', name: 'Create shipment', method: 'POST' };
const questions = [
  asked({
    ...create,
    field: 'url',
    label: 'URL',
    base: '{{ _.base_url }}/shipments',
    ours: '{{ _.base_url }}/v2/shipments',
    theirs: '{{ _.base_url }}/bookings?draft=true',
  }),
  asked({
    ...create,
    field: 'headers.X-Tenant',
    label: 'header X-Tenant',
    base: { id: 'pair_1', name: 'X-Tenant', value: 'parcels', disabled: false },
    ours: {
      id: 'pair_1',
      name: 'X-Tenant',
      value: '{{ _.tenant }}',
      description: 'Who pays',
      disabled: false,
    },
  }),
  asked({
    ...create,
    field: 'body.text',
    label: 'body',
    base: customsBody('EUR'),
    ours: customsBody('CHF'),
    theirs: customsBody('USD', ',\n  "insurance": true'),
  }),
  asked({
    ...create,
    field: 'preRequestScript',
    label: 'pre-request script',
    uncommitted: true,
    oursBy: null,
    base: signing('const signature = md5(secret + body);'),
    ours: signing('const signature = hmacSha256(secret, body);'),
    theirs: signing(
      "const time = Date.now().toString();\nconst signature = sha256([secret, time, body].join('.'));",
    ),
  }),
  asked({
    resource: 'req_labels',
    name: 'Print labels',
    method: 'GET',
    field: 'parentId',
    label: 'place',
    asks: 'place',
    base: 'fld_shipments',
    ours: 'fld_customs',
    theirs: 'fld_tracking',
  }),
  asked({
    resource: 'req_phone',
    name: 'Track by phone number',
    method: 'GET',
    label: 'request',
    asks: 'deleted',
    location: ['Parcel Tracking API', 'Tracking'],
    base: {
      name: 'Track by phone number',
      method: 'GET',
      url: '{{ _.base_url }}/track?phone={{ _.phone }}',
      headers: [{ name: 'Accept', value: 'application/json' }],
    },
    ours: {
      name: 'Track by phone number',
      method: 'GET',
      url: '{{ _.base_url }}/v2/track?phone={{ _.phone }}',
      headers: [
        { name: 'Accept', value: 'application/json' },
        { name: 'X-Tenant', value: '{{ _.tenant }}' },
      ],
    },
  }),
  asked({
    resource: 'env_staging',
    name: 'Staging',
    kind: 'Environment',
    location: ['Parcel Tracking API', 'Environments'],
    field: 'data.retries',
    label: 'environment value retries',
    base: 3,
    ours: 5,
    theirs: 1,
  }),
  asked({
    resource: 'spc_parcels',
    name: 'parcels.yaml',
    kind: 'ApiSpec',
    location: ['Parcel Tracking API'],
    field: 'contents',
    label: 'API spec',
    base: specText('/shipments/{id}', 'Get a shipment'),
    ours: specText('/shipments/{id}', 'Get one shipment with its parcels'),
    theirs: specText('/shipments/{id}', 'Read a shipment'),
  }),
  asked({
    resource: 'README.md',
    name: 'README.md',
    kind: 'File',
    location: [],
    file: 'README.md',
    label: 'file',
    asks: 'file',
    base: '# Parcel Tracking\n\nAsk Dana for a token.\n',
    ours: '# Parcel Tracking\n\nAsk Priya for a token.\n',
    theirs: '# Parcel Tracking\n\nMake your own token in the portal.\n',
  }),
];
/** The same with answers, by number. */
const answeredWith = (answers) => {
  const all = questions.map((one, n) => (n in answers ? { ...one, answer: answers[n] } : one));
  return { ...merge, questions: all, open: all.length - Object.keys(answers).length };
};
const merge = {
  of: { of: 'pull' },
  from: 'origin/main',
  into: 'feature/customs-forms',
  forward: false,
  commits: 2,
  changes: incomingChanges,
  files: 4,
  carried: 1,
  questions,
  open: questions.length,
};

const events = [
  ['fetch', 'started', 'Fetching from git.parcels.example'],
  ['fetch', 'auth', 'Sent the token for dana to git.parcels.example'],
  ['fetch', 'progress', 'Receiving 41 of 41 objects'],
  ['fetch', 'finished', '1 new commit on origin/feature/customs-forms'],
  ['commit', 'finished', 'Committed “Add customs forms to the shipment requests”'],
  ['push', 'started', 'Pushing 2 commits to main'],
  ['push', 'auth', 'Sent the token for dana to git.parcels.example'],
  [
    'push',
    'server',
    'remote: GitLab: You are not allowed to push code to protected branches on this project.',
  ],
  ['push', 'rejected', 'main is protected on the remote'],
  ['switch', 'finished', 'On branch feature/customs-forms'],
].map(([operation, phase, detail], i) => ({
  time: (now - 600 + i * 31) * 1000,
  project: 'parcel-tracking',
  operation,
  phase,
  detail,
  branch: 'main',
  remote: 'https://git.parcels.example/api/parcel-tracking',
  durationMs: 120 + i * 90,
  ...(phase === 'rejected'
    ? { code: 'protected-branch', advice: 'Push to a new branch and open a pull request.' }
    : {}),
}));

const rejected = {
  outcome: 'rejected',
  rejection: {
    reason: 'protectedBranch',
    message: 'The branch “main” is protected: the host lets nobody with your role push to it directly.',
    serverText:
      'GitLab: You are not allowed to push code to protected branches on this project.\n ! [remote rejected] main -> main (pre-receive hook declined)',
    next: ['pushToNewBranch', 'pullFirst', 'forcePush', 'askMaintainer'],
    link: null,
  },
  overwrites: commits.slice(1, 4),
  seen: hex(9),
  suggestedBranch: 'dana/customs-forms',
  pullRequest: 'https://git.parcels.example/api/parcel-tracking/new',
};

const host = { kind: 'gitLab', name: 'GitLab', tokenHelp: 'https://docs.gitlab.com/token', members: null };
const settings = {
  uri: 'https://gitlab.com/parcels-example/parcel-tracking',
  authorName: 'Dana Whitfield',
  authorEmail: 'dana@parcels.example',
  username: null,
  caFile: null,
  token: 'keychain',
  host,
};

const history = { commits: commits.slice(0, 200), next: 'more' };
const members = {
  contributors: Object.values(people).map((person, i) => ({
    ...person,
    commits: 132 - i * 31,
    lastCommit: now - (i * 2 + 1) * DAY,
  })),
  membersPage: 'https://git.parcels.example/api/parcel-tracking/members',
};
const textDiff = {
  path: '.insomnia/Request/req_create.yml',
  binary: false,
  before:
    'name: Create shipment\nmethod: POST\nurl: "{{ _.base_url }}/parcels"\nheaders:\n  - name: Content-Type\n    value: application/json\nmetaSortKey: -1717\n',
  after:
    'name: Create shipment\nmethod: POST\nurl: "{{ _.base_url }}/shipments"\nheaders:\n  - name: Content-Type\n    value: application/json\n  - name: X-Tenant\n    value: "{{ _.tenant }}"\nmetaSortKey: -1717\n',
};

const userSettings = {
  theme: 'system',
  editorFontSize: 13,
  editorWrap: true,
  projectsFolder: '',
  treeWidth: 280,
  lastProject: null,
  showBeforePull: true,
  undoOperations: 200,
  undoDays: 90,
  undoMegabytes: 500,
};

const tags = [
  {
    name: 'v2.1',
    commit: commits[2],
    annotation: { message: 'Customs forms', author: people.dana, time: now - DAY },
  },
  {
    name: 'v2.0',
    commit: commits[6],
    annotation: { message: 'The new address', author: people.dana, time: now - 20 * DAY },
  },
  { name: 'before-rename', commit: commits[6], annotation: null },
];
const bookings = ['Parcel Tracking API', 'Shipments'];
export const secrets = [
  {
    code: 'secret-field',
    what: 'Random value where the name says secret',
    masked: 'x9Kd…T0Bn',
    path: '.insomnia/Request/req_create.yml',
    resource: {
      id: 'req_create',
      kind: 'Request',
      name: 'Create shipment',
      method: 'POST',
      location: bookings,
    },
    field: 'headers.X-Api-Key',
    label: 'header X-Api-Key',
    line: null,
    canMove: true,
  },
  {
    code: 'github-token',
    what: 'GitHub token',
    masked: 'ghp_…4uR7',
    path: '.insomnia/Request/req_list.yml',
    resource: {
      id: 'req_list',
      kind: 'Request',
      name: 'List shipments',
      method: 'GET',
      location: bookings,
    },
    field: 'preRequestScript',
    label: 'pre-request script',
    line: 14,
    canMove: false,
  },
  {
    code: 'private-key',
    what: 'Private key',
    masked: '----…----',
    path: 'deploy/key.pem',
    resource: { id: 'deploy/key.pem', kind: 'File', name: 'key.pem', method: null, location: ['deploy'] },
    field: '',
    label: '',
    line: 1,
    canMove: false,
  },
].map((secret, n) => ({ ...secret, fingerprint: hex(900 + n).slice(0, 16), commit: null }));
const parked = [
  { branch: 'feature/returns', commit: hex(801), base: commits[3].id, time: now - 2 * DAY, earlier: 1 },
  { branch: 'spike/webhook-retries', commit: hex(802), base: commits[5].id, time: now - 9 * DAY, earlier: 0 },
];
const versions = [0, 3, 5, 9, 14].map((n, i) => ({
  commit: commits[n],
  change: { ...incomingChanges[0], ...(i === 4 ? { change: 'added' } : {}) },
}));
const blame = {
  fields: [
    ['url', 'URL', 0],
    ['name', 'name', 14],
    ['method', 'method', 14],
    ['headers.Content-Type', 'header Content-Type', 9],
    ['headers.X-Tenant', 'header X-Tenant', 3],
    ['body.text', 'body', 5],
    ['authentication', 'authentication', 9],
  ].map(([path, label, n]) => ({ path, label, commit: commits[n] })),
  cut: false,
};

/** An answer a command; a function is called with the arguments, in the page. */
export const answers = {
  user_settings: userSettings,
  save_user_settings: null,
  keychain_status: { available: true, message: null },
  app_version: '0.1.0',
  default_folder: P,
  recent_events: events,
  event_report: 'report',
  projects: cards,
  project_view: view,
  suggested_settings: { ...settings, uri: null, token: 'none', host: null },
  remote_settings: settings,
  save_remote_settings: settings,
  members,
  changes: { changes, proposedMessage: 'Add customs forms and send the tenant with each shipment' },
  text_diff: textDiff,
  history,
  commit_changes: { changes: [incomingChanges[0], ...changes.slice(0, 4)], proposedMessage: '' },
  incoming: {
    upstream: 'origin/main',
    known: true,
    ahead: 1,
    behind: 2,
    commits: history.commits.slice(0, 2),
    changes: { changes: incomingChanges, proposedMessage: '' },
  },
  timeline,
  undo_preview: undoPreview,
  branches,
  tags,
  create_tag: null,
  parked,
  parked_changes: { changes: changes.slice(0, 3), proposedMessage: '' },
  compare: { changes: [incomingChanges[0], ...changes.slice(0, 5)], proposedMessage: '' },
  resource_history: { commits: versions, cut: false },
  blame,
  merge_preview: {
    outcome: 'ready',
    merge: {
      ...merge,
      of: { of: 'revert', commit: commits[0].id },
      changes: changes.slice(0, 3),
      files: 3,
      questions: [],
      open: 0,
    },
  },
  push: rejected,
  allow_secrets: null,
  move_secret: {
    resource: 'req_create',
    field: 'headers.X-Api-Key',
    variable: 'x_api_key',
    environment: 'env_private',
    environmentName: 'Private',
  },
  pull_preview: { outcome: 'ready', merge },
  pull_fetched: { outcome: 'questions', merge },
  questions: merge,
  land_merge: { of: 'merge', merge: { outcome: 'upToDate' } },
  abort_merge: null,
  open_link: null,
  cancel: null,
  resource: resources,
  check_uri: { state: 'ok', host, name: 'parcel-tracking' },
};
export {
  answeredWith,
  cards,
  manyCards,
  merge,
  resources,
  settings,
  timeline,
  undoPreview,
  userSettings,
  view,
};

const hit = (path, label, before, text, after, line = 1) => {
  const [start, end] = [before.length, before.length + text.length];
  const at = { start, end };
  return { path, label, snippet: before + text + after, ranges: [at], line, at, inKey: false };
};
const place = ['Parcel Tracking API', 'Shipments'];

/** What a search finds in contents. */
export const found = (text) => ({
  found: [
    {
      id: 'req_list',
      kind: 'Request',
      name: 'List shipments',
      method: 'GET',
      location: place,
      hits: [
        hit('parameters[1].name', `parameter ${text}`, '', text, ''),
        hit('description', 'description', 'Filters by ', text, ', and by the date of the pickup.', 3),
      ],
    },
    {
      id: 'req_create',
      kind: 'Request',
      name: 'Create shipment with customs form and two labels for the carrier',
      method: 'DELETE',
      location: place,
      hits: [
        hit('body.text', 'body', '  "', text, '": "SH-2041",', 2),
        hit(
          'headers[2].value',
          'header X-Idempotency-Key-Of-The-Shipment',
          '{{ _.',
          text,
          ' }}-{{ _.attempt }}',
        ),
        hit('preRequestScript', 'pre-request script', "insomnia.environment.set('", text, "', next());", 4),
      ],
    },
    {
      id: 'env_base',
      kind: 'Environment',
      name: 'Base Environment',
      method: null,
      location: ['Parcel Tracking API'],
      hits: [hit(`data.${text}`, `environment value ${text}`, 'SH-', text, '-1')],
    },
  ],
  done: { resources: 3, hits: 6, complete: true },
});
