/** How well a text answers a query; 0: not at all. Letters in order are enough, whole words are better. */
export function score(text: string, query: string): number {
  const where = text.toLowerCase();
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

/** Those that answer the query, the best first; the first of a thing's texts counts most. */
export function rank<T>(things: T[], query: string, textsOf: (thing: T) => string[]): T[] {
  const asked = query.trim().toLowerCase();
  if (!asked) return things;
  return things
    .map((thing, order) => {
      const [main = '', ...others] = textsOf(thing);
      const aside = Math.max(0, ...others.map((text) => (text.toLowerCase().includes(asked) ? 1.5 : 0)));
      return { thing, order, points: Math.max(score(main, asked), aside) };
    })
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points || a.order - b.order)
    .map(({ thing }) => thing);
}
