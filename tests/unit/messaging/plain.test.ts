import { describe, expect, it } from 'vitest';
import { findUnplain } from '../../../utils/messaging/plain.ts';

/** An object nested this deep. */
const nested = (depth: number): unknown => (depth === 0 ? 'core' : { in: nested(depth - 1) });

describe('a foreign value', () => {
  it.each([
    [{ a: [1, 'two', null, true, { b: undefined }] }],
    ['text'],
    [nested(9)],
    [Object.create(null)],
    [{ a: 'x'.repeat(998) }],
  ])('given plain data, is acceptable (%#)', (value) => {
    expect(findUnplain(value, 1_000)).toBeNull();
  });

  it.each<[string, unknown, string]>([
    ['an own __proto__', JSON.parse('{"a":{"__proto__":{"polluted":1}}}'), 'a.__proto__'],
    ['a constructor', { list: [{ constructor: { prototype: {} } }] }, 'list.0.constructor'],
    ['a Map, which Firefox lets through', { a: new Map([['x', 1]]) }, 'a'],
    ['a Date', { a: new Date() }, 'a'],
    ['bytes', { a: new Uint8Array(3) }, 'a'],
    ['NaN', { a: Number.NaN }, 'a'],
    ['infinity', { a: [Number.POSITIVE_INFINITY] }, 'a.0'],
    ['a function', { a: () => 1 }, 'a'],
    ['a bigint', { a: 1n }, 'a'],
    ['a long text', { a: 'x', b: 'x'.repeat(1_000) }, 'b'],
    ['a long name', { ['n'.repeat(2_000)]: 1 }, 'n'.repeat(64)],
    ['too many parts', { a: new Array(20_001).fill(1) }, 'a.19998'],
  ])('given %s, is refused there', (_, value, path) => {
    expect(findUnplain(value, 1_000)).toBe(path);
  });

  it('given 10,000 levels, is refused without a crash', () => {
    let value: unknown = 'core';
    for (let depth = 0; depth < 10_000; depth += 1) value = { in: value };
    expect(findUnplain(value, 1_000)).toBe(Array(11).fill('in').join('.'));
  });

  it('given a ring, ends', () => {
    const ring: Record<string, unknown> = {};
    ring.self = ring;
    expect(findUnplain(ring, 1_000)).toMatch(/self/);
  });
});
