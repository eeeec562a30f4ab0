import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { disagreement } from '../test/data';
import { shell } from '../test/shell';
import DisagreeDialog from './DisagreeDialog.svelte';

function open() {
  shell({});
  const go = vi.fn(() => Promise.resolve());
  const onclose = vi.fn();
  render(DisagreeDialog, {
    entry: {
      kind: 'disagree',
      what: 'Pull',
      theirName: 'origin/main',
      disagreements: [disagreement('a.yml', 'List shipments'), disagreement('b.yml', 'Create shipment')],
      go,
    },
    top: true,
    onclose,
  });
  return { go, onclose };
}
const go = () => screen.getByTestId<HTMLButtonElement>('disagree-continue');

test('goes on only when all is answered, with one answer a file', async () => {
  const { go: run } = open();
  expect(screen.getByText(/Nothing was changed yet/)).toBeTruthy();
  expect(go().disabled).toBe(true);
  await userEvent.click(screen.getAllByTestId('take-mine')[0]!);
  expect(go().disabled).toBe(true);
  await userEvent.click(screen.getAllByTestId('take-theirs')[1]!);
  await userEvent.click(go());
  await waitFor(() => expect(run).toHaveBeenCalledWith({ 'a.yml': 'mine', 'b.yml': 'theirs' }));
});

test('one button answers all', async () => {
  const { go: run } = open();
  await userEvent.click(screen.getByTestId('all-theirs'));
  await userEvent.click(go());
  expect(run).toHaveBeenCalledWith({ 'a.yml': 'theirs', 'b.yml': 'theirs' });
});

test('cancelling does nothing', async () => {
  const { go: run, onclose } = open();
  await userEvent.click(screen.getByTestId('disagree-cancel'));
  expect(onclose).toHaveBeenCalled();
  expect(run).not.toHaveBeenCalled();
});
