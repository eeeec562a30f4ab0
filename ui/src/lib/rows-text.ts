import { asText, type Fields } from './fields';

/** How a line goes on that holds more of the value before it. */
const MORE = '  | ';

/** Rows as lines to edit in bulk: `name: value`, with `# ` before those that are off. */
export const rowsText = (rows: Fields[]) => rows.map(lineOf).join('\n');

function lineOf(row: Fields): string {
  const value = row.type === 'file' ? `@${asText(row.fileName)}` : asText(row.value);
  const line = `${asText(row.name)}: ${value.replaceAll('\n', `\n${MORE}`)}`;
  return row.disabled === true ? `# ${line}` : line;
}

/** Rows from lines. A line that is as it was is the row it was, so that nothing of it is lost; others keep what the row
 * of their name, or else of their place, holds besides name and value. */
export function rowsFrom(text: string, before: Fields[]): Fields[] {
  const lines = entriesOf(text);
  const left = new Set(before.keys());
  const taken: (number | undefined)[] = lines.map(() => undefined);
  const take = (fits: (line: string, row: Fields, at: number, n: number) => boolean) =>
    lines.forEach((line, at) => {
      if (taken[at] !== undefined) return;
      const found = [...left].find((n) => fits(line, before[n] ?? {}, at, n));
      if (found === undefined) return;
      taken[at] = found;
      left.delete(found);
    });
  take((line, row) => line === lineOf(row));
  take((line, row) => parse(line).name === asText(row.name));
  take((_line, _row, at, n) => at === n);
  return lines.map((line, at) => {
    const row = before[taken[at] ?? -1];
    return row && line === lineOf(row) ? row : changed(row, line);
  });
}

/** Rows of a pasted text, where it is several lines that look like rows. */
export function pastedRows(text: string): Fields[] | null {
  const lines = entriesOf(text.replaceAll('\r\n', '\n'));
  const looksRight =
    lines.length > 1 && lines.every((line) => /^(#|\/\/)?\s*[^\s:=][^:=\t]*[:=\t]/.test(line));
  return looksRight ? lines.map((line) => changed(undefined, line)) : null;
}

/** Lines, each with those that belong to it; empty ones are none. */
function entriesOf(text: string): string[] {
  const entries: string[] = [];
  for (const line of text.split('\n')) {
    const last = entries.at(-1);
    if (line.startsWith(MORE) && last !== undefined) entries[entries.length - 1] = `${last}\n${line}`;
    else if (line.trim() !== '') entries.push(line);
  }
  return entries;
}

function parse(line: string): { name: string; value: string; off: boolean } {
  const off = /^\s*(#|\/\/)\s?/.exec(line);
  const rest = line.slice(off?.[0].length ?? 0).replaceAll(`\n${MORE}`, '\n');
  const colon = rest.indexOf(':');
  const at = colon >= 0 ? colon : rest.search(/[=\t]/);
  if (at < 0) return { name: rest.trim(), value: '', off: off !== null };
  return { name: rest.slice(0, at).trim(), value: rest.slice(at + 1).trim(), off: off !== null };
}

function changed(row: Fields | undefined, line: string): Fields {
  const { name, value, off } = parse(line);
  const { disabled: _, ...kept } = row ?? {};
  const isFile = kept.type === 'file' && value.startsWith('@');
  const next = isFile ? { ...kept, name, fileName: value.slice(1) } : { ...kept, name, value };
  return off ? { ...next, disabled: true } : next;
}
