import { EditorView } from '@codemirror/view';
import { screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { node } from '../test/data';
import { openEditor } from '../test/editor';
import { dialogs } from '../state/dialogs.svelte';
import { dataMode } from './data-mode.svelte';

const click = (testid: string) => userEvent.click(screen.getByTestId(testid));
const pick = (testid: string, value: string) => userEvent.selectOptions(screen.getByTestId(testid), value);
const type = (testid: string, text: string) => userEvent.type(screen.getByTestId(testid), text);
function code(testid: string, text: string) {
  const view = EditorView.findFromDOM(screen.getByTestId(testid));
  view?.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
}

beforeEach(() => (dataMode.value = 'table'));

test('a payload has a kind and a text', async () => {
  const it = await openEditor({ kind: 'WebSocketPayload', fields: { value: '', mode: 'application/json' } });
  await pick('field-mode', 'text/plain');
  code('field-value', 'hello');
  expect(await it.edits()).toEqual([
    { path: 'mode', value: 'text/plain' },
    { path: 'value', value: 'hello' },
  ]);
});

test('a mock server has its address and its routes', async () => {
  const it = await openEditor({
    kind: 'MockServer',
    fields: { url: '', useInsomniaCloud: true },
    children: [{ ...node('mock-route_1', 'MockRoute', '/labels'), method: 'GET' }],
  });
  await click('field-cloud');
  await type('field-url', 'http://localhost:1');
  expect(screen.getByTestId('route-mock-route_1').textContent).toContain('/labels');
  expect(await it.edits()).toEqual([
    { path: 'useInsomniaCloud', value: false },
    { path: 'url', value: 'http://localhost:1' },
  ]);
});

test('a mock route has what it answers; a status that is none is not saved', async () => {
  const it = await openEditor({
    kind: 'MockRoute',
    fields: {
      method: 'GET',
      statusCode: 200,
      statusText: '',
      mimeType: 'application/json',
      body: '',
      headers: [],
    },
  });
  await pick('field-method', 'POST');
  await userEvent.clear(screen.getByTestId('field-status'));
  await type('field-status', '20');
  expect(screen.getByText('From 100 to 599')).toBeTruthy();
  await type('field-status', '1');
  code('field-body', '{"ok":true}');
  await click('route-tab-headers');
  await type('headers-0-name', 'X');
  expect(await it.edits()).toEqual([
    { path: 'method', value: 'POST' },
    { path: 'statusCode', value: 201 },
    { path: 'body', value: '{"ok":true}' },
    { path: 'headers', value: [{ name: 'X', value: '' }] },
  ]);
});

test('an MCP client has its transport, environment and roots', async () => {
  const it = await openEditor({ kind: 'McpRequest', fields: { url: '', transportType: 'streamable-http' } });
  await pick('field-transport', 'stdio');
  await click('mcp-tab-env');
  await type('env-0-name', 'K');
  await click('env-0-on');
  await click('mcp-tab-roots');
  await type('roots-0-uri', 'f');
  expect(await it.edits()).toMatchObject([
    { path: 'transportType', value: 'stdio' },
    { path: 'env', value: [{ name: 'K', value: '', type: 'str', enabled: false }] },
    { path: 'roots', value: [{ name: '', uri: 'f' }] },
  ]);
});

test('proto text and cookies are fields', async () => {
  const proto = await openEditor({ kind: 'ProtoFile', fields: { protoText: '' } });
  code('field-proto', 'syntax = "proto3";');
  expect(await proto.edits()).toEqual([{ path: 'protoText', value: 'syntax = "proto3";' }]);
});

test('a cookie jar is a table', async () => {
  const it = await openEditor({
    kind: 'CookieJar',
    fields: { cookies: [{ id: 'c', key: 'sid', value: 'a', domain: 'x', path: '/', hostOnly: true }] },
  });
  await click('cookies-0-secure');
  expect(await it.edits()).toEqual([
    {
      path: 'cookies',
      value: [{ id: 'c', key: 'sid', value: 'a', domain: 'x', path: '/', hostOnly: true, secure: true }],
    },
  ]);
});

test('a folder has headers, authentication, variables and scripts', async () => {
  const it = await openEditor({ kind: 'RequestGroup', fields: { environment: { a: 1 }, headers: null } });
  await click('folder-tab-environment');
  await type('data-0-value', '2');
  await click('folder-tab-headers');
  await type('headers-0-name', 'X');
  await click('folder-tab-auth');
  await pick('auth-type', 'bearer');
  await click('folder-tab-scripts');
  code('field-pre-script', 'x()');
  expect(await it.edits()).toEqual([
    { path: 'environment.a', value: 12 },
    { path: 'headers', value: [{ name: 'X', value: '' }] },
    { path: 'authentication', value: { type: 'bearer' } },
    { path: 'preRequestScript', value: 'x()' },
  ]);
});

test('environment values are a table or JSON, and a row without a name waits', async () => {
  const it = await openEditor({
    kind: 'Environment',
    parentId: 'wrk_1',
    fields: { data: { url: 'a' }, dataPropertyOrder: null },
  });
  await type('data-1-value', 'v');
  expect(screen.getByTestId('field-data-problem').textContent).toContain('needs a name');
  expect(await it.edits()).toEqual([]);
  await type('data-1-name', 'k');
  expect(await it.edits()).toEqual([{ path: 'data.k', value: 'v' }]);
  await click('data-mode-json');
  code('field-data', '{"url":"b","k":"v"}');
  expect(await it.edits()).toEqual([{ path: 'data.url', value: 'b' }]);
});

test('a colour is chosen from the palette, typed, or none', async () => {
  const it = await openEditor({ kind: 'Environment', parentId: 'env_0', fields: { data: {}, color: null } });
  await click('field-color');
  await click('colour-violet');
  await userEvent.clear(screen.getByTestId('colour-hex'));
  await type('colour-hex', '#abc');
  expect(await it.edits()).toEqual([{ path: 'color', value: '#abc' }]);
});

test('an environment is kept out of Git, and shared only after a question', async () => {
  const it = await openEditor({
    kind: 'Environment',
    parentId: 'env_0',
    path: '.git/sheaf/private/it.yml',
    fields: { data: {}, isPrivate: true },
  });
  expect(screen.getByTestId('env-private')).toBeTruthy();
  await click('env-share');
  await waitFor(() => expect(dialogs.list).toHaveLength(1));
  const [asked] = dialogs.list;
  if (asked?.kind === 'confirm') asked.answer(true);
  await waitFor(() =>
    expect(it.of('edit_resource')).toMatchObject([{ edits: [{ path: 'isPrivate', value: false }] }]),
  );
});

test('one that is marked private but lies in Git says so, and moves out by one press', async () => {
  const it = await openEditor({
    kind: 'Environment',
    parentId: 'env_0',
    fields: { data: {}, isPrivate: true },
  });
  expect(screen.getByTestId('env-leaks').textContent).toContain('in Git');
  await click('env-keep-out');
  await waitFor(() =>
    expect(it.of('edit_resource')).toMatchObject([{ edits: [{ path: 'isPrivate', value: true }] }]),
  );
});

test('the base environment lists those below it, to open, order, copy and delete', async () => {
  const it = await openEditor({
    kind: 'Environment',
    parentId: 'wrk_1',
    fields: { data: {} },
    children: [node('env_a', 'Environment', 'Staging'), node('env_b', 'Environment', 'Production')],
    answers: {
      move_resources: null,
      rename_resource: null,
      create_resource: { id: 'env_c', snapshot: null, notice: null },
    },
  });
  screen.getByTestId('env-env_b').focus();
  await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}');
  await waitFor(() =>
    expect(it.of('move_resources')).toMatchObject([{ ids: ['env_b'], parent: 'it', before: 'env_a' }]),
  );
  screen.getByTestId('env-env_a').focus();
  await userEvent.keyboard('{F2}');
  await userEvent.clear(screen.getByTestId('env-rename'));
  await type('env-rename', 'Test{Enter}');
  await waitFor(() => expect(it.of('rename_resource')).toMatchObject([{ id: 'env_a', name: 'Test' }]));
  await click('env-new');
  await waitFor(() =>
    expect(it.of('create_resource')).toMatchObject([{ kind: 'Environment', parent: 'it' }]),
  );
});
