import { asMap, same } from '../lib/fields';
import { fieldName } from '../lib/field-names';
import { valueText } from '../lib/value-text';

/** What differs between two versions of a resource, for people. */
export interface FieldDifference {
  field: string;
  label: string;
  before: string | null;
  after: string | null;
}

/** Times, ids and order are not what people lose. */
const bookkeeping = new Set([
  'modified',
  'created',
  'metaSortKey',
  'sortKey',
  'parentId',
  '_type',
  'type',
  '_id',
  'dataPropertyOrder',
  'environmentPropertyOrder',
]);

const isRow = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Rows without the ids that only programs see. */
const plain = (value: unknown): unknown =>
  Array.isArray(value) ? value.map((row: unknown) => (isRow(row) ? { ...row, id: undefined } : row)) : value;

export function differences(before: unknown, after: unknown): FieldDifference[] {
  const [was, is] = [asMap(before), asMap(after)];
  const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return keys
    .filter((key) => !bookkeeping.has(key) && !same(plain(was[key]), plain(is[key])))
    .map((key) => ({
      field: key,
      label: fieldName(key),
      before: was[key] === undefined ? null : valueText(was[key]),
      after: is[key] === undefined ? null : valueText(is[key]),
    }));
}
