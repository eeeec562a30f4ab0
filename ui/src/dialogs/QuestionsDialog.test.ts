import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { Answer } from '../bindings/Answer';
import type { AskedQuestion } from '../bindings/AskedQuestion';
import type { MergeView } from '../bindings/MergeView';
import { merge, question, view } from '../test/data';
import { openProject } from '../test/project';
import { refuse, shell, type Arguments } from '../test/shell';
import QuestionsDialog from './QuestionsDialog.svelte';

/** A shell that keeps answers as the real one does. */
function keeping(questions: AskedQuestion[], over: Partial<MergeView>) {
  let now = questions;
  const set = (answerOf: (asked: AskedQuestion) => Answer | null) => {
    now = now.map((asked) => ({ ...asked, answer: answerOf(asked) }));
    return merge(now, over);
  };
  return {
    questions: () => merge(now, over),
    answer_question: ({ question: id, answer }: Arguments) =>
      set((asked) => (asked.id === id ? (answer as Answer | null) : asked.answer)),
    answer_all: ({ answer }: Arguments) => set((asked) => asked.answer ?? (answer as Answer)),
  };
}

async function open(
  questions: AskedQuestion[],
  table: Record<string, unknown> = {},
  over: Partial<MergeView> = {},
) {
  const calls = shell({ project_view: view(), ...keeping(questions, over), ...table });
  const project = openProject();
  await project.reload();
  const onclose = vi.fn();
  render(QuestionsDialog, { project, merge: merge(questions, over), top: true, onclose });
  return { ...calls, project, onclose };
}
const two = () => [question('url'), question('name')];
const land = () => screen.getByTestId<HTMLButtonElement>('questions-land');
const progress = () => screen.getByTestId('questions-progress').textContent;

test('shows the three values, and lands only when all is answered', async () => {
  const { of, onclose } = await open(two(), {
    land_merge: { of: 'merge', merge: { outcome: 'upToDate' } },
  });
  expect(screen.getByTestId('side-base').textContent).toContain('url before');
  expect(screen.getByTestId('side-ours').textContent).toContain('url here');
  expect(screen.getByTestId('side-theirs').textContent).toContain('url there');
  expect(screen.getByTestId('side-theirs').textContent).toContain('Ana Lopes');
  expect(land().disabled).toBe(true);

  await userEvent.click(screen.getByTestId('take-ours'));
  await waitFor(() => expect(progress()).toBe('1 of 2 answered'));
  expect(land().disabled).toBe(true);
  await userEvent.click(screen.getAllByTestId('question')[1]!);
  await userEvent.click(screen.getByTestId('take-theirs'));
  await waitFor(() => expect(land().disabled).toBe(false));
  expect(of('answer_question')).toEqual([
    { project: '/p', question: 'req_1:url', seen: 'seen-url', answer: { take: 'ours' } },
    { project: '/p', question: 'req_1:name', seen: 'seen-name', answer: { take: 'theirs' } },
  ]);

  await userEvent.click(land());
  await waitFor(() => expect(onclose).toHaveBeenCalled());
  expect(of('land_merge')).toHaveLength(1);
});

test('an answer is taken back with a second click', async () => {
  const { of } = await open([question('url', { answer: { take: 'ours' } })]);
  expect(land().disabled).toBe(false);
  await userEvent.click(screen.getByTestId('take-ours'));
  await waitFor(() => expect(progress()).toBe('0 of 1 answered'));
  expect(of('answer_question')[0]?.answer).toBeNull();
});

test('one button answers what is open and leaves the rest', async () => {
  await open([question('url', { answer: { take: 'ours' } }), question('name')]);
  await userEvent.click(screen.getByTestId('all-theirs'));
  await waitFor(() => expect(progress()).toBe('2 of 2 answered'));
  const lines = screen.getAllByTestId('question').map(({ textContent }) => textContent);
  expect(lines[0]).toContain('Mine');
  expect(lines[1]).toContain('Theirs');
});

