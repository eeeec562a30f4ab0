import { EditorView } from '@codemirror/view';
import { screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { node } from '../test/data';
import { openEditor } from '../test/editor';
import { requestTab } from './request-tab.svelte';

const click = (testid: string) => userEvent.click(screen.getByTestId(testid));
const pick = (testid: string, value: string) => userEvent.selectOptions(screen.getByTestId(testid), value);
const type = (testid: string, text: string) => userEvent.type(screen.getByTestId(testid), text);
const value = (testid: string) => screen.getByTestId<HTMLInputElement>(testid).value;
function code(testid: string, text: string) {
  const view = EditorView.findFromDOM(screen.getByTestId(testid));
  view?.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
}

beforeEach(() => (requestTab.value = 'params'));

test('path parameters follow from the URL and keep their values', async () => {
  const it = await openEditor({
    kind: 'Request',
    fields: {
      method: 'GET',
      url: 'https://x/users/:id/posts/:post?a=:no',
      pathParameters: [{ name: 'id', value: '42' }],
    },
  });
  expect(value('path-params-0-value')).toBe('42');
  expect(value('path-params-1-name')).toBe('post');
  await type('path-params-1-value', '7');
  expect(await it.edits()).toEqual([
    {
      path: 'pathParameters',
      value: [
        { name: 'id', value: '42' },
        { name: 'post', value: '7' },
      ],
    },
  ]);
});

test('another kind of body takes the header along, and the first comes back as it was', async () => {
  const it = await openEditor({
    kind: 'Request',
    fields: { method: 'POST', url: '', headers: [], body: { mimeType: 'application/json', text: '{"a":1}' } },
  });
  await click('request-tab-body');
  await pick('body-kind', 'multipart');
  expect(await it.edits()).toEqual([
    { path: 'body', value: { mimeType: 'multipart/form-data', params: [] } },
    { path: 'headers', value: [{ name: 'Content-Type', value: 'multipart/form-data' }] },
  ]);
  await pick('body-kind', 'none');
  await pick('body-kind', 'yaml');
  expect((await it.edits())[0]).toEqual({
    path: 'body',
    value: { mimeType: 'application/yaml', text: '{"a":1}' },
  });
  await click('edit-undo');
  await click('edit-undo');
  expect(screen.getByTestId('form-table')).toBeTruthy();
});

test('a multipart row is a text, a text with a content type, or a file', async () => {
  const it = await openEditor({
    kind: 'Request',
    fields: {
      method: 'POST',
      url: '',
      body: { mimeType: 'multipart/form-data', params: [{ id: 'p', name: 'a', value: '1' }] },
    },
  });
  await click('request-tab-body');
  await pick('form-0-kind', 'application/json');
  expect(await it.edits()).toEqual([
    {
      path: 'body.params',
      value: [{ id: 'p', name: 'a', value: '1', type: 'text', multiline: 'application/json' }],
    },
  ]);
  await pick('form-0-kind', 'file');
  await type('form-0-value', '/x');
  expect(await it.edits()).toEqual([
    { path: 'body.params', value: [{ id: 'p', name: 'a', value: '1', type: 'file', fileName: '/x' }] },
  ]);
});

test('a GraphQL body is kept as Insomnia’s JSON text with keys it does not know', async () => {
  const it = await openEditor({
    kind: 'Request',
    fields: {
      method: 'POST',
      url: '',
      body: { mimeType: 'application/graphql', text: '{"query":"{ a }","extensions":{"x":1}}' },
    },
  });
  await click('request-tab-body');
  code('graphql-query', 'query A { a }');
  code('graphql-variables', '{"id": 1}');
  await type('graphql-operation', 'A');
  expect(await it.edits()).toEqual([
    {
      path: 'body.text',
      value: '{"query":"query A { a }","extensions":{"x":1},"variables":{"id":1},"operationName":"A"}',
    },
  ]);
});

test('each kind of authentication has its fields, and what was typed under one comes back', async () => {
  const it = await openEditor({
    kind: 'Request',
    fields: { method: 'GET', url: '', authentication: { type: 'basic', username: 'dana', password: 's' } },
  });
  await click('request-tab-auth');
  await pick('auth-type', 'oauth1');
  await type('auth-consumerSecret', 'c');
  await pick('auth-signatureMethod', 'RSA-SHA1');
  expect(screen.getByTestId('auth-privateKey')).toBeTruthy();
  expect(await it.edits()).toEqual([
    { path: 'authentication', value: { type: 'oauth1' } },
    { path: 'authentication.consumerSecret', value: 'c' },
    { path: 'authentication.signatureMethod', value: 'RSA-SHA1' },
  ]);
  await pick('auth-type', 'basic');
  expect(value('auth-username')).toBe('dana');
  await click('auth-enabled');
  expect(await it.edits()).toEqual([
    { path: 'authentication', value: { type: 'basic', username: 'dana', password: 's' } },
    { path: 'authentication.disabled', value: true },
  ]);
});

test('OAuth 2 shows what its grant needs', async () => {
  await openEditor({
    kind: 'Request',
    fields: { method: 'GET', url: '', authentication: { type: 'oauth2' } },
  });
  await click('request-tab-auth');
  expect(screen.getByTestId('auth-usePkce')).toBeTruthy();
  expect(screen.queryByTestId('auth-username')).toBeNull();
  await pick('auth-grantType', 'password');
  expect(screen.getByTestId('auth-username')).toBeTruthy();
  expect(screen.queryByTestId('auth-authorizationUrl')).toBeNull();
});

test('settings are single fields, and rendering of the body is told the right way round', async () => {
  const it = await openEditor({ kind: 'Request', fields: { method: 'GET', url: '' } });
  await click('request-tab-settings');
  await click('field-settingSendCookies');
  await click('field-settingDisableRenderRequestBody');
  await pick('field-settingFollowRedirects', 'off');
  expect(await it.edits()).toEqual([
    { path: 'settingSendCookies', value: false },
    { path: 'settingDisableRenderRequestBody', value: true },
    { path: 'settingFollowRedirects', value: 'off' },
  ]);
});

test('rows move by key, are turned off, edited in bulk and pasted', async () => {
  const it = await openEditor({
    kind: 'Request',
    fields: {
      method: 'GET',
      url: '',
      headers: [
        { id: 'p1', name: 'A', value: '1' },
        { id: 'p2', name: 'B', value: '2', description: 'why' },
      ],
    },
  });
  await click('request-tab-headers');
  await click('headers-1-name');
  await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}');
  expect(document.activeElement).toBe(screen.getByTestId('headers-0-name'));
  await click('headers-1-on');
  expect(await it.edits()).toEqual([
    {
      path: 'headers',
      value: [
        { id: 'p2', name: 'B', value: '2', description: 'why' },
        { id: 'p1', name: 'A', value: '1', disabled: true },
      ],
    },
  ]);
  await click('headers-2-name');
  await userEvent.paste('C: 3\nD: 4');
  expect(await it.edits()).toMatchObject([
    { value: [{ id: 'p2' }, { id: 'p1' }, { name: 'C', value: '3' }, { name: 'D', value: '4' }] },
  ]);
  await click('headers-bulk');
  code('headers-text', 'B: 9\n# A: 1');
  expect(await it.edits()).toEqual([
    {
      path: 'headers',
      value: [
        { id: 'p2', name: 'B', value: '9', description: 'why' },
        { id: 'p1', name: 'A', value: '1', disabled: true },
      ],
    },
  ]);
});

