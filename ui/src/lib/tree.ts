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

/** The node that has a file to itself. */
export function nodeAt(collections: CollectionTree[], path: string): TreeNode | null {
  const found = [...indexOf(collections).values()].filter(({ node }) => node.path === path);
  return found.length === 1 ? (found[0]?.node ?? null) : null;
}

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
  if (before === null || after === null) return after;
  if (Array.isArray(before) && Array.isArray(after)) return keepItems(before, after) ? before : after;
  if (Array.isArray(before) || Array.isArray(after)) return after;
  return keepParts(before as Record<string, unknown>, after as Record<string, unknown>) ? before : after;
}

// Most parts are short texts that are alike: both loops pass over these before they ask anything else.

function keepItems(before: unknown[], after: unknown[]): boolean {
  let same = before.length === after.length;
  for (let at = 0; at < after.length; at += 1) {
    const [was, is] = [before[at], after[at]];
    if (was === is) continue;
    const kept = (after[at] = keepSame(was, is));
    if (kept !== was) same = false;
  }
  return same;
}

function keepParts(before: Record<string, unknown>, after: Record<string, unknown>): boolean {
  let same = true;
  let more = 0;
  for (const key in after) {
    more += 1;
    const [was, is] = [before[key], after[key]];
    if (was === is) continue;
    const kept = (after[key] = keepSame(was, is));
    if (kept !== was) same = false;
  }
  for (const _key in before) more -= 1;
  return same && more === 0;
}