test('where commits are made again the sides are what they are put on and the commit', async () => {
  const edit = question('name', { uncommitted: true });
  await open([question('url'), edit], {}, { of: { of: 'rebase' }, onto: 'origin/main' });
  const title = (side: string) => screen.getByTestId(`side-${side}`).querySelector('h4')?.textContent;
  expect([title('ours'), title('theirs')]).toEqual(['origin/main', 'Your commit bbbbbbbb']);
  // The two have other sides, so no button answers both.
  expect(screen.queryByTestId('all-ours')).toBeNull();
  await userEvent.click(screen.getAllByTestId('question')[1]!);
  expect([title('ours'), title('theirs')]).toEqual(['Mine', 'After the pull']);
  await userEvent.click(screen.getByTestId('take-ours'));
  expect(screen.getByTestId('all-theirs').textContent.trim()).toBe('Your commits for all open');
});

test('the keyboard answers, goes on to the next that is open, and lands', async () => {
  const { of } = await open(two(), { land_merge: { of: 'merge', merge: { outcome: 'upToDate' } } });
  screen.getAllByTestId('question')[0]!.focus();
  await userEvent.keyboard('1');
  await waitFor(() => expect(screen.getByTestId('side-ours').textContent).toContain('name here'));
  await userEvent.keyboard('2');
  await waitFor(() => expect(land().disabled).toBe(false));
  expect(of('answer_question').map(({ answer }) => answer)).toEqual([{ take: 'ours' }, { take: 'theirs' }]);
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await waitFor(() => expect(of('land_merge')).toHaveLength(1));
});

test("a result of one's own begins with what is here and keeps its type", async () => {
  const { of } = await open([question('data.retries', { base: 3, ours: 5, theirs: 1 })]);
  await userEvent.click(screen.getByTestId('edit-result'));
  const field = screen.getByTestId<HTMLInputElement>('result-line');
  expect(field.value).toBe('5');
  await userEvent.clear(field);
  await userEvent.type(field, 'x');
  expect(screen.getByTestId<HTMLButtonElement>('result-keep').disabled).toBe(true);
  await userEvent.clear(field);
  await userEvent.type(field, '4{Enter}');
  await waitFor(() => expect(progress()).toBe('1 of 1 answered'));
  expect(of('answer_question')[0]?.answer).toEqual({ take: 'value', value: 4 });
});

test('a deletion says what is lost', async () => {
  await open([
    question('', {
      asks: 'deleted',
      field: null,
      base: { name: 'List', url: '/old', modified: 1 },
      ours: { name: 'List', url: '/new', modified: 2 },
      theirs: undefined,
    }),
  ]);
  const theirs = screen.getByTestId('side-theirs').textContent;
  expect(theirs).toContain('Deletes the request');
  expect(theirs).toContain('/new');
  expect(theirs).not.toContain('modified');
  expect(screen.queryByTestId('edit-result')).toBeNull();
});

test('closing keeps the answers and drops nothing', async () => {
  const { of, onclose } = await open(two());
  await userEvent.click(screen.getByTestId('questions-close'));
  expect(onclose).toHaveBeenCalled();
  expect(of('abort_merge')).toEqual([]);
});

test('what was not answered yet is dropped without a question', async () => {
  const { of, onclose } = await open(two(), { abort_merge: null });
  await userEvent.click(screen.getByTestId('questions-drop'));
  await waitFor(() => expect(onclose).toHaveBeenCalled());
  expect(of('abort_merge')).toHaveLength(1);
});

test('an answer that is refused is said, and the question is open again', async () => {
  await open(two(), { answer_question: refuse('no-question', 'What it is about has changed since.') });
  await userEvent.click(screen.getByTestId('take-ours'));
  expect(await screen.findByText('What it is about has changed since.')).toBeTruthy();
  expect(progress()).toBe('0 of 2 answered');
});

test('what comes up on landing is asked in the same dialog', async () => {
  const later = merge([question('url', { answer: { take: 'ours' } }), question('method')]);
  const { onclose } = await open([question('url', { answer: { take: 'ours' } })], {
    land_merge: { of: 'merge', merge: { outcome: 'questions', merge: later } },
  });
  await userEvent.click(land());
  await waitFor(() => expect(progress()).toBe('1 of 2 answered'));
  expect(onclose).not.toHaveBeenCalled();
});

test('reads the questions again when the project changes', async () => {
  let parked = false;
  const { project } = await open(two(), {
    questions: () => merge([question('method')]),
    project_view: () => view({ parked }),
  });
  parked = true;
  await project.reload();
  await waitFor(() => expect(progress()).toBe('0 of 1 answered'));
});
