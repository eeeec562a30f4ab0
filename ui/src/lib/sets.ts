// Sets that are replaced as a whole: the page then looks once at each change, however much is in them.

export const setOf = <T>(items: Iterable<T> = []): ReadonlySet<T> => new Set(items);

export const plus = <T>(set: ReadonlySet<T>, item: T): ReadonlySet<T> => new Set([...set, item]);

/** Without these; the set itself where it holds none of them. */
export function minus<T>(set: ReadonlySet<T>, items: T[]): ReadonlySet<T> {
  if (!items.some((item) => set.has(item))) return set;
  const gone = new Set(items);
  return new Set([...set].filter((item) => !gone.has(item)));
}
