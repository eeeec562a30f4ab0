import type { CollectionTree } from '../bindings/CollectionTree';
import type { Kind } from '../bindings/Kind';
import type { TreeNode } from '../bindings/TreeNode';
import { reaches } from './drop';
import { findNode } from './tree';

/** A collection or folder that something can be moved into. */
export interface Place {
  id: string;
  name: string;
  kind: Kind;
  /** 0 for a collection. */
  depth: number;
  /** True where it is now. */
  current: boolean;
}

const kept = ({ id, layout }: CollectionTree) => ({ collection: id, layout });

/** Where a request or folder can go, in the order of the tree; not into itself. */
export function placesFor(collections: CollectionTree[], id: string): Place[] {
  const own = collections.find((collection) => findNode([collection], id));
  if (!own) return [];
  const places: Place[] = [];
  const holds = (nodes: TreeNode[]) => nodes.some((node) => node.id === id);

  function add(nodes: TreeNode[], depth: number) {
    for (const node of nodes) {
      if (node.kind !== 'RequestGroup' || node.id === id || node.problem) continue;
      places.push({ id: node.id, name: node.name, kind: node.kind, depth, current: holds(node.children) });
      add(node.children, depth + 1);
    }
  }

  for (const collection of collections) {
    if (collection.readOnly || !reaches(kept(own), kept(collection))) continue;
    const current = holds(collection.items);
    places.push({ id: collection.id, name: collection.name, kind: 'Workspace', depth: 0, current });
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
