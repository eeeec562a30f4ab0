import type { ChangeBadge } from '../bindings/ChangeBadge';
import type { ChangeKind } from '../bindings/ChangeKind';
import type { CollectionTree } from '../bindings/CollectionTree';
import type { Layout } from '../bindings/Layout';
import type { Kind } from '../bindings/Kind';
import type { Problem } from '../bindings/Problem';
import type { TreeNode } from '../bindings/TreeNode';

/** One visible line of the tree. */
export interface Row {
  id: string;
  type: 'collection' | 'section' | 'node';
  kind: Kind;
  name: string;
  method: string | null;
  url: string | null;
  path: string;
  /** Colour of an environment. */
  color: string | null;
  problem: Problem | null;
  level: number;
  /** Id of the row that holds it. */
  holder: string | null;
  /** Id of the resource that holds it. */
  parent: string | null;
  collection: string;
  /** Where its collection is kept. */
  layout: Layout;
  readOnly: boolean;
  expandable: boolean;
  expanded: boolean;
  setSize: number;
  position: number;
  /** True for what can be moved among requests and folders. */
  movable: boolean;
}

export interface TreeView {
  /** Ids of folded rows; all others are open. */
  folded: ReadonlySet<string>;
  filter: string;
}

const sections: { key: 'environments' | 'tests' | 'others'; name: string; kind: Kind }[] = [
  { key: 'environments', name: 'Environments', kind: 'Environment' },
  { key: 'tests', name: 'Tests', kind: 'UnitTestSuite' },
  { key: 'others', name: 'More', kind: 'File' },
];

export const sectionId = (collection: string, key: string) => `${collection}/${key}`;

const hit = (node: TreeNode, filter: string) =>
  node.name.toLowerCase().includes(filter) ||
  (node.url ?? '').toLowerCase().includes(filter) ||
  (node.method ?? '').toLowerCase() === filter;

/** The tree without what the filter leaves out. A folder that matches keeps all it holds. */
export function filtered(nodes: TreeNode[], filter: string): TreeNode[] {
  if (!filter) return nodes;
  return nodes.flatMap((node) => {
    if (hit(node, filter)) return [node];
    const children = filtered(node.children, filter);
    return children.length > 0 ? [{ ...node, children }] : [];
  });
}

/** Lines of the tree in display order. */
export function rowsOf(collections: CollectionTree[], view: TreeView): Row[] {
  const filter = view.filter.trim().toLowerCase();
  const rows: Row[] = [];
  const isOpen = (id: string) => filter !== '' || !view.folded.has(id);

  function add(
    nodes: TreeNode[],
    at: { level: number; holder: string; parent: string; collection: CollectionTree; movable: boolean },
    setSize = nodes.length,
    from = 0,
  ) {
    nodes.forEach((node, i) => {
      const expandable = node.kind === 'RequestGroup' || node.children.length > 0;
      const expanded = expandable && isOpen(node.id);
      rows.push({
        id: node.id,
        type: 'node',
        kind: node.kind,
        name: node.name,
        method: node.method,
        url: node.url,
        path: node.path,
        color: node.color,
        problem: node.problem,
        level: at.level,
        holder: at.holder,
        parent: at.parent,
        collection: at.collection.id,
        layout: at.collection.layout,
        readOnly: at.collection.readOnly,
        expandable,
        expanded,
        setSize,
        position: from + i + 1,
        movable: at.movable && !at.collection.readOnly && node.problem === null,
      });
      if (expanded) {
        add(node.children, { ...at, level: at.level + 1, holder: node.id, parent: node.id });
      }
    });
  }

  collections.forEach((collection, i) => {
    const items = filtered(collection.items, filter);
    const spec = collection.spec ? filtered([collection.spec], filter) : [];
    const parts = sections
      .map((section) => ({ ...section, nodes: filtered(collection[section.key], filter) }))
      .filter((section) => section.nodes.length > 0);
    const named = collection.name.toLowerCase().includes(filter);
    const size = items.length + spec.length + parts.length;
    if (filter && !named && size === 0) return;

    const expanded = isOpen(collection.id);
    rows.push({
      ...blank,
      id: collection.id,
      type: 'collection',
      kind: 'Workspace',
      name: collection.name,
      path: collection.path,
      level: 1,
      holder: null,
      parent: null,
      collection: collection.id,
      layout: collection.layout,
      readOnly: collection.readOnly,
      expandable: true,
      expanded,
      setSize: collections.length,
      position: i + 1,
    });
    if (!expanded) return;
    const at = { level: 2, holder: collection.id, parent: collection.id, collection };
    add(spec, { ...at, movable: false }, size);
    add(items, { ...at, movable: true }, size, spec.length);
    parts.forEach((section, n) => {
      const id = sectionId(collection.id, section.key);
      const open = isOpen(id);
      rows.push({
        ...blank,
        id,
        type: 'section',
        kind: section.kind,
        name: section.name,
        path: '',
        level: 2,
        holder: collection.id,
        parent: collection.id,
        collection: collection.id,
        layout: collection.layout,
        readOnly: collection.readOnly,
        expandable: true,
        expanded: open,
        setSize: size,
        position: spec.length + items.length + n + 1,
      });
      if (open) add(section.nodes, { ...at, level: 3, holder: id, movable: false });
    });
  });
  return rows;
}

const blank = { method: null, url: null, color: null, problem: null, movable: false } as const;

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

/** Node by id, in any collection. */
export function findNode(collections: CollectionTree[], id: string): TreeNode | null {
  for (const collection of collections) {
    for (const node of allNodes(collection)) if (node.id === id) return node;
  }
  return null;
}

/** Ids of folders and collections that hold a change, so that a folded one can show a dot. */
export function holdersOfChanges(
  collections: CollectionTree[],
  changed: ReadonlyMap<string, ChangeKind>,
): ReadonlySet<string> {
  const holders = new Set<string>();
  const visit = (nodes: TreeNode[], above: string[]) => {
    for (const node of nodes) {
      if (changed.has(node.id)) above.forEach((id) => holders.add(id));
      visit(node.children, [...above, node.id]);
    }
  };
  for (const collection of collections) {
    visit(collection.items, [collection.id]);
    if (collection.spec) visit([collection.spec], [collection.id]);
    for (const { key } of sections) {
      visit(collection[key], [collection.id, sectionId(collection.id, key)]);
    }
  }
  return holders;
}

/** What happened to each changed resource. */
export const changesById = (badges: ChangeBadge[]): ReadonlyMap<string, ChangeKind> =>
  new Map(badges.map(({ id, change }) => [id, change]));
