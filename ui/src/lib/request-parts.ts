import type { Kind } from '../bindings/Kind';

/** The parts of a request that the editor shows as tabs. */
export type RequestTab =
  | 'params'
  | 'headers'
  | 'body'
  | 'auth'
  | 'payloads'
  | 'listeners'
  | 'message'
  | 'metadata'
  | 'reflection'
  | 'env'
  | 'docs'
  | 'scripts'
  | 'settings';

const parts: Partial<Record<Kind, RequestTab[]>> = {
  Request: ['params', 'headers', 'body', 'auth', 'docs', 'scripts', 'settings'],
  WebSocketRequest: ['params', 'headers', 'auth', 'payloads', 'docs', 'settings'],
  SocketIORequest: ['params', 'headers', 'auth', 'listeners', 'payloads', 'docs', 'settings'],
};

export const partsOf = (kind: Kind | undefined): RequestTab[] => parts[kind ?? 'Request'] ?? ['params'];

/** The part that shows a field. */
export function partOfField(path: string): RequestTab | null {
  const root = path.split('.')[0] ?? '';
  const table: Record<string, RequestTab> = {
    parameters: 'params',
    pathParameters: 'params',
    headers: 'headers',
    body: 'body',
    authentication: 'auth',
    eventListeners: 'listeners',
    metadata: 'metadata',
    reflectionApi: 'reflection',
    description: 'docs',
    preRequestScript: 'scripts',
    afterResponseScript: 'scripts',
  };
  return table[root] ?? (root.startsWith('setting') ? 'settings' : null);
}
