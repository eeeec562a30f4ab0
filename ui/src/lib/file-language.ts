import type { Language } from './codemirror';

const byEnding: Record<string, Language> = {
  json: 'json',
  yaml: 'yaml',
  yml: 'yaml',
  js: 'javascript',
  mjs: 'javascript',
  ts: 'javascript',
  xml: 'xml',
  html: 'xml',
  svg: 'xml',
  graphql: 'graphql',
  gql: 'graphql',
  proto: 'proto',
};

/** What a file is written in, as its name says. */
export const languageOfFile = (path: string): Language =>
  byEnding[(/\.(\w+)$/.exec(path)?.[1] ?? '').toLowerCase()] ?? 'text';
