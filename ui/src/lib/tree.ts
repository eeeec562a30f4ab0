import type { ChangeBadge } from '../bindings/ChangeBadge';
import type { ChangeKind } from '../bindings/ChangeKind';
import type { CollectionTree } from '../bindings/CollectionTree';
import type { TreeNode } from '../bindings/TreeNode';

/** Parts of a collection below its requests, each behind a heading. */
export const sections = [
  { key: 'environments', name: 'Environments', kind: 'Environment' },
  { key: 'tests', name: 'Tests', kind: 'UnitTestSuite' },
  { key: 'others', name: 'More', kind: 'File' },
] as const;

export const sectionId = (collection: string, key: string) => `${collection}/${key}`;

/** Every node below, itself first. */
export function* walk(nodes: TreeNode[]): Generator<TreeNode> {
  for (const node of nodes) {
    yield node;
    yield* walk(node.children);
  }
}

export function* allNodes(collection: CollectionTree): Generator<TreeNode> {
  yield* walk(collection.items);
  if (collection.spec) yield* walk([collection.spec]);
  yield* walk(collection.environments);
  yield* walk(collection.tests);
  yield* walk(collection.others);
}

/** Where a node stands. */
export interface Placed {
  node: TreeNode;
  collection: CollectionTree;
  /** Ids of the lines that hold it, the collection first. */
  holders: readonly string[];
}

const indexes = new WeakMap<CollectionTree[], ReadonlyMap<string, Placed>>();

/** All nodes by id. Made once for a view. */
export function indexOf(collections: CollectionTree[]): ReadonlyMap<string, Placed> {
  const known = indexes.get(collections);
  if (known) return known;
  const index = new Map<string, Placed>();
  for (const collection of collections) {
    const add = (nodes: TreeNode[], holders: readonly string[]) => {
      for (const node of nodes) {
        if (!index.has(node.id)) index.set(node.id, { node, collection, holders });
        if (node.children.length > 0) add(node.children, [...holders, node.id]);
      }
    };
    add(collection.items, [collection.id]);
    if (collection.spec) add([collection.spec], [collection.id]);
    for (const { key } of sections) add(collection[key], [collection.id, sectionId(collection.id, key)]);
  }
  indexes.set(collections, index);
  return index;
}

/** Node by id, in any collection. */
export const findNode = (collections: CollectionTree[], id: string): TreeNode | null =>
  indexOf(collections).get(id)?.node ?? null;

/** How many changed resources lie in each line that holds some, so that a folded one can say so. */
export function changesInside(
  collections: CollectionTree[],
  changed: ReadonlyMap<string, ChangeKind>,
): ReadonlyMap<string, number> {
  const index = indexOf(collections);
  const counts = new Map<string, number>();
  for (const id of changed.keys()) {
    for (const holder of index.get(id)?.holders ?? []) counts.set(holder, (counts.get(holder) ?? 0) + 1);
  }
  return counts;
}

/** What happened to each changed resource. */
export const changesById = (badges: ChangeBadge[]): ReadonlyMap<string, ChangeKind> =>
  new Map(badges.map(({ id, change }) => [id, change]));

/** `after`, with every part that is as it was taken from `before`: what did not change is then known without a look. */
export function keepSame<T>(before: T, after: T): T {
  if (before === after || typeof before !== 'object' || typeof after !== 'object') return after;
  if (before === null || after === null || Array.isArray(before) !== Array.isArray(after)) return after;
  const old = before as Record<string, unknown>;
  const now = after as Record<string, unknown>;
  const keys = Object.keys(now);
  let same = keys.length === Object.keys(old).length;
  for (const key of keys) {
    const kept = keepSame(old[key], now[key]);
    now[key] = kept;
    if (kept !== old[key]) same = false;
  }
  return same ? before : after;
}
