import type { FieldEdit } from '../bindings/FieldEdit';
import { asList, asMap, asText, type Fields } from './fields';

/** Kinds of body that the editor offers. */
export type BodyKind =
  'none' | 'json' | 'xml' | 'yaml' | 'text' | 'other' | 'graphql' | 'form' | 'multipart' | 'file';

export const bodyKinds: { value: BodyKind; name: string; mimeType: string | null }[] = [
  { value: 'none', name: 'No body', mimeType: null },
  { value: 'json', name: 'JSON', mimeType: 'application/json' },
  { value: 'xml', name: 'XML', mimeType: 'application/xml' },
  { value: 'yaml', name: 'YAML', mimeType: 'application/yaml' },
  { value: 'text', name: 'Plain text', mimeType: 'text/plain' },
  { value: 'other', name: 'Other text', mimeType: 'text/html' },
  { value: 'graphql', name: 'GraphQL', mimeType: 'application/graphql' },
  { value: 'form', name: 'Form (URL encoded)', mimeType: 'application/x-www-form-urlencoded' },
  { value: 'multipart', name: 'Form (multipart)', mimeType: 'multipart/form-data' },
  { value: 'file', name: 'File', mimeType: 'application/octet-stream' },
];

const isText = (kind: BodyKind) => ['json', 'xml', 'yaml', 'text', 'other'].includes(kind);
export const holdsRows = (kind: BodyKind) => kind === 'form' || kind === 'multipart';

export function bodyKind(body: Fields): BodyKind {
  const mime = asText(body.mimeType).split(';')[0]?.trim() ?? '';
  const known = bodyKinds.find(({ value, mimeType }) => value !== 'other' && mimeType === mime);
  if (known) return known.value;
  if (/json$/.test(mime)) return 'json';
  if (/xml$/.test(mime)) return 'xml';
  if (/yaml$/.test(mime)) return 'yaml';
  if (mime) return 'other';
  if (asText(body.fileName)) return 'file';
  if (asList(body.params).length > 0) return 'form';
  return asText(body.text) ? 'text' : 'none';
}

/** The body as another kind: text stays text and rows stay rows, else it is what was typed under that kind before. */
export function withKind(body: Fields, kind: BodyKind, before: Fields | undefined = undefined): Fields {
  const mimeType = bodyKinds.find(({ value }) => value === kind)?.mimeType;
  if (kind === 'none' || !mimeType) return {};
  const from = bodyKind(body);
  if (isText(kind)) return { mimeType, text: asText((isText(from) ? body : before)?.text) };
  if (holdsRows(kind)) return { mimeType, params: asList((holdsRows(from) ? body : before)?.params) };
  if (before) return before;
  return kind === 'file' ? { mimeType, fileName: '' } : { mimeType, text: '' };
}

/** Which kinds share what was typed: all texts one, both forms one. */
export const shelfOf = (kind: BodyKind) => `body:${isText(kind) ? 'text' : holdsRows(kind) ? 'rows' : kind}`;

/** Insomnia sends what the header says: it goes along with the kind of body. */
export function contentTypeEdits(headers: unknown, before: Fields, after: Fields): FieldEdit[] {
  const rows = asList(headers);
  const at = rows.findIndex(({ name }) => asText(name).toLowerCase() === 'content-type');
  const sent = (body: Fields) => (bodyKind(body) === 'graphql' ? 'application/json' : asText(body.mimeType));
  const [old, wanted] = [sent(before), sent(after)];
  const row = rows[at];
  if (old === wanted || (row && asText(row.value) === wanted)) return [];
  if (!row)
    return wanted ? [{ path: 'headers', value: [...rows, { name: 'Content-Type', value: wanted }] }] : [];
  // One that says something else was written on purpose.
  if (asText(row.value).split(';')[0]?.trim() !== old.split(';')[0]?.trim()) return [];
  const value = wanted ? rows.with(at, { ...row, value: wanted }) : rows.filter((_row, n) => n !== at);
  return [{ path: 'headers', value }];
}

/** What a GraphQL body says; Insomnia keeps it as a JSON text. */
export interface GraphQl {
  query: string;
  variables: string;
  operationName: string;
}

/** The parts of a GraphQL body, or null where its text is none. */
export function graphQlOf(text: string): GraphQl | null {
  if (text.trim() === '') return { query: '', variables: '', operationName: '' };
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    const { query, variables, operationName } = asMap(value);
    const shown =
      typeof variables === 'string'
        ? variables
        : variables === undefined || variables === null
          ? ''
          : JSON.stringify(variables, null, 2);
    return { query: asText(query), variables: shown, operationName: asText(operationName) };
  } catch {
    return null;
  }
}

/** The text with one part changed; the others, and keys that Sheaf does not know, stay. */
export function withGraphQl(text: string, part: keyof GraphQl, value: string): string {
  const held = mapOf(text);
  const { [part]: old, ...rest } = held;
  if (part !== 'query' && value.trim() === '') return JSON.stringify({ query: '', ...rest });
  return JSON.stringify({
    query: '',
    ...held,
    [part]: part === 'variables' ? variablesOf(value, old) : value,
  });
}

/** The map a JSON text holds; an empty one where it holds none. */
function mapOf(text: string): Fields {
  try {
    return asMap(JSON.parse(text));
  } catch {
    return {};
  }
}

/** Variables stay a text where they were one, and while they are no JSON. */
function variablesOf(text: string, before: unknown): unknown {
  if (typeof before === 'string' && before.trim() !== '') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
