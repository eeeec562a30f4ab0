import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { ResourceHits } from '../bindings/ResourceHits';
import { requestTab } from '../editor/request-tab.svelte';
import '../lib/goto';
import { hits } from '../parts';
import { resource, view } from '../test/data';
import { openProject } from '../test/project';
import { refuse, shell, type Arguments } from '../test/shell';
import TreePane from './TreePane.svelte';

const span = { start: 0, end: 4 };
const found: ResourceHits[] = [
  {
    id: 'req_1',
    kind: 'Request',
    name: 'List shipments',
    method: 'GET',
    location: ['Parcels', 'Shipments'],
    hits: [
      {
        path: 'name',
        label: 'name',
        snippet: 'List shipments',
        ranges: [span],
        line: 1,
        at: span,
        inKey: false,
      },
      {
        path: 'headers[0].value',
        label: 'header X-Tenant',
        snippet: 'acme',
        ranges: [span],
        line: 1,
        at: span,
        inKey: false,
      },
    ],
  },
];

async function open(
  answer: unknown = (args: Arguments) => {
    (args.onHits as { onmessage: (hits: ResourceHits[]) => void }).onmessage(found);
    return { resources: 1, hits: 2, complete: true };
  },
) {
  const calls = shell({ project_view: view(), resource: resource(), search: answer, cancel: null });
  const project = openProject();
  await project.reload();
  render(TreePane, { project });
  const field = screen.getByTestId('tree-search');
  return { ...calls, project, field };
}

test('names are filtered at once, contents are found by the shell', async () => {
  const { field, of } = await open();
  await userEvent.type(field, 'health');
  expect(screen.getAllByRole('treeitem').map((row) => row.dataset.row)).toEqual(['wrk_1', 'req_3']);
  expect(await screen.findByTestId('search-hit')).toBeTruthy();
  // What the tree shows by its name is not told twice.
  expect(screen.getAllByTestId('search-hit')).toHaveLength(1);
  expect(screen.getByTestId('search-hit').textContent).toContain('header X-Tenant');
  expect(screen.getByTestId('search-summary').textContent).toBe('1 hit in 1 resource');
  // The letters came faster than a search begins.
  expect(of('search')).toHaveLength(1);
  expect(of('search')[0]).toMatchObject({ project: '/p', query: 'health' });
});

test('F3 and Enter open the resource at the field', async () => {
  const { field, project } = await open();
  await hits.fetch();
  requestTab.value = 'params';
  await userEvent.type(field, 'acme');
  await screen.findByTestId('search-hit');
  await userEvent.keyboard('{F3}');
  expect(project.activeId).toBe('req_1');
  expect(project.active?.preview).toBe(true);
  expect(requestTab.value).toBe('headers');
  expect(screen.getByTestId('search-hit').getAttribute('aria-selected')).toBe('true');
});

test('options search anew, and what is wrong with a pattern is said', async () => {
  const { field, of } = await open(refuse('bad-pattern', 'This is no regular expression: unclosed group.'));
  await userEvent.type(field, 'a(');
  await userEvent.click(screen.getByTestId('search-regex'));
  expect(await screen.findByText(/unclosed group/)).toBeTruthy();
  expect(screen.getByTestId('search-summary').textContent).toBe('');
  await waitFor(() => expect(of('search').at(-1)).toMatchObject({ options: { regex: true } }));
});

test('a match far into its line is in sight', async () => {
  const snippet = "insomnia.environment.set('acme', next());";
  const at = { start: 26, end: 30 };
  const { field } = await open((args: Arguments) => {
    const hits = [
      { path: 'preRequestScript', label: 'script', snippet, ranges: [at], line: 1, at, inKey: false },
    ];
    (args.onHits as { onmessage: (hits: unknown[]) => void }).onmessage([{ ...found[0], hits }]);
    return { resources: 1, hits: 1, complete: true };
  });
  await userEvent.type(field, 'acme');
  const hit = await screen.findByTestId('search-hit');
  expect(hit.querySelector('mark')?.textContent).toBe('acme');
  expect(hit.querySelector('.snippet')?.textContent).toBe("…nt.set('acme', next());");
  expect(hit.title).toContain(snippet);
});

test('where nothing is found the way back is one click', async () => {
  const { field, project } = await open(() => ({ resources: 0, hits: 0, complete: true }));
  await userEvent.type(field, 'nowhere');
  await userEvent.click(await screen.findByText('Show everything'));
  expect(project.filter).toBe('');
  expect(screen.getAllByRole('treeitem').length).toBeGreaterThan(3);
});

test('the command leads to the search field', async () => {
  const { field, project } = await open();
  project.searching += 1;
  await waitFor(() => expect(document.activeElement).toBe(field));
});
