/** A path with `~` for the home folder. */
export const homely = (path: string) =>
  path.replace(/^(\/home\/[^/]+|\/Users\/[^/]+|[A-Za-z]:\\Users\\[^\\]+)(?=[/\\]|$)/, '~');

/** The end of a path, cut at a separator: "…/work/parcels". */
export function endOfPath(path: string, most = 24): string {
  const short = homely(path);
  if (short.length <= most) return short;
  const parts = short.split(/(?=[/\\])/);
  let end = parts.pop() ?? '';
  for (let part = parts.pop(); part !== undefined && end.length + part.length < most; part = parts.pop()) {
    end = part + end;
  }
  return `…${end}`;
}
