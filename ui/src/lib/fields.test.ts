import { expect, test } from 'vitest';
import { bodyKind, withKind } from './bodies';
import { addEdit, mapEdits, withValue } from './fields';
import { jsonMap, jsonProblem } from './json';

test('a value is set at a dotted path, and removed by undefined', () => {
  expect(withValue({ body: { text: 'a', mimeType: 'x' } }, 'body.text', 'b')).toEqual({
    body: { text: 'b', mimeType: 'x' },
  });
  expect(withValue({ a: 1, b: 2 }, 'a', undefined)).toEqual({ b: 2 });
});

test('a later edit replaces what it covers', () => {
  const edits = [
    { path: 'body.text', value: 'a' },
    { path: 'url', value: 'u' },
  ];
  expect(addEdit(edits, { path: 'body', value: {} })).toEqual([
    { path: 'url', value: 'u' },
    { path: 'body', value: {} },
  ]);
});

test('one changed key of an environment is one small edit', () => {
  expect(mapEdits('data', { a: 1, b: 2 }, { a: 1, b: 3 })).toEqual([{ path: 'data.b', value: 3 }]);
  expect(mapEdits('data', { a: 1, b: 2 }, { a: 1 })).toEqual([{ path: 'data.b', value: undefined }]);
  expect(mapEdits('data', { a: 1 }, { a: 1, c: [1] })).toEqual([{ path: 'data.c', value: [1] }]);
});

test('what a path cannot say is sent whole', () => {
  expect(mapEdits('data', { a: 1, b: 2 }, { b: 2, a: 1 })).toEqual([{ path: 'data', value: { b: 2, a: 1 } }]);
  expect(mapEdits('data', {}, { 'a.b': 1 })).toEqual([{ path: 'data', value: { 'a.b': 1 } }]);
  expect(mapEdits('data', { a: 1 }, { a: null })).toEqual([{ path: 'data', value: { a: null } }]);
});

test('kinds of body are known by their type and keep their text', () => {
  expect(bodyKind({})).toBe('none');
  expect(bodyKind({ mimeType: 'application/vnd.api+json; charset=utf-8' })).toBe('json');
  expect(withKind({ mimeType: 'application/json', text: '{}' }, 'text')).toEqual({
    mimeType: 'text/plain',
    text: '{}',
  });
  expect(withKind({ mimeType: 'application/json', text: '{}' }, 'none')).toEqual({});
});

test('JSON problems are told in words', () => {
  expect(jsonProblem('{"a": 1}')).toBeNull();
  expect(jsonProblem('{"a": }')).toMatch(/^This is not valid JSON yet/);
  expect(jsonMap('[1]')).toBeNull();
  expect(jsonMap('  ')).toEqual({});
});
