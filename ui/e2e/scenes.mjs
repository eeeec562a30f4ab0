import {
  answeredWith,
  merge,
  cards,
  found,
  manyCards,
  resources,
  secrets,
  settings,
  timeline,
  undoPreview,
  userSettings,
  view,
} from './data.mjs';

const id = (name) => `[data-testid="${name}"]`;
const open = async (page) => {
  await page.click(`${id('project-card')} ${id('project-open')} >> nth=0`);
  await page.waitForSelector(id('tree'));
};
const openIn = (resource) => async (page) => {
  await open(page);
  await page.dblclick(id(`tree-item-${resource}`));
  await page.waitForSelector(id('editor-panel'));
};
const several = async (page) => {
  await open(page);
  await page.click(id('tree-item-req_list'));
  await page.click(id('tree-item-req_get'), { modifiers: ['Shift'] });
  await page.click(id('tree-item-req_update'), { modifiers: ['Control'] });
};
const git = (entry) => async (page) => {
  await open(page);
  await page.click(id('git-menu'));
  await page.click(id(`git-${entry}`));
};
const asks = (n) => async (page) => {
  await git('pull')(page);
  await page.click(id('preview-land'));
  await page.click(`${id('question')} >> nth=${n}`);
  await page.waitForSelector(id('question-detail'));
};
const someAnswered = answeredWith({
  0: { take: 'theirs' },
  1: { take: 'value', value: { name: 'X-Tenant', value: '{{ _.tenant_id }}', disabled: false } },
  2: { take: 'ours' },
  4: { take: 'theirs' },
});
const offline = {
  code: 'network-name',
  message: 'The host name git.parcels.example is not known.',
  unchanged: 'Nothing was changed.',
  advice: 'Check the network connection and the address, then try again.',
};
const steps = (failed) =>
  ['name', 'connect', 'tls', 'login', 'repository', 'read', 'write'].map((step, i) => ({
    step,
    result:
      i < failed
        ? { state: 'ok' }
        : i === failed
          ? {
              state: 'failed',
              code: 'auth-failed',
              message: 'GitLab does not accept the access token.',
              advice: 'Make a new token with the right to write to repositories, and paste it here.',
            }
          : { state: 'skipped' },
  }));

const imported = {
  ids: ['wrk_new'],
  names: ['Parcel Tracking'],
  report: {
    source: 'Postman collection 2.1',
    taken: [
      { kind: 'Workspace', count: 1 },
      { kind: 'Environment', count: 3 },
      { kind: 'RequestGroup', count: 6 },
      { kind: 'Request', count: 42 },
    ],
    changed: [
      'Authentication and scripts of the whole collection stand in a folder around its requests: Parcel Tracking.',
      'Scripts call insomnia where they called pm: Create shipment, Cancel shipment, List labels and 4 more.',
      'Names of variables that Insomnia does not allow are changed: api.key → api_key.',
    ],
    left: [
      'Saved examples of responses are not taken: Create shipment, List labels and 9 more.',
      'Variables that are switched off are not taken: debug in Staging.',
    ],
    secrets: 2,
  },
};

const brokenFile = {
  ...resources.req_list,
  id: '.insomnia/Request/req_broken.yml',
  kind: 'Broken',
  name: 'req_broken.yml',
  path: '.insomnia/Request/req_broken.yml',
  fields: {
    text: '_id: req_broken\ntype: Request\nname: Cancel shipment\nmethod: DELETE\nurl: "{{ _.base_url }}/shipments\nheaders: []\n',
  },
};

