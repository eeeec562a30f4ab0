import { expect, test } from 'vitest';
import type { GitEvent } from '../bindings/GitEvent';
import { matchesFilter } from './filter';

const event: GitEvent = {
  time: 0,
  project: 'parcels',
  operation: 'push',
  phase: 'rejected',
  detail: 'main is protected',
  code: 'protected-branch',
};

test('all three filters count', () => {
  expect(matchesFilter(event, { text: '', operation: 'all', phase: 'all' })).toBe(true);
  expect(matchesFilter(event, { text: 'PROTECTED', operation: 'push', phase: 'rejected' })).toBe(true);
  expect(matchesFilter(event, { text: '', operation: 'pull', phase: 'all' })).toBe(false);
  expect(matchesFilter(event, { text: '', operation: 'all', phase: 'failed' })).toBe(false);
  expect(matchesFilter(event, { text: 'nothing', operation: 'all', phase: 'all' })).toBe(false);
});
