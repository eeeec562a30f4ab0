import { matches } from '../lib/shortcuts';
import type { Row } from '../lib/rows';
import { indexOf } from '../lib/tree';
import { announcer } from '../state/announcer.svelte';
import type { OpenProject } from '../state/project.svelte';
import { cut, duplicateAll, isEditable, paste, removeAll, step } from './actions';

/** What the keys of the tree need of the page. */
export interface TreePage {
  show: (index: number) => void;
  activate: (row: Row, how: 'preview' | 'keep') => void;
  menuAt: (row: Row) => void;
  search: () => void;
  /** How many lines are on screen. */
  pageSize: () => number;
}

const TYPING = 700;

/** The keys of the tree. True where a key was one. */
export function treeKeys(project: OpenProject, page: TreePage) {
  let typed = '';
  let typedAt = 0;

  const lead = () => project.rows.findIndex(({ id }) => id === project.selectedId);

  function go(index: number, extend = false) {
    const at = Math.max(0, Math.min(index, project.rows.length - 1));
    const row = project.rows[at];
    if (!row) return;
    if (extend) {
      project.selection.extend(project.rows, row.id);
      announcer.say(`${String(project.selection.ids.size)} selected.`);
    } else {
      project.selection.only(row.id);
    }
    page.show(at);
  }

  function select(row: Row | undefined) {
    if (row) go(project.rows.indexOf(row));
  }

  function jump(letter: string) {
    const now = Date.now();
    typed = now - typedAt < TYPING ? typed + letter : letter;
    typedAt = now;
    const from = typed.length > 1 ? lead() : lead() + 1;
    const order = [...project.rows.slice(from), ...project.rows.slice(0, from)];
    select(order.find(({ name }) => name.toLowerCase().startsWith(typed)));
  }

  function selectLevel(row: Row) {
    const level = project.rows.filter(({ holder, type }) => holder === row.holder && type === row.type);
    project.selection.all(level);
    announcer.say(`${String(level.length)} selected.`);
  }

  /** Unfolds the lines beside one, with all that they hold. */
  function unfoldBeside(row: Row) {
    const beside = new Set(project.rows.filter(({ holder }) => holder === row.holder).map(({ id }) => id));
    const index = indexOf(project.collections);
    const isWithin = (id: string) =>
      row.holder === null ||
      beside.has(id) ||
      (index.get(id)?.holders ?? []).some((holder) => beside.has(holder));
    project.unfold(...[...project.folded].filter(isWithin));
  }

  function withModifier(event: KeyboardEvent, row: Row): (() => unknown) | null {
    const keys: [string, () => unknown][] = [
      ['Alt+ArrowUp', () => step(project, row, 'up')],
      ['Alt+ArrowDown', () => step(project, row, 'down')],
      ['Alt+ArrowLeft', () => step(project, row, 'out')],
      ['Alt+ArrowRight', () => step(project, row, 'in')],
      ['Shift+ArrowDown', () => go(lead() + 1, true)],
      ['Shift+ArrowUp', () => go(lead() - 1, true)],
      ['Shift+Home', () => go(0, true)],
      ['Shift+End', () => go(project.rows.length, true)],
      ['Shift+F10', () => page.menuAt(row)],
      ['Mod+a', () => selectLevel(row)],
      ['Mod+x', () => cut(project, row)],
      ['Mod+v', () => paste(project, row)],
      ['Mod+d', () => duplicateAll(project, row)],
      ['Mod+f', () => page.search()],
      ['Mod+ ', () => project.selection.toggle(row.id)],
    ];
    return keys.find(([shortcut]) => matches(event, shortcut))?.[1] ?? null;
  }

  function plain(event: KeyboardEvent, row: Row | undefined): (() => unknown) | null {
    const walking: Record<string, () => unknown> = {
      ArrowDown: () => go(lead() + 1),
      ArrowUp: () => go(lead() - 1),
      Home: () => go(0),
      End: () => go(project.rows.length),
      PageDown: () => go(lead() + page.pageSize()),
      PageUp: () => go(lead() - page.pageSize()),
    };
    const acting: Record<string, () => unknown> = row
      ? {
          ArrowRight: () => {
            if (row.expandable && !row.expanded) project.unfold(row.id);
            else if (row.expanded) go(lead() + 1);
          },
          ArrowLeft: () => {
            if (row.expanded) project.fold(row.id);
            else select(project.rows.find(({ id }) => id === row.holder));
          },
          Enter: () => page.activate(row, 'keep'),
          ' ': () => page.activate(row, 'preview'),
          F2: () => isEditable(row) && !row.problem && (project.renamingId = row.id),
          Delete: () => isEditable(row) && removeAll(project, row),
          Backspace: () => isEditable(row) && event.metaKey && removeAll(project, row),
          ContextMenu: () => page.menuAt(row),
          Escape: () => {
            project.cut = new Set();
            project.selection.only(row.id);
          },
        }
      : {};
    return walking[event.key] ?? acting[event.key] ?? null;
  }

  return (event: KeyboardEvent): boolean => {
    const row = project.rows[lead()];
    const bare = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    const act = (row ? withModifier(event, row) : null) ?? (bare ? plain(event, row) : null);
    if (act) {
      void act();
      return true;
    }
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
      if (event.key === '*' && row) unfoldBeside(row);
      else jump(event.key.toLowerCase());
      return true;
    }
    return false;
  };
}
