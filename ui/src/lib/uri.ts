/** Host of a URI, or the whole text where there is none. */
export function hostOf(uri: string): string {
  try {
    return new URL(uri).host || uri;
  } catch {
    return uri;
  }
}

/** Joins a folder and a name with the separator that the folder uses. */
export function joinPath(folder: string, name: string): string {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return `${folder.replace(/[/\\]+$/, '')}${separator}${name}`;
}

/** Shortens a path in the middle, so that its end stays readable. */
export function shortPath(path: string, length = 48): string {
  if (path.length <= length) return path;
  const keep = length - 1;
  return `${path.slice(0, Math.floor(keep * 0.35))}…${path.slice(-Math.ceil(keep * 0.65))}`;
}
