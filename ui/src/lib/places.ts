import type { CollectionTree } from '../bindings/CollectionTree';
import type { Kind } from '../bindings/Kind';
import type { TreeNode } from '../bindings/TreeNode';
import { indexOf } from './tree';

/** A collection or folder that something can be moved into. */
export interface Place {
  id: string;
  name: string;
  kind: Kind;
  /** 0 for a collection. */
  depth: number;
  /** True where all of it is now. */
  current: boolean;
}

/** Where requests and folders can go, in the order of the tree; not into themselves. */
export function placesFor(collections: CollectionTree[], ids: string[]): Place[] {
  const index = indexOf(collections);
  const moved = ids.flatMap((id) => index.get(id) ?? []);
  const holders = new Set(moved.map(({ holders: above }) => above.at(-1)));
  const isCurrent = (id: string) => holders.size === 1 && holders.has(id);
  const places: Place[] = [];

  function add(nodes: TreeNode[], depth: number) {
    for (const { id, name, kind, problem, children } of nodes) {
      if (kind !== 'RequestGroup' || ids.includes(id) || problem) continue;
      places.push({ id, name, kind, depth, current: isCurrent(id) });
      add(children, depth + 1);
    }
  }

  for (const collection of collections) {
    if (collection.readOnly || moved.length === 0) continue;
    const { id, name } = collection;
    places.push({ id, name, kind: 'Workspace', depth: 0, current: isCurrent(id) });
    add(collection.items, 1);
  }
  return places;
}

/** Every collection and folder that new requests can go into, in the order of the tree. */
export function holders(collections: CollectionTree[]): Place[] {
  const places: Place[] = [];
  function add(nodes: TreeNode[], depth: number) {
    for (const { id, name, kind, problem, children } of nodes) {
      if (kind !== 'RequestGroup' || problem) continue;
      places.push({ id, name, kind, depth, current: false });
      add(children, depth + 1);
    }
  }
  for (const { id, name, readOnly, items } of collections) {
    if (readOnly) continue;
    places.push({ id, name, kind: 'Workspace', depth: 0, current: false });
    add(items, 1);
  }
  return places;
}
