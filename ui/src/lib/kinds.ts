import type { Kind } from '../bindings/Kind';

/** What people call a resource. */
export const kindNames: Record<Kind, string> = {
  Workspace: 'Collection',
  ApiSpec: 'API spec',
  Environment: 'Environment',
  RequestGroup: 'Folder',
  Request: 'Request',
  GrpcRequest: 'gRPC request',
  ProtoFile: 'Proto file',
  ProtoDirectory: 'Proto folder',
  WebSocketRequest: 'WebSocket request',
  WebSocketPayload: 'WebSocket payload',
  SocketIORequest: 'Socket.IO request',
  SocketIOPayload: 'Socket.IO payload',
  UnitTestSuite: 'Test suite',
  UnitTest: 'Test',
  MockServer: 'Mock server',
  MockRoute: 'Mock route',
  McpRequest: 'MCP request',
  CookieJar: 'Cookie jar',
  ProjectLintRuleset: 'Lint ruleset',
  File: 'File',
  Broken: 'Unreadable file',
};

/** Kinds without a form: their files are edited as text. */
export const formless: ReadonlySet<Kind> = new Set<Kind>(['ProjectLintRuleset', 'File', 'Broken']);

export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;

/** Short method for narrow places. */
export const shortMethod = (method: string) =>
  ({ DELETE: 'DEL', OPTIONS: 'OPT' })[method.toUpperCase()] ?? method.slice(0, 5);

const coloured: ReadonlySet<string> = new Set(['get', 'post', 'put', 'patch', 'delete']);

/** What a method is called where it has a colour. */
export function methodName(method: string): string {
  const name = method.toLowerCase();
  return coloured.has(name) ? name : 'other';
}

export const methodColour = (method: string) => `var(--method-${methodName(method)})`;
