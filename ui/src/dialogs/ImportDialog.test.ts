import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { ImportDone } from '../bindings/ImportDone';
import { openProject } from '../test/project';
import { refuse, shell } from '../test/shell';
import ImportDialog from './ImportDialog.svelte';

const done: ImportDone = {
  ids: ['wrk_new'],
  names: ['Parcels'],
  report: {
    source: 'Postman collection 2.1',
    taken: [
      { kind: 'Workspace', count: 1 },
      { kind: 'Request', count: 12 },
    ],
    changed: ['Scripts call insomnia where they called pm: Create.'],
    left: ['Saved examples of responses are not taken: Create.'],
    secrets: 2,
  },
};

const start = (table: Record<string, unknown>) => {
  const calls = shell({
    pick_files: ['/home/dana/parcels.json'],
    preview_import: done,
    import: done,
    ...table,
  });
  const onclose = vi.fn();
  render(ImportDialog, { project: openProject(), top: true, onclose });
  return { ...calls, onclose };
};

test('what would happen is shown before anything is written', async () => {
  const { of, onclose } = start({});
  await userEvent.click(screen.getByTestId('import-choose'));
  const report = await screen.findByTestId('import-report');
  expect(report.textContent).toContain('Postman collection 2.1');
  expect(report.textContent).toContain('12 requests');
  expect(screen.getByTestId('import-changed').textContent).toContain('called pm');
  expect(screen.getByTestId('import-left').textContent).toContain('Saved examples');
  expect(screen.getByTestId('import-secrets').textContent).toContain('2 values look');
  expect(of('import')).toEqual([]);
  await userEvent.click(screen.getByTestId('import-submit'));
  await waitFor(() => expect(onclose).toHaveBeenCalled());
  expect(of('import')).toEqual([
    { project: '/p', from: { kind: 'paths', paths: ['/home/dana/parcels.json'] }, into: null },
  ]);
});

test('a pasted command is looked at first, and again after it was changed', async () => {
  const { of } = start({});
  await userEvent.click(screen.getByTestId('import-from-text'));
  const submit = screen.getByTestId('import-submit');
  expect(submit).toHaveProperty('disabled', true);
  await userEvent.type(screen.getByTestId('import-text'), 'curl https://a.test');
  expect(submit.textContent).toContain('Look at it');
  await userEvent.click(submit);
  await screen.findByTestId('import-report');
  expect(submit.textContent).toContain('Import');
  await userEvent.type(screen.getByTestId('import-text'), '/b');
  expect(screen.queryByTestId('import-report')).toBeNull();
  expect(of('preview_import')).toEqual([
    { project: '/p', from: { kind: 'text', text: 'curl https://a.test' }, into: null },
  ]);
  expect(of('import')).toEqual([]);
});

test('what cannot be imported is said, and nothing can be imported', async () => {
  const { of } = start({ preview_import: refuse('nothing-to-import', 'There is nothing to import here.') });
  await userEvent.click(screen.getByTestId('import-choose'));
  expect(await screen.findByText('There is nothing to import here.')).toBeTruthy();
  expect(screen.queryByTestId('import-report')).toBeNull();
  expect(of('import')).toEqual([]);
});