test('a gRPC request has proto file, method, metadata, message and reflection', async () => {
  const it = await openEditor({
    kind: 'GrpcRequest',
    fields: { url: 'grpc.example:443', protoFileId: 'pf_gone', body: { text: '{}' }, metadata: [] },
    others: [node('pf_1', 'ProtoFile', 'track.proto')],
  });
  expect(screen.getByText('A file that is not in the collection')).toBeTruthy();
  await pick('field-proto-file', 'pf_1');
  await type('field-proto-method', '/a.B/C');
  code('field-body', '{"a":1}');
  await click('grpc-tab-metadata');
  await type('metadata-0-name', 'x');
  await click('grpc-tab-reflection');
  await click('field-reflection');
  await type('field-reflection-module', 'm');
  expect(await it.edits()).toEqual([
    { path: 'protoFileId', value: 'pf_1' },
    { path: 'protoMethodName', value: '/a.B/C' },
    { path: 'body.text', value: '{"a":1}' },
    { path: 'metadata', value: [{ name: 'x', value: '' }] },
    { path: 'reflectionApi.enabled', value: true },
    { path: 'reflectionApi.module', value: 'm' },
  ]);
});

test('a WebSocket request has payloads, a Socket.IO request events and a path', async () => {
  await openEditor({
    kind: 'WebSocketRequest',
    fields: { url: 'wss://x', headers: [], parameters: [] },
    children: [node('ws-payload_1', 'WebSocketPayload', 'Subscribe')],
  });
  await click('request-tab-payloads');
  expect(screen.getByTestId('payload-ws-payload_1')).toBeTruthy();
  expect(screen.queryByTestId('request-tab-body')).toBeNull();
});

test('events to listen to are rows of their own kind', async () => {
  const it = await openEditor({ kind: 'SocketIORequest', fields: { url: 'https://x', eventListeners: [] } });
  await click('request-tab-listeners');
  await type('listeners-0-eventName', 'm');
  await click('request-tab-settings');
  await type('field-settingPath', '/io');
  const [events, path] = await it.edits();
  expect(events).toMatchObject({
    path: 'eventListeners',
    value: [{ id: expect.any(String) as string, eventName: 'm', desc: '', isOpen: true }],
  });
  expect(path).toEqual({ path: 'settingPath', value: '/io' });
});

test('a pasted cURL command fills the request as one step, and keeps its name', async () => {
  const it = await openEditor({
    kind: 'Request',
    fields: { method: 'GET', url: '', headers: [], body: {} },
    answers: {
      parse_curl: {
        fields: { name: 'x', url: 'https://y', method: 'POST', headers: [{ name: 'A', value: '1' }] },
      },
    },
  });
  await click('field-url');
  await userEvent.paste('curl -X POST https://y -H "A: 1"');
  await waitFor(() => expect(value('field-url')).toBe('https://y'));
  expect(it.of('parse_curl')).toEqual([{ text: 'curl -X POST https://y -H "A: 1"' }]);
  expect(await it.edits()).toEqual([
    { path: 'url', value: 'https://y' },
    { path: 'method', value: 'POST' },
    { path: 'headers', value: [{ name: 'A', value: '1' }] },
  ]);
  await click('edit-undo');
  expect(value('field-url')).toBe('');
  expect(value('field-method')).toBe('GET');
});
