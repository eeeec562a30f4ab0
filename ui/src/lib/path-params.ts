import { asText, type Fields } from './fields';

/** Names of the path parameters in a URL: `:id` right behind a slash. */
export function pathNames(url: string): string[] {
  const path = url.split(/[?#]/)[0] ?? '';
  return [...new Set([...path.matchAll(/\/:([^/?#:]+)/g)].map((match) => match[1] ?? ''))];
}

/** A row for each name in the URL with the value it has, then those that are kept though the URL lost them. */
export function pathRows(url: string, kept: Fields[]): Fields[] {
  const names = pathNames(url);
  const rows = names.map((name) => kept.find((row) => row.name === name) ?? { name, value: '' });
  return [...rows, ...kept.filter((row) => !names.includes(asText(row.name)) && asText(row.value) !== '')];
}