/** Every screen and state: what the shell answers, what is done, and in which looks it is taken. */
export const scenes = [
  { name: 'dashboard', looks: ['light', 'dark', 'narrow'] },
  { name: 'dashboard-many', answers: { projects: manyCards } },
  { name: 'dashboard-empty', answers: { projects: [] }, looks: ['light', 'dark', 'narrow'] },
  { name: 'dashboard-loading', pending: { projects: null } },
  {
    name: 'dashboard-error',
    failures: {
      projects: {
        code: 'io',
        message: 'The list of projects cannot be read.',
        unchanged: 'Your projects are as they were.',
        advice: 'Check that the disk is connected, then try again.',
      },
    },
  },
  { name: 'main-menu', looks: ['light', 'dark'], act: (page) => page.click(id('main-menu')) },
  {
    name: 'remove-project',
    act: async (page) => {
      await page.click(`${id('project-menu')} >> nth=0`);
      await page.click(id('project-menu-remove'));
      await page.click(id('remove-files'));
    },
  },
  {
    name: 'palette',
    looks: ['light', 'dark'],
    act: async (page) => {
      await open(page);
      await page.keyboard.press('Control+k');
      await page.fill(id('palette-input'), 'cu');
    },
  },
  {
    name: 'clone',
    looks: ['light', 'dark', 'narrow'],
    act: async (page) => {
      await page.click(id('main-menu'));
      await page.click(id('menu-clone'));
      await page.fill(id('clone-uri'), 'https://gitlab.com/parcels-example/parcel-tracking');
      await page.fill(id('clone-token'), 'glpat-invented');
      await page.waitForSelector(id('clone-host'));
    },
  },
  {
    name: 'clone-tested',
    steps: steps(7),
    act: async (page) => {
      await page.click(id('dashboard-clone'));
      await page.fill(id('clone-uri'), 'https://gitlab.com/parcels-example/parcel-tracking');
      await page.click(id('clone-test'));
      await page.waitForSelector('text=Everything works.');
    },
  },
  {
    name: 'clone-test-failed',
    looks: ['light', 'dark'],
    steps: steps(3),
    act: async (page) => {
      await page.click(id('dashboard-clone'));
      await page.fill(id('clone-uri'), 'https://gitlab.com/parcels-example/parcel-tracking');
      await page.click(id('clone-test'));
      await page.waitForSelector(id('error-note'));
    },
  },
  {
    name: 'clone-credentials',
    answers: {
      check_uri: {
        state: 'withCredentials',
        clean: 'https://gitlab.com/a/b',
        username: 'dana',
        hasToken: true,
        message: 'The address holds a user name and a token. They belong into fields of their own.',
      },
      keychain_status: { available: false, message: 'This computer has no keychain that can be used.' },
    },
    act: async (page) => {
      await page.click(id('dashboard-clone'));
      await page.fill(id('clone-uri'), 'https://dana:secret@gitlab.com/a/b');
      await page.click(id('clone-advanced'));
      await page.waitForSelector(id('clone-split'));
    },
  },
  {
    name: 'clone-progress',
    looks: ['light', 'dark'],
    pending: { clone: { stage: 'receiving', done: 1204, total: 3311, bytes: 2400000 } },
    act: async (page) => {
      await page.click(id('dashboard-clone'));
      await page.fill(id('clone-uri'), 'https://gitlab.com/parcels-example/parcel-tracking');
      await page.waitForSelector(id('clone-host'));
      await page.click(id('clone-start'));
      await page.waitForSelector(id('clone-progress'));
    },
  },
  {
    name: 'clone-failed',
    failures: { clone: offline },
    act: async (page) => {
      await page.click(id('dashboard-clone'));
      await page.fill(id('clone-uri'), 'https://gitlab.com/parcels-example/parcel-tracking');
      await page.waitForSelector(id('clone-host'));
      await page.click(id('clone-start'));
      await page.waitForSelector(id('error-note'));
    },
  },
  {
    name: 'clone-no-collections',
    answers: {
      clone: {
        card: cards[0],
        holds: 'noCollections',
        warnings: ['2 symbolic links were written as plain files.'],
      },
    },
    act: async (page) => {
      await page.click(id('dashboard-clone'));
      await page.fill(id('clone-uri'), 'https://gitlab.com/parcels-example/parcel-tracking');
      await page.waitForSelector(id('clone-host'));
      await page.click(id('clone-start'));
      await page.waitForSelector(id('clone-result'));
    },
  },
  {
    name: 'new-project',
    act: async (page) => {
      await page.click(id('main-menu'));
      await page.click(id('menu-new-project'));
      await page.fill(id('new-project-name'), 'parcel-tracking');
    },
  },
  {
    name: 'open-folder',
    answers: { open_folder: { outcome: 'notARepository', path: '/home/dana/api' } },
    act: async (page) => {
      await page.click(id('main-menu'));
      await page.click(id('menu-open-folder'));
      await page.fill(id('open-folder-path'), '/home/dana/api');
      await page.click(id('open-folder-open'));
      await page.waitForSelector(id('open-folder-plain'));
    },
  },
  {
    name: 'settings',
    looks: ['light', 'dark'],
    act: async (page) => {
      await page.click(id('main-menu'));
      await page.click(id('menu-settings'));
    },
  },
  { name: 'project', looks: ['light', 'dark', 'narrow'], act: open },
  {
    name: 'project-loading',
    pending: { project_view: null },
    act: async (page) => page.click(`${id('project-open')} >> nth=0`),
  },
  {
    name: 'project-missing',
    failures: {
      project_view: {
        code: 'not-a-repository',
        message: 'The folder /home/dana/Sheaf/parcel-tracking is not there any more.',
        unchanged: 'Nothing was changed.',
        advice: 'Connect its disk or put it back, then try again.',
      },
    },
    act: async (page) => page.click(`${id('project-open')} >> nth=0`),
  },
  {
    name: 'project-empty',
    looks: ['light', 'dark'],
    answers: {
      project_view: {
        ...view,
        collections: [],
        problems: [],
        changes: [],
        undo: null,
        card: { ...view.card, head: { at: 'unborn', name: 'main' }, remote: null, ahead: null, behind: null },
      },
    },
    act: async (page) => {
      await page.click(`${id('project-open')} >> nth=0`);
      await page.waitForSelector(id('tree-empty'));
    },
  },
  {
    name: 'project-elsewhere',
    looks: ['light', 'dark', 'narrow'],
    answers: {
      project_view: { ...view, collections: [], problems: [], changes: [] },
      collections_elsewhere: [
        { branch: 'feature/customs-forms-for-all-carriers', isRemote: false, collections: 2 },
        { branch: 'legacy', isRemote: true, collections: 1 },
      ],
    },
    act: async (page) => {
      await page.click(`${id('project-open')} >> nth=0`);
      await page.waitForSelector(`${id('tree-empty')} button >> nth=3`);
    },
  },
  {
    name: 'project-banners',
    answers: {
      project_view: {
        ...view,
        parked: true,
        inProgress: 'merge',
        queued: 'The push waits for the network. It goes out as soon as git.parcels.example answers.',
      },
    },
    looks: ['light', 'dark', 'narrow'],
    act: open,
  },
  {
    name: 'git-menu',
    looks: ['light', 'dark'],
    act: async (page) => {
      await open(page);
      await page.click(id('git-menu'));
    },
  },
  {
    name: 'tree-menu',
    act: async (page) => {
      await open(page);
      await page.click(id('tree-item-fld_shipments'), { button: 'right' });
    },
  },
  {
    name: 'tree-search',
    act: async (page) => {
      await open(page);
      await page.fill(id('tree-search'), 'customs');
    },
  },
  {
    name: 'tree-search-hits',
    looks: ['light', 'dark', 'narrow'],
    answers: { search: found('reference') },
    act: async (page) => {
      await open(page);
      await page.fill(id('tree-search'), 'reference');
      await page.waitForSelector(id('search-hit'));
      await page.press(id('tree-search'), 'ArrowDown');
      await page.keyboard.press('ArrowDown');
    },
  },
  {
    name: 'tree-search-both',
    looks: ['light', 'dark', 'narrow'],
    answers: { search: found('customs') },
    act: async (page) => {
      await open(page);
      await page.fill(id('tree-search'), 'customs');
      await page.waitForSelector(id('search-hit'));
    },
  },
  {
    name: 'tree-search-wrong',
    failures: {
      search: {
        code: 'search-query',
        message: 'This is not a regular expression: a bracket is not closed.',
        unchanged: '',
        advice: 'Close the bracket, or search for it as it stands with regular expressions off.',
      },
    },
    act: async (page) => {
      await open(page);
      await page.fill(id('tree-search'), 'label (');
      await page.click(id('search-regex'));
    },
  },
  { name: 'tree-several', looks: ['light', 'dark', 'narrow'], act: several },
  {
    name: 'tree-several-menu',
    looks: ['light', 'dark', 'narrow'],
    act: async (page) => {
      await several(page);
      await page.click(id('tree-item-req_get'), { button: 'right' });
    },
  },
  {
    name: 'tree-several-delete',
    looks: ['light', 'dark', 'narrow'],
    answers: { delete_resources: null },
    act: async (page) => {
      await several(page);
      await page.keyboard.press('Delete');
    },
  },
  {
    name: 'tree-several-move',
    looks: ['light', 'dark', 'narrow'],
    act: async (page) => {
      await several(page);
      await page.click(id('tree-item-req_get'), { button: 'right' });
      await page.click(id('tree-menu-move'));
    },
  },
  {
    name: 'tree-rename',
    act: async (page) => {
      await open(page);
      await page.click(id('tree-item-req_list'));
      await page.keyboard.press('F2');
    },
  },
  {
    name: 'tree-drag',
    act: async (page) => {
      await open(page);
      const from = await page.locator(id('tree-item-req_list')).boundingBox();
      const to = await page.locator(id('tree-item-req_update')).boundingBox();
      await page.mouse.move(from.x + 90, from.y + 12);
      await page.mouse.down();
      await page.mouse.move(from.x + 100, from.y + 40, { steps: 4 });
      await page.mouse.move(to.x + 100, to.y + 4, { steps: 4 });
    },
  },
  { name: 'request-params', looks: ['light', 'dark', 'narrow'], act: openIn('req_get') },
  {
    name: 'request-headers',
    looks: ['light', 'dark'],
    act: async (page) => {
      await openIn('req_create')(page);
      await page.click(id('request-tab-headers'));
    },
  },
  {
    name: 'request-body',
    looks: ['light', 'dark', 'narrow'],
    act: async (page) => {
      await openIn('req_list')(page);
      await page.dblclick(id('tree-item-req_create'));
      await page.click(id('tree-item-env_staging'));
      await page.click(id('editor-tab-req_create'));
      await page.click(id('request-tab-body'));
      await page.fill(id('field-url'), '{{ _.base_url }}/shipments?notify=1');
    },
  },
  {
    name: 'request-auth',
    act: async (page) => {
      await openIn('req_create')(page);
      await page.click(id('request-tab-auth'));
    },
  },
  {
    name: 'request-scripts',
    act: async (page) => {
      await openIn('req_create')(page);
      await page.click(id('request-tab-scripts'));
    },
  },
  ...[
    ['request-settings', 'req_create', 'request-tab-settings', ['light']],
    ['request-graphql', 'req_graph', 'request-tab-body', ['light', 'dark', 'narrow']],
    ['request-multipart', 'req_upload', 'request-tab-body', ['light', 'dark', 'narrow']],
    ['request-oauth2', 'req_upload', 'request-tab-auth', ['light', 'dark']],
    ['websocket', 'ws_live', 'request-tab-payloads', ['light']],
  ].map(([name, resource, tab, looks]) => ({
    name,
    looks,
    act: async (page) => {
      await openIn(resource)(page);
      await page.click(id(tab));
    },
  })),
  {
    name: 'request-bulk',
    looks: ['light', 'dark'],
    act: async (page) => {
      await openIn('req_create')(page);
      await page.click(id('request-tab-headers'));
      await page.click(id('headers-bulk'));
    },
  },
  { name: 'payload', act: openIn('payload_sub') },
  {
    name: 'mcp',
    act: async (page) => {
      await openIn('mcp_tools')(page);
      await page.click(id('mcp-tab-env'));
    },
  },
  { name: 'mock-server', act: openIn('mock_carrier') },
  { name: 'mock-route', act: openIn('route_labels') },
  { name: 'proto', act: openIn('pf_track') },
  { name: 'cookie-jar', act: openIn('jar_main') },
  { name: 'folder', act: openIn('fld_shipments') },
  { name: 'environment', looks: ['light', 'dark', 'narrow'], act: openIn('env_base') },
  { name: 'environment-private', looks: ['light', 'dark'], act: openIn('env_mine') },
  {
    name: 'environment-colour',
    looks: ['light', 'dark'],
    act: async (page) => {
      await openIn('env_production')(page);
      await page.click(id('field-color'));
    },
  },
  {
    name: 'environment-invalid',
    act: async (page) => {
      await openIn('env_staging')(page);
      await page.click(`label:has(${id('data-mode-json')})`);
      await page.click(`${id('field-data')} .cm-content`);
      await page.keyboard.press('Control+End');
      await page.keyboard.type(',');
      await page.waitForSelector(id('field-data-problem'));
    },
  },
  { name: 'spec', looks: ['light', 'dark'], act: openIn('spc_parcels') },
  { name: 'unit-test', act: openIn('ut_201') },
  { name: 'collection', act: openIn('wrk_parcels') },
  { name: 'grpc', looks: ['light', 'dark', 'narrow'], act: openIn('greq_track') },
  { name: 'problem', act: openIn('.insomnia/Request/req_broken.yml') },
  {
    name: 'broken-file',
    looks: ['light', 'dark', 'narrow'],
    answers: { text_file: brokenFile, resource: { ...resources, [brokenFile.id]: brokenFile } },
    act: openIn(brokenFile.id),
  },
  {
    name: 'gone',
    looks: ['light', 'dark', 'narrow'],
    failures: { edit_resource: { code: 'not-found', message: 'It is gone.', unchanged: '', advice: '' } },
    act: async (page) => {
      await openIn('req_list')(page);
      await page.fill(id('field-url'), '{{ _.base_url }}/shipments?status=moving');
      await page.waitForSelector(id('gone-view'));
    },
  },
  {
    name: 'changed-outside',
    looks: ['light', 'dark'],
    answers: {
      edit_resource: {
        outcome: 'changedOutside',
        resource: {
          ...resources.req_list,
          version: 'v9',
          fields: { ...resources.req_list.fields, url: '{{ _.base_url }}/v3/shipments', method: 'POST' },
        },
      },
    },
    act: async (page) => {
      await openIn('req_list')(page);
      await page.fill(id('field-url'), '{{ _.base_url }}/shipments?status=moving');
      await page.waitForSelector(id('changed-outside'));
    },
  },
  {
    name: 'save-failed',
    failures: {
      edit_resource: {
        code: 'io',
        message: 'The file cannot be written: the disk is full.',
        unchanged: 'The file is as it was, and what you typed is still here.',
        advice: 'Make room on the disk, then save again.',
      },
    },
    act: async (page) => {
      await openIn('req_list')(page);
      await page.fill(id('field-url'), '{{ _.base_url }}/shipments?status=moving');
      await page.waitForSelector(id('save-again'));
    },
  },
  {
    name: 'commit',
    looks: ['light', 'dark', 'narrow'],
    act: async (page) => {
      await git('commit')(page);
      await page.waitForSelector(id('change-detail'));
    },
  },
  {
    name: 'commit-fields',
    looks: ['light', 'dark', 'narrow'],
    act: async (page) => {
      await git('commit')(page);
      await page.click(id('change-req_create'));
      await page.click(`[data-testid="field-check-url"] + .box`, { force: true });
      await page.click(id('bookkeeping-fold'));
    },
  },
  {
    name: 'incoming',
    looks: ['light', 'dark', 'narrow'],
    act: async (page) => {
      await git('incoming')(page);
      await page.waitForSelector(id('part-list'));
    },
  },
  {
    name: 'incoming-empty',
    patch: (shell) => (shell.answers.incoming = { ...shell.answers.incoming, behind: 0 }),
    act: git('incoming'),
  },
  {
    name: 'incoming-failed',
    failures: { incoming: offline },
    act: git('incoming'),
  },
  {
    name: 'commit-text',
    act: async (page) => {
      await git('commit')(page);
      await page.click(id('diff-mode-text'));
      await page.waitForSelector(id('text-diff'));
    },
  },
  { name: 'commit-empty', answers: { changes: { changes: [], proposedMessage: '' } }, act: git('commit') },
  {
    name: 'commit-discarded',
    answers: { discard: { files: 1, along: [] } },
    act: async (page) => {
      await git('commit')(page);
      await page.click(id('discard-req_create'));
      await page.waitForSelector(id('toast-info'));
    },
  },
  {
    name: 'history',
    looks: ['light', 'dark', 'narrow'],
    act: async (page) => {
      await git('history')(page);
      await page.waitForSelector('[role=option]');
    },
  },
  {
    name: 'history-menu',
    looks: ['light', 'dark'],
    act: async (page) => {
      await git('history')(page);
      await page.click(id('commit-menu'));
    },
  },
  {
    name: 'history-context',
    looks: ['light', 'narrow'],
    act: async (page) => {
      await git('history')(page);
      await page.click('[role=option] >> nth=2', { button: 'right' });
      await page.waitForSelector(id('commit-popup'));
    },
  },
  {
    name: 'history-commit',
    looks: ['narrow'],
    act: async (page) => {
      await git('history')(page);
      await page.click('[role=option] >> nth=1');
      await page.waitForSelector(id('change-detail'));
    },
  },
  { name: 'history-failed', failures: { history: offline }, act: git('history') },
  {
    name: 'revert',
    looks: ['light', 'dark', 'narrow'],
    act: async (page) => {
      await git('history')(page);
      await page.click('[role=option] >> nth=0');
      await page.click(id('commit-menu'));
      await page.click(id('commit-revert'));
      await page.waitForSelector(id('apply-go'));
    },
  },
  {
    name: 'amend',
    looks: ['light', 'dark', 'narrow'],
    act: async (page) => {
      await git('commit')(page);
      await page.click(id('commit-amend') + ' + .box', { force: true });
      await page.waitForFunction(() =>
        document.querySelector('[data-testid="commit-note"]').textContent.includes('Replaces'),
      );
    },
  },
  {
    name: 'amend-message',
    answers: { changes: { changes: [], proposedMessage: '' } },
    act: async (page) => {
      await git('commit')(page);
      await page.click(id('commit-reword'));
      await page.waitForFunction(() =>
        document.querySelector('[data-testid="commit-note"]').textContent.includes('Replaces'),
      );
    },
  },
  { name: 'tags', looks: ['light', 'dark', 'narrow'], act: git('tags') },
  { name: 'tags-empty', answers: { tags: [] }, act: git('tags') },
  {
    name: 'tag-new',
    looks: ['light', 'dark'],
    act: async (page) => {
      await git('tags')(page);
      await page.click(id('tags-new'));
    },
  },
  {
    name: 'tag-menu',
    act: async (page) => {
      await git('tags')(page);
      await page.click(id('tag-menu-v2.1'));
    },
  },
  {
    name: 'compare',
    looks: ['light', 'dark', 'narrow'],
    act: async (page) => {
      await git('compare')(page);
      await page.fill(id('compare-from'), 'v2.0');
      await page.keyboard.press('Enter');
      await page.waitForSelector(id('change-detail'));
    },
  },
  { name: 'compare-choose', act: git('compare') },
  {
    name: 'compare-failed',
    failures: { compare: offline },
    act: async (page) => {
      await git('compare')(page);
      await page.fill(id('compare-from'), 'v9');
      await page.keyboard.press('Enter');
      await page.waitForSelector(id('error-note'));
    },
  },
  { name: 'parked', looks: ['light', 'dark', 'narrow'], act: git('parked') },
  { name: 'parked-empty', answers: { parked: [] }, act: git('parked') },
  ...['light', 'dark', 'narrow'].map((look) => ({
    name: 'resource-history',
    looks: [look],
    act: async (page) => {
      await open(page);
      await page.click(id('tree-item-req_create'), { button: 'right' });
      await page.click(id('tree-menu-history'));
      if (look === 'narrow') await page.click('[role=option] >> nth=0');
      await page.waitForSelector(id('change-detail'));
    },
  })),
  {
    name: 'blame',
    looks: ['light', 'dark', 'narrow'],
    act: async (page) => {
      await open(page);
      await page.click(id('tree-item-req_create'), { button: 'right' });
      await page.click(id('tree-menu-history'));
      await page.click(id('resource-history-blame'));
      await page.waitForSelector(id('blame-list'));
    },
  },
  {
    name: 'branches-delete-remote',
    act: async (page) => {
      await git('branches')(page);
      await page.click(id('branch-menu-main'));
      await page.click(id('branch-menu-delete-remote'));
    },
  },
  { name: 'history-empty', answers: { history: { commits: [], next: null } }, act: git('history') },
  ...[
    ['preview', ['light', 'dark', 'narrow'], { questions: [], open: 0, of: { of: 'pull' } }],
    ['preview-questions', ['light', 'dark', 'narrow'], {}],
    ['preview-commits', ['light'], { changes: [], files: 0, questions: [], open: 0, forward: true }],
    ['preview-many', ['light'], { changes: [], files: 3412, questions: [], open: 0, forward: true }],
  ].map(([name, looks, over]) => ({
    name,
    looks,
    answers: { pull_preview: { outcome: 'ready', merge: { ...merge, ...over } } },
    act: async (page) => {
      await git('pull')(page);
      await page.waitForSelector(id('preview-land'));
    },
  })),
  {
    name: 'preview-merge',
    answers: { merge_preview: { outcome: 'ready', merge: { ...merge, of: { of: 'branch', name: 'main' } } } },
    act: async (page) => {
      await git('branches')(page);
      await page.click(id('branch-menu-main'));
      await page.click(id('branch-menu-merge'));
      await page.waitForSelector(id('preview-land'));
    },
  },
  {
    name: 'preview-failed',
    answers: { pull_preview: { outcome: 'ready', merge } },
    failures: { merge_preview: offline },
    act: async (page) => {
      await git('pull')(page);
      await page.waitForSelector(id('preview-land'));
      // A fetch brings another commit, so that the look is taken again.
      const fetched = { ...view, card: { ...view.card, behind: 2 } };
      await page.evaluate(
        ([project, fetched]) => {
          globalThis.__answer('project_view', fetched);
          globalThis.__emit('project-changed', project);
        },
        [cards[0].id, fetched],
      );
      await page.waitForSelector(id('error-note'));
    },
  },
  {
    name: 'pull-progress',
    pending: { pull_preview: { stage: 'receiving', done: 12, total: 41, bytes: 52000 } },
    act: async (page) => {
      await git('pull')(page);
      await page.waitForSelector(id('operation'));
    },
  },
  {
    name: 'pull-up-to-date',
    answers: { pull_preview: { outcome: 'upToDate' }, pull_fetched: { outcome: 'upToDate' } },
    act: async (page) => {
      await git('pull')(page);
      await page.waitForSelector(id('toast-info'));
    },
  },
  {
    name: 'timeline',
    looks: ['light', 'dark', 'narrow'],
    act: async (page) => {
      await git('timeline')(page);
      await page.click(`${id('timeline-step')} >> nth=4`);
      await page.waitForSelector(id('change-detail'));
    },
  },
  {
    name: 'timeline-remote',
    looks: ['light', 'narrow'],
    answers: {
      undo_preview: {
        ...undoPreview,
        points: timeline.undo.slice(0, 6),
        changes: { changes: [], proposedMessage: '' },
      },
    },
    act: async (page) => {
      await git('timeline')(page);
      await page.click(`${id('timeline-step')} >> nth=7`);
      await page.click(id('timeline-points'));
      await page.waitForSelector(id('remote-note'));
    },
  },
  {
    name: 'timeline-moved',
    failures: {
      undo_preview: {
        code: 'moved-since',
        message: 'feature/customs-forms has moved since, by another program.',
        unchanged: 'Nothing was changed.',
        advice: 'Undo what was done since with that program, then try again.',
      },
    },
    act: async (page) => {
      await git('timeline')(page);
      await page.waitForSelector(id('error-note'));
    },
  },
  { name: 'timeline-empty', answers: { timeline: { undo: [], redo: [] } }, act: git('timeline') },
  { name: 'timeline-loading', pending: { timeline: null }, act: git('timeline') },
  { name: 'branches', looks: ['light', 'dark', 'narrow'], act: git('branches') },
  {
    name: 'branches-new',
    act: async (page) => {
      await git('branches')(page);
      await page.click(id('branch-new'));
    },
  },
  {
    name: 'branches-menu',
    act: async (page) => {
      await git('branches')(page);
      await page.click(id('branch-menu-main'));
    },
  },
  {
    name: 'switch',
    looks: ['light', 'dark', 'narrow'],
    answers: {
      merge_preview: {
        outcome: 'ready',
        merge: { ...merge, of: { of: 'switch', name: 'main' }, questions: [], open: 0 },
      },
    },
    act: async (page) => {
      await git('branches')(page);
      await page.click(id('branch-switch-main'));
      await page.waitForSelector(id('change-detail'));
    },
  },
  {
    name: 'switch-questions',
    answers: {
      merge_preview: {
        outcome: 'ready',
        merge: {
          ...merge,
          of: { of: 'switch', name: 'main' },
          questions: merge.questions.slice(0, 2),
          open: 2,
        },
      },
    },
    act: async (page) => {
      await git('branches')(page);
      await page.click(id('branch-switch-main'));
      await page.waitForSelector(id('change-detail'));
    },
  },
  {
    name: 'switch-loading',
    pending: { merge_preview: null },
    act: async (page) => {
      await git('branches')(page);
      await page.click(id('branch-switch-main'));
      await page.waitForSelector(id('switch-dialog'));
    },
  },
  {
    name: 'unmerged',
    answers: { delete_branch: { outcome: 'unmerged', commits: [] } },
    patch: ({ answers }) => {
      answers.delete_branch.commits = answers.history.commits.slice(3, 5);
    },
    act: async (page) => {
      await git('branches')(page);
      await page.click(id('branch-menu-spike/webhook-retries'));
      await page.click(id('branch-menu-delete'));
      await page.waitForSelector(id('unmerged-dialog'));
    },
  },
  {
    name: 'rejected',
    looks: ['light', 'dark', 'narrow'],
    act: async (page) => {
      await git('push')(page);
      await page.waitForSelector(id('push-rejected'));
    },
  },
  {
    name: 'rejected-new-branch',
    act: async (page) => {
      await git('push')(page);
      await page.click(id('next-pushToNewBranch'));
    },
  },
  {
    name: 'force-push',
    looks: ['light', 'dark'],
    act: async (page) => {
      await git('push')(page);
      await page.click(id('next-forcePush'));
    },
  },
  {
    name: 'secrets',
    looks: ['light', 'dark', 'narrow'],
    answers: { commit: { outcome: 'secretsFound', secrets } },
    act: async (page) => {
      await git('commit')(page);
      await page.fill(id('commit-message'), 'Send the key with every booking');
      await page.click(id('commit-submit'));
      await page.waitForSelector(id('secrets-dialog'));
      await page.click(`${id('secret-move')} >> nth=0`);
      await page.waitForSelector(id('secret-moved'));
      await page.click(`${id('secret-once')} >> nth=0`);
    },
  },
  {
    name: 'secrets-push',
    looks: ['light', 'dark'],
    answers: {},
    patch: ({ answers }) => {
      const commit = answers.history.commits[0];
      const held = secrets.slice(0, 2).map((secret) => ({ ...secret, commit }));
      answers.push = { outcome: 'secretsFound', secrets: held };
    },
    act: async (page) => {
      await git('push')(page);
      await page.waitForSelector(id('secrets-dialog'));
    },
  },
  { name: 'unrelated', answers: { push: { outcome: 'unrelated' } }, act: git('push') },
  {
    name: 'pushed',
    looks: ['light', 'dark'],
    answers: {
      push: {
        outcome: 'pushed',
        branch: 'feature/customs-forms',
        commits: 2,
        created: true,
        pullRequest: 'https://git.parcels.example/new',
        serverText: '',
        backup: null,
      },
    },
    act: async (page) => {
      await git('push')(page);
      await page.waitForSelector(id('toast-success'));
    },
  },
  {
    name: 'push-progress',
    looks: ['light', 'dark'],
    pending: { push: { stage: 'sending', done: 18, total: 41, bytes: 182000 } },
    act: async (page) => {
      await git('push')(page);
      await page.waitForSelector(id('operation'));
    },
  },
  {
    name: 'push-offline',
    looks: ['light', 'dark'],
    failures: { push: offline },
    act: async (page) => {
      await git('push')(page);
      await page.waitForSelector(id('toast-error'));
    },
  },
  {
    name: 'questions',
    looks: ['light', 'dark', 'narrow'],
    act: asks(0),
  },
  ...[
    ['row', 1, ['light', 'dark', 'narrow']],
    ['body', 2, ['light', 'dark', 'narrow']],
    ['script', 3, ['light', 'dark']],
    ['place', 4, ['light']],
    ['deleted', 5, ['light', 'dark', 'narrow']],
    ['value', 6, ['light']],
    ['spec', 7, ['light']],
    ['file', 8, ['light']],
  ].map(([name, n, looks]) => ({ name: `questions-${name}`, looks, act: asks(n) })),
  {
    name: 'questions-answered',
    looks: ['light', 'dark'],
    answers: { pull_fetched: { outcome: 'questions', merge: someAnswered } },
    act: asks(1),
  },
  {
    name: 'questions-edit',
    looks: ['light', 'dark'],
    act: async (page) => {
      await asks(2)(page);
      await page.click(id('edit-result'));
      await page.waitForSelector(id('result-text'));
    },
  },
  {
    name: 'questions-edit-row',
    looks: ['light', 'narrow'],
    act: async (page) => {
      await asks(1)(page);
      await page.keyboard.press('e');
      await page.waitForSelector(id('result-value'));
    },
  },
  {
    name: 'questions-refused',
    failures: {
      answer_question: {
        code: 'no-question',
        message: 'What this question is about has changed since.',
        unchanged: 'Nothing was changed.',
        advice: '',
      },
    },
    act: async (page) => {
      await asks(0)(page);
      await page.click(id('take-ours'));
      await page.waitForSelector(id('error-note'));
    },
  },
  {
    name: 'questions-gone',
    answers: {
      questions: null,
      project_view: { ...view, waiting: { what: { of: 'pull' }, branch: 'feature/customs-forms' } },
    },
    act: async (page) => {
      await open(page);
      await page.click(id('waiting-open'));
      await page.waitForSelector(id('questions-empty'));
    },
  },
  {
    name: 'waiting-banner',
    looks: ['light', 'dark', 'narrow'],
    answers: {
      project_view: { ...view, waiting: { what: { of: 'pull' }, branch: 'feature/customs-forms' } },
    },
    act: open,
  },
  {
    name: 'waiting-elsewhere',
    looks: ['light', 'narrow'],
    answers: { project_view: { ...view, waiting: { what: { of: 'pull' }, branch: 'main' } } },
    act: open,
  },
  {
    name: 'remote-settings',
    looks: ['light', 'dark'],
    answers: { remote_settings: settings },
    act: async (page) => {
      await git('remote-settings')(page);
      await page.waitForSelector(id('settings-token-stored'));
    },
  },
  {
    name: 'set-up-sync',
    answers: {
      project_view: { ...view, card: { ...view.card, remote: null, ahead: null, behind: null } },
      remote_settings: { ...settings, uri: null, token: 'none', host: null },
    },
    act: async (page) => {
      await git('remote-settings')(page);
      await page.waitForSelector(id('settings-push-snapshot'));
    },
  },
  { name: 'members', act: git('members') },
  {
    name: 'import',
    looks: ['light', 'dark', 'narrow'],
    answers: {
      pick_files: ['/home/dana/Downloads/parcels.postman_collection.json'],
      preview_import: imported,
    },
    act: async (page) => {
      await open(page);
      await page.click(id('tree-new'));
      await page.click(id('new-import'));
      await page.click(id('import-choose'));
      await page.waitForSelector(id('import-report'));
    },
  },
  {
    name: 'import-text',
    act: async (page) => {
      await open(page);
      await page.click(id('tree-new'));
      await page.click(id('new-import'));
      await page.click(id('import-from-text'));
      await page.fill(
        id('import-text'),
        "curl https://api.parcels.example/shipments \\\n  -H 'Accept: application/json'",
      );
    },
  },
  {
    name: 'import-error',
    failures: {
      preview_import: {
        code: 'nothing-to-import',
        message:
          'There is nothing to import here. Sheaf reads collections of Insomnia, Postman, Bruno and Yaak, OpenAPI, HAR and cURL commands.',
        unchanged: 'Nothing was changed.',
        advice: '',
      },
    },
    answers: { pick_files: ['/home/dana/Downloads/notes.txt'] },
    act: async (page) => {
      await open(page);
      await page.click(id('tree-new'));
      await page.click(id('new-import'));
      await page.click(id('import-choose'));
    },
  },
  {
    name: 'export',
    looks: ['light', 'dark', 'narrow'],
    act: async (page) => {
      await open(page);
      await page.click(`${id('tree')} [role=treeitem] >> nth=0`, { button: 'right' });
      await page.click('[data-testid$="export"]');
    },
  },
  {
    name: 'new-collection',
    act: async (page) => {
      await open(page);
      await page.click(id('tree-new'));
      await page.click(id('new-collection'));
    },
  },
  {
    name: 'events',
    looks: ['light', 'dark', 'narrow'],
    act: async (page) => {
      await openIn('req_get')(page);
      await page.keyboard.press('Control+Shift+e');
      await page.click(`${id('event-row')} >> nth=8`);
    },
  },
  {
    name: 'large-type',
    answers: { user_settings: { ...userSettings, editorFontSize: 20, treeWidth: 360 } },
    act: openIn('spc_parcels'),
  },
];
