import { asText, type Fields } from './fields';

/** One column of a table of rows. */
export interface Column {
  key: string;
  title: string;
  /** Width as a grid track. */
  width: string;
  mono?: boolean;
  flag?: boolean;
  /** Only shown. */
  fixed?: boolean;
  /** Left out where the window is narrow. */
  wide?: boolean;
  suggest?: string[];
}

export const nameColumn: Column = { key: 'name', title: 'Name', width: 'minmax(90px, 1fr)', mono: true };
export const valueColumn: Column = {
  key: 'value',
  title: 'Value',
  width: 'minmax(110px, 1.4fr)',
  mono: true,
};
export const descriptionColumn: Column = {
  key: 'description',
  title: 'Description',
  width: 'minmax(80px, 1fr)',
  wide: true,
};

export const pairColumns = [nameColumn, valueColumn, descriptionColumn];

/** What a cell shows. A row that is a file shows its path as its value. */
export function cellText(row: Fields, { key }: Column): string {
  if (key === 'value' && row.type === 'file') return asText(row.fileName);
  const value = row[key];
  return typeof value === 'number' ? String(value) : asText(value);
}

/** The row with another text in a cell. */
export const withCell = (row: Fields, { key }: Column, text: string): Fields => ({
  ...row,
  [key === 'value' && row.type === 'file' ? 'fileName' : key]: text,
});

/** Which key says that a row is off, and how. */
export type Toggle = 'disabled' | 'enabled';

export const isOn = (row: Fields, toggle: Toggle) =>
  toggle === 'disabled' ? row.disabled !== true : row.enabled !== false;

export function turned(row: Fields, toggle: Toggle, on: boolean): Fields {
  if (toggle === 'enabled') return { ...row, enabled: on };
  const { disabled: _, ...kept } = row;
  return on ? kept : { ...kept, disabled: true };
}

/** Rows with one of them at another place. */
export function withMoved(rows: Fields[], from: number, to: number): Fields[] {
  const row = rows[from];
  if (!row || to < 0 || to >= rows.length || from === to) return rows;
  const rest = rows.filter((_row, n) => n !== from);
  return [...rest.slice(0, to), row, ...rest.slice(to)];
}
