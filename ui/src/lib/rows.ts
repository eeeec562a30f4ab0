import type { CollectionTree } from '../bindings/CollectionTree';
import type { Kind } from '../bindings/Kind';
import type { Layout } from '../bindings/Layout';
import type { Problem } from '../bindings/Problem';
import type { TreeNode } from '../bindings/TreeNode';
import { sectionId, sections } from './tree';

/** Things of one group stand in one list and are moved within it. */
export type Group = 'request' | 'environment' | 'suite' | 'test';

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
  /** What it is moved among; null where it stays. */
  group: Group | null;
}

export interface TreeView {
  /** Ids of folded rows; all others are open. */
  folded: ReadonlySet<string>;
  filter: string;
}

const texts = new WeakMap<TreeNode, string>();

/** What a filter looks at, in small letters; made once for a node. */
function textOf(node: TreeNode): string {
  let text = texts.get(node);
  if (text === undefined) {
    text = `${node.name}\n${node.url ?? ''}`.toLowerCase();
    texts.set(node, text);
  }
  return text;
}

const hit = (node: TreeNode, filter: string) =>
  textOf(node).includes(filter) || node.method?.toLowerCase() === filter;

/** The tree without what the filter leaves out. A folder that matches keeps all it holds. */
export function filtered(nodes: TreeNode[], filter: string): TreeNode[] {
  if (!filter) return nodes;
  const kept: TreeNode[] = [];
  for (const node of nodes) {
    if (hit(node, filter)) {
      kept.push(node);
    } else if (node.children.length > 0) {
      const children = filtered(node.children, filter);
      if (children.length > 0) kept.push({ ...node, children });
    }
  }
  return kept;
}

const requests: ReadonlySet<Kind> = new Set<Kind>([
  'Request',
  'RequestGroup',
  'GrpcRequest',
  'WebSocketRequest',
  'SocketIORequest',
]);

/** What a node is moved among. The base environment stays where it is. */
function groupOf({ kind, problem }: TreeNode, level: number): Group | null {
  if (problem) return null;
  if (requests.has(kind)) return 'request';
  if (kind === 'UnitTestSuite') return 'suite';
  if (kind === 'UnitTest') return 'test';
  return kind === 'Environment' && level > 3 ? 'environment' : null;
}

/** Lines of the tree in display order. What is folded is not looked at. */
export function rowsOf(collections: CollectionTree[], view: TreeView): Row[] {
  const filter = view.filter.trim().toLowerCase();
  const rows: Row[] = [];
  const isOpen = (id: string) => filter !== '' || !view.folded.has(id);

  function add(
    collection: CollectionTree,
    nodes: TreeNode[],
    at: { level: number; holder: string; parent: string; setSize?: number; from?: number },
  ) {
    const setSize = at.setSize ?? nodes.length;
    let position = at.from ?? 0;
    for (const node of nodes) {
      position += 1;
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
        collection: collection.id,
        layout: collection.layout,
        readOnly: collection.readOnly,
        expandable,
        expanded,
        setSize,
        position,
        group: collection.readOnly ? null : groupOf(node, at.level),
      });
      if (expanded && node.children.length > 0) {
        add(collection, node.children, { level: at.level + 1, holder: node.id, parent: node.id });
      }
    }
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
    const common = {
      method: null,
      url: null,
      color: null,
      problem: null,
      group: null,
      collection: collection.id,
      layout: collection.layout,
      readOnly: collection.readOnly,
      expandable: true,
    };
    rows.push({
      ...common,
      id: collection.id,
      type: 'collection',
      kind: 'Workspace',
      name: collection.name,
      path: collection.path,
      level: 1,
      holder: null,
      parent: null,
      expanded,
      setSize: collections.length,
      position: i + 1,
    });
    if (!expanded) return;
    const at = { level: 2, holder: collection.id, parent: collection.id, setSize: size };
    add(collection, spec, at);
    add(collection, items, { ...at, from: spec.length });
    parts.forEach((section, n) => {
      const id = sectionId(collection.id, section.key);
      const open = isOpen(id);
      rows.push({
        ...common,
        id,
        type: 'section',
        kind: section.kind,
        name: section.name,
        path: '',
        level: 2,
        holder: collection.id,
        parent: collection.id,
        expanded: open,
        setSize: size,
        position: spec.length + items.length + n + 1,
      });
      if (open) add(collection, section.nodes, { level: 3, holder: id, parent: collection.id });
    });
  });
  return rows;
}
