/** How well a text in small letters answers a query; 0: not at all. Letters in order are enough, whole words are better. */
function score(where: string, query: string): number {
  if (where.startsWith(query)) return 4;
  if (where.includes(` ${query}`) || where.includes(`/${query}`)) return 3;
  if (where.includes(query)) return 2;
  let from = 0;
  for (const letter of query) {
    if (letter === ' ') continue;
    from = where.indexOf(letter, from) + 1;
    if (from === 0) return 0;
  }
  return 1;
}

/** All that points can be, the best first. `ASIDE` is for a query that stands in one of the lesser texts. */
const ASIDE = 1.5;
const POINTS = [4, 3, 2, ASIDE, 1];

/**
 * Finds, at each key, those that answer a query, the best first; equally good ones stay in order. The first of a thing's
 * texts counts most. What can be worked out before the first key is.
 */
export function ranker<T>(things: T[], textsOf: (thing: T) => string[]): (query: string) => T[] {
  const entries = things.map((thing) => {
    const [main = '', ...others] = textsOf(thing).map((text) => text.toLowerCase());
    return { thing, main, others };
  });
  return (query) => {
    const asked = query.trim().toLowerCase();
    if (!asked) return things;
    const found = new Map(POINTS.map((points): [number, T[]] => [points, []]));
    for (const { thing, main, others } of entries) {
      const aside = others.some((text) => text.includes(asked)) ? ASIDE : 0;
      found.get(Math.max(score(main, asked), aside))?.push(thing);
    }
    return [...found.values()].flat();
  };
}

/** Ranks once; see `ranker`. */
export const rank = <T>(things: T[], query: string, textsOf: (thing: T) => string[]): T[] =>
  ranker(things, textsOf)(query);
