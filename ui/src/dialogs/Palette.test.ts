import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { app } from '../state/app.svelte';
import { collection, node, resource, view } from '../test/data';
import { openProject } from '../test/project';
import { shell } from '../test/shell';
import Palette from './Palette.svelte';

const items = Array.from({ length: 100 }, (_, n) => node(`req_${n}`, 'Request', `Request number ${n}`));

async function open() {
  shell({ project_view: view({ collections: [collection({ items })] }), resource: resource() });
  const project = openProject();
  await project.reload();
  app.project = project;
  render(Palette, { onclose: () => undefined });
  await userEvent.type(screen.getByTestId('palette-input'), 'number');
  return project;
}
const labels = () => screen.getAllByRole('option').map((line) => line.querySelector('.label')?.textContent);
const picked = () => screen.getByRole('option', { selected: true }).querySelector('.label')?.textContent;

test('lines follow the query, and come in numbers once somebody goes through them', async () => {
  await open();
  expect(labels()).toHaveLength(20);
  expect(picked()).toBe('Request number 0');
  await userEvent.keyboard('{ArrowUp}');
  expect(labels()).toHaveLength(60);
  expect(picked()).toBe('Request number 59');
  await userEvent.keyboard('{ArrowDown}{ArrowDown}');
  expect(picked()).toBe('Request number 1');
  await userEvent.type(screen.getByTestId('palette-input'), ' 42');
  expect(labels()).toEqual(['Request number 42']);
  expect(picked()).toBe('Request number 42');
});

test('Enter opens what is picked', async () => {
  const project = await open();
  await userEvent.type(screen.getByTestId('palette-input'), ' 7{ArrowDown}{Enter}');
  await expect.poll(() => project.activeId).toBe('req_70');
});
