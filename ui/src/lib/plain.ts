import type { Fields } from './fields';

const bookkeeping = new Set(['_id', 'type', 'parentId', 'modified', 'created', 'metaSortKey', 'isPrivate']);

/** The fields of a resource as lines that people can compare. */
export function plainText(fields: Fields): string {
  return Object.entries(fields)
    .filter(([key, value]) => !bookkeeping.has(key) && value !== null && value !== '')
    .map(([key, value]) => {
      const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
      return text.includes('\n') ? `${key}:\n${text.replace(/^/gm, '  ')}` : `${key}: ${text}`;
    })
    .join('\n');
}
