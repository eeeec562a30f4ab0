import { asList, asText, type Fields } from './fields';

/** Kinds of body that the editor offers. */
export type BodyKind = 'none' | 'json' | 'text' | 'xml' | 'graphql' | 'form' | 'multipart' | 'file' | 'other';

export const bodyKinds: { value: BodyKind; name: string; mimeType: string | null }[] = [
  { value: 'none', name: 'No body', mimeType: null },
  { value: 'json', name: 'JSON', mimeType: 'application/json' },
  { value: 'text', name: 'Plain text', mimeType: 'text/plain' },
  { value: 'xml', name: 'XML', mimeType: 'application/xml' },
  { value: 'graphql', name: 'GraphQL', mimeType: 'application/graphql' },
  { value: 'form', name: 'Form (URL encoded)', mimeType: 'application/x-www-form-urlencoded' },
  { value: 'multipart', name: 'Form (multipart)', mimeType: 'multipart/form-data' },
  { value: 'file', name: 'File', mimeType: 'application/octet-stream' },
];

export function bodyKind(body: Fields): BodyKind {
  const mime = asText(body.mimeType).split(';')[0]?.trim() ?? '';
  const known = bodyKinds.find(({ mimeType }) => mimeType === mime);
  if (known) return known.value;
  if (mime.endsWith('json')) return 'json';
  if (mime.endsWith('xml')) return 'xml';
  if (mime) return 'other';
  return asText(body.text) ? 'text' : 'none';
}

export const holdsRows = (kind: BodyKind) => kind === 'form' || kind === 'multipart';

/** The body as another kind: text stays text, rows stay rows. */
export function withKind(body: Fields, kind: BodyKind): Fields {
  const mimeType = bodyKinds.find(({ value }) => value === kind)?.mimeType;
  if (kind === 'none' || !mimeType) return {};
  if (holdsRows(kind)) return { mimeType, params: asList(body.params) };
  if (kind === 'file') return { mimeType, fileName: asText(body.fileName) };
  return { mimeType, text: asText(body.text) };
}
