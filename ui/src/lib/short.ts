/** More than any line shows, and far less than what a browser can lay out in no time. */
const MOST = 400;

/** A text as one line of a list shows it: a name may be a megabyte long, and nobody would see its end. */
export function short<T extends string | null | undefined>(text: T, most = MOST): T {
  if (!text || text.length <= most) return text;
  // Half of a letter is none.
  const end = /[\uD800-\uDBFF]/.test(text[most - 1] ?? '') ? most - 1 : most;
  return `${text.slice(0, end)}…` as T;
}
