/** What people call the fields of a resource. */
const names: Record<string, string> = {
  url: 'URL',
  text: 'Text of the file',
  name: 'Name',
  method: 'Method',
  description: 'Description',
  headers: 'Headers',
  parameters: 'Query parameters',
  pathParameters: 'Path parameters',
  metadata: 'Metadata',
  body: 'Body',
  'body.text': 'Body',
  'body.params': 'Form fields',
  'body.fileName': 'File of the body',
  authentication: 'Authentication',
  preRequestScript: 'Script before the request',
  afterResponseScript: 'Script after the response',
  environment: 'Folder variables',
  data: 'Environment values',
  color: 'Colour',
  contents: 'Text of the API spec',
  fileName: 'File name',
  code: 'Test code',
  requestId: 'Request of the test',
  protoText: 'Proto text',
  protoFileId: 'Proto file',
  protoMethodName: 'Method',
  reflectionApi: 'Reflection API',
  eventListeners: 'Event listeners',
  statusCode: 'Status code',
  statusText: 'Status text',
  mimeType: 'Content type',
  cookies: 'Cookies',
};

/** A dotted path in words: "Authentication: token". */
export function fieldName(path: string): string {
  const known = names[path];
  if (known) return known;
  const [root = '', ...rest] = path.split('.');
  const holder = names[root] ?? root;
  return rest.length > 0 ? `${holder}: ${rest.join('.')}` : holder;
}
