import { expect, test } from 'vitest';
import { endOfPath, homely } from './paths';

test('the home folder is a tilde', () => {
  expect(homely('/home/dana/work/parcels')).toBe('~/work/parcels');
  expect(homely('/Users/dana')).toBe('~');
  expect(homely('C:\\Users\\dana\\work')).toBe('~\\work');
  expect(homely('/srv/home/dana')).toBe('/srv/home/dana');
});

test('a long path is cut at a separator', () => {
  expect(endOfPath('/home/dana/parcels')).toBe('~/parcels');
  expect(endOfPath('/srv/projects/of/the/team/Sheaf/parcel-tracking', 24)).toBe('…/Sheaf/parcel-tracking');
  expect(endOfPath('/srv/a-name-that-is-longer-than-all-of-it', 10)).toBe(
    '…/a-name-that-is-longer-than-all-of-it',
  );
});
