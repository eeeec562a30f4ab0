import type { Fields } from './fields';
import { pretty } from './json';

const isRow = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && 'name' in value;

/** A value as people read it: text as it is, rows as lines, the rest as JSON. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.length > 0 && value.every(isRow)) return value.map(rowText).join('\n');
  return pretty(value);
}

function rowText(row: Fields): string {
  const text = (key: string) => (typeof row[key] === 'string' ? row[key] : '');
  const value = row.type === 'file' ? `@${text('fileName')}` : text('value');
  return `${row.disabled === true ? '# ' : ''}${text('name')}: ${value}`;
}
