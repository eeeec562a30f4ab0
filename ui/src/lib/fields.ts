import type { FieldEdit } from '../bindings/FieldEdit';

export type Fields = Record<string, unknown>;

const isMap = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const asText = (value: unknown): string => (typeof value === 'string' ? value : '');
export const asMap = (value: unknown): Fields => (isMap(value) ? value : {});
export const asList = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isMap) : []);

/** A copy of `fields` with `value` at a dotted path; undefined removes. */
export function withValue(fields: Fields, path: string, value: unknown): Fields {
  const [key = '', ...rest] = path.split('.');
  if (rest.length === 0) {
    if (value !== undefined) return { ...fields, [key]: value };
    return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== key));
  }
  return { ...fields, [key]: withValue(asMap(fields[key]), rest.join('.'), value) };
}

/** The value at a dotted path; undefined where there is none. */
export function valueAt(fields: Fields, path: string): unknown {
  let value: unknown = fields;
  for (const key of path.split('.')) value = isMap(value) ? value[key] : undefined;
  return value;
}

/** Adds an edit to those that wait: what it covers is dropped, and it goes last. */
export function addEdit(edits: FieldEdit[], edit: FieldEdit): FieldEdit[] {
  const covered = (path: string) => path === edit.path || path.startsWith(`${edit.path}.`);
  return [...edits.filter(({ path }) => !covered(path)), edit];
}

/** Same data, whatever the order of keys. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((value, i) => same(value, b[i]));
  }
  if (!isMap(a) || !isMap(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]))
  );
}

const simpleKey = /^[\w-]+$/;

/** The smallest edits that turn one map below `path` into another: single keys where that is safe, else the whole map. */
export function mapEdits(path: string, before: Fields, after: Fields): FieldEdit[] {
  const whole = [{ path, value: after }];
  const kept = Object.keys(before).filter((key) => Object.hasOwn(after, key));
  const added = Object.keys(after).filter((key) => !Object.hasOwn(before, key));
  const gone = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  const changed = kept.filter((key) => !same(before[key], after[key]));

  const inOrder = Object.keys(after).join('\n') === [...kept, ...added].join('\n');
  const touched = [...added, ...gone, ...changed];
  const plain = touched.every((key) => simpleKey.test(key) && after[key] !== null);
  if (!inOrder || !plain) return whole;
  return touched.map((key) =>
    Object.hasOwn(after, key)
      ? { path: `${path}.${key}`, value: after[key] }
      : { path: `${path}.${key}`, value: undefined },
  );
}
