import { describe, expect, it } from 'vitest';
import { short } from './short';

describe('short', () => {
  it('leaves what a line can show', () => {
    for (const text of ['', 'List shipments', 'x'.repeat(400)]) expect(short(text)).toBe(text);
    expect(short(null)).toBe(null);
    expect(short(undefined)).toBe(undefined);
  });

  it('cuts the rest and no letter in half', () => {
    expect(short('x'.repeat(1_000_000))).toBe(`${'x'.repeat(400)}…`);
    expect(short('x'.repeat(399) + '\u{1F600}'.repeat(9))).toBe(`${'x'.repeat(399)}…`);
  });
});
