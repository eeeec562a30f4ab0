import type { FieldEdit } from '../bindings/FieldEdit';
import { asList, asMap, asText, mapEdits, same, type Fields } from './fields';

/** Where the order of the keys of a field is kept beside it. */
const orders: Record<string, string> = {
  data: 'dataPropertyOrder',
  environment: 'environmentPropertyOrder',
};

/** Key of the top level in an order map. */
const ROOT = '&';

/** The edits that give environment data another value, in the order it is given. */
export function dataEdits(fields: Fields, path: string, after: Fields): FieldEdit[] {
  const edits = mapEdits(path, asMap(fields[path]), after);
  const field = orders[path];
  const order = asMap(field ? fields[field] : undefined);
  const keys = Object.keys(after);
  if (!field || !(ROOT in order) || keys.length === 0) return edits;
  const old = Array.isArray(order[ROOT]) ? order[ROOT].map(String) : [];
  // What was only added at the end or removed is brought up to date by the shell.
  const followed = [
    ...old.filter((key) => Object.hasOwn(after, key)),
    ...keys.filter((key) => !old.includes(key)),
  ];
  if (same(followed, keys)) return edits;
  const whole = edits.some((edit) => edit.path === path) ? edits : [{ path, value: after }];
  return [...whole, { path: field, value: { ...order, [ROOT]: keys } }];
}

/** The data in the order Insomnia shows it. */
export function ordered(fields: Fields, path: string): Fields {
  const data = asMap(fields[path]);
  const field = orders[path];
  const listed = asMap(field ? fields[field] : undefined)[ROOT];
  if (!Array.isArray(listed)) return data;
  const known = listed.map(String).filter((key) => Object.hasOwn(data, key));
  const keys = [...known, ...Object.keys(data).filter((key) => !known.includes(key))];
  return Object.fromEntries(keys.map((key) => [key, data[key]]));
}

/** Data as rows: a text as it is, anything else as JSON. */
export const dataRows = (data: Fields): Fields[] =>
  Object.entries(data).map(([name, value]) => ({
    name,
    value: typeof value === 'string' && !readsAsValue(value) ? value : JSON.stringify(value),
  }));

/** What rows say that cannot be data: a name twice or none. */
export function rowsProblem(rows: Fields[]): string | null {
  const names = rows.map(({ name }) => asText(name));
  if (names.some((name) => name === '')) return 'A variable needs a name.';
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  return twice === undefined ? null : `There are two variables called “${twice}”.`;
}

/** Data from rows. A value that was not touched stays what it was. */
export function rowsData(rows: Fields[], before: Fields): Fields {
  const shown = new Map(dataRows(before).map(({ name, value }) => [name, value]));
  return Object.fromEntries(
    rows.map((row) => {
      const [name, text] = [asText(row.name), asText(row.value)];
      return [name, shown.get(name) === text ? before[name] : valueOf(text)];
    }),
  );
}

/** JSON where it is some, else text. */
function valueOf(text: string): unknown {
  if (!readsAsValue(text)) return text;
  return JSON.parse(text) as unknown;
}

function readsAsValue(text: string): boolean {
  if (!/^(\s*[[{"]|\s*-?\d|\s*(true|false|null)\s*$)/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Insomnia 11 and later may keep an environment as a table; its rows then decide and `data` follows. */
export function tableEdits(fields: Fields, rows: Fields[]): FieldEdit[] {
  const on = rows.filter(({ enabled }) => enabled !== false);
  const named = on.filter(({ name }) => asText(name) !== '');
  const data = Object.fromEntries(
    named.map((row) => [
      asText(row.name),
      row.type === 'json' ? valueOf(asText(row.value)) : asText(row.value),
    ]),
  );
  return [{ path: 'kvPairData', value: rows }, ...dataEdits(fields, 'data', data)];
}

export const isTable = (fields: Fields) =>
  fields.environmentType === 'kv' && asList(fields.kvPairData).length > 0;

/** True for a resource that Git never sees. */
export const isKeptOut = (path: string) => path.startsWith('.git/');
