import type { AskedQuestion } from '../bindings/AskedQuestion';
import type { Language } from '../lib/codemirror';
import { jsonMap } from '../lib/json';

/** How the values of a question are shown and edited. */
export type Shape =
  /** A text of one line. */
  | { as: 'line' }
  | { as: 'number' }
  | { as: 'flag' }
  /** Text of several lines, compared by lines. */
  | { as: 'code'; language: Language }
  /** A header, parameter or the like. */
  | { as: 'row' }
  /** Anything else, as JSON. */
  | { as: 'data' }
  | { as: 'place' }
  | { as: 'resource' }
  /** A file that is no text. */
  | { as: 'binary' };

const isRow = (value: unknown) =>
  typeof value === 'object' && value !== null && typeof (value as { name?: unknown }).name === 'string';

export function shapeOf(asked: AskedQuestion): Shape {
  const values = [asked.ours, asked.theirs, asked.base].filter((value) => value !== undefined);
  const all = (fits: (value: unknown) => boolean) => values.every(fits);
  if (asked.asks === 'place') return { as: 'place' };
  if (asked.asks === 'deleted') return { as: 'resource' };
  if (asked.asks === 'file') {
    return values.some((value) => value === null)
      ? { as: 'binary' }
      : { as: 'code', language: languageOfFile(asked.file) };
  }
  if (all((value) => typeof value === 'boolean')) return { as: 'flag' };
  if (all((value) => typeof value === 'number')) return { as: 'number' };
  if (all((value) => typeof value === 'string')) {
    const texts = values as string[];
    const language = languageOfField(asked.field ?? '', texts);
    return language !== 'text' || texts.some((text) => text.includes('\n'))
      ? { as: 'code', language }
      : { as: 'line' };
  }
  if (!(asked.field ?? '').startsWith('data') && all(isRow)) return { as: 'row' };
  return { as: 'data' };
}

/** Can something else than one of the two sides be the answer? */
export const isEditable = ({ as }: Shape) => as !== 'place' && as !== 'resource' && as !== 'binary';

function languageOfField(field: string, texts: string[]): Language {
  if (/[sS]cript$|^code$/.test(field)) return 'javascript';
  if (field === 'contents') return 'yaml';
  if (field === 'protoText') return 'proto';
  const isJson = (text: string) => text.trimStart().startsWith('{') && jsonMap(text) !== null;
  return texts.some((text) => text.includes('\n')) && texts.some(isJson) ? 'json' : 'text';
}

function languageOfFile(path: string): Language {
  const end = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  const known: Record<string, Language> = {
    json: 'json',
    yml: 'yaml',
    yaml: 'yaml',
    js: 'javascript',
    ts: 'javascript',
    xml: 'xml',
    graphql: 'graphql',
    proto: 'proto',
  };
  return known[end] ?? 'text';
}
