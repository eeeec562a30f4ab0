import { expect, test } from 'vitest';
import type { FieldEdit } from '../bindings/FieldEdit';
import { EditHistory, type EditOrigin } from './edit-history';
import { withValue, type Fields } from './fields';

/** A history with the fields it is about. */
function session(start: Fields) {
  const history = new EditHistory();
  let fields = start;
  let now = 0;
  const apply = (edits: FieldEdit[]) => {
    for (const { path, value } of edits) fields = withValue(fields, path, value);
  };
  return {
    type(path: string, value: unknown, wait = 0, origin: EditOrigin = 'typed') {
      now += wait;
      const edits = [{ path, value }];
      history.record(fields, edits, origin, now);
      apply(edits);
    },
    undo: () => apply(history.undo(fields)),
    redo: () => apply(history.redo(fields)),
    outside: (path: string, value: unknown) => apply([{ path, value }]),
    fields: () => fields,
    history,
  };
}

test('typing on is one step, a pause and another field begin a new one', () => {
  const it = session({ url: '', name: '' });
  it.type('url', 'a');
  it.type('url', 'ab', 100);
  it.type('url', 'abc', 2000);
  it.type('name', 'n', 100);
  it.undo();
  expect(it.fields()).toEqual({ url: 'abc', name: '' });
  it.undo();
  expect(it.fields()).toEqual({ url: 'ab', name: '' });
  it.undo();
  expect(it.fields()).toEqual({ url: '', name: '' });
  it.redo();
  it.redo();
  it.redo();
  expect(it.fields()).toEqual({ url: 'abc', name: 'n' });
});

test('a field that was not there is not there again', () => {
  const it = session({});
  it.type('color', '#fff');
  it.undo();
  expect('color' in it.fields()).toBe(false);
});

test('what was changed from elsewhere since is not taken back', () => {
  const it = session({ url: 'a', name: 'n' });
  it.type('name', 'm');
  it.type('url', 'b', 2000);
  it.outside('url', 'theirs');
  it.undo();
  expect(it.fields()).toEqual({ url: 'theirs', name: 'n' });
});

test('the undo of a code field moves along in the steps', () => {
  const it = session({ code: '', name: '' });
  it.type('name', 'n');
  it.type('code', 'a', 2000);
  it.type('code', 'ab', 100);
  it.type('code', 'a', 2000, 'undo');
  it.type('code', '', 10, 'undo');
  it.undo();
  expect(it.fields()).toEqual({ code: '', name: '' });
  it.redo();
  it.redo();
  expect(it.fields()).toEqual({ code: 'ab', name: 'n' });
  it.undo();
  it.type('code', 'ab', 2000, 'redo');
  it.undo();
  expect(it.fields()).toEqual({ code: '', name: 'n' });
});

test('an edit after undo ends what could be done again', () => {
  const it = session({ url: 'a' });
  it.type('url', 'b');
  it.undo();
  it.type('url', 'c', 2000);
  expect(it.history.canRedo).toBe(false);
});
