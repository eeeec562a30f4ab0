/** The first of many, no more of which are made. */
export function firstOf<T>(all: Iterable<T>, most: number): T[] {
  const first: T[] = [];
  for (const one of all) {
    if (first.push(one) === most) break;
  }
  return first;
}
