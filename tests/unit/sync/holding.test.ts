import { describe, expect, test } from 'vitest';
import { heldUntil, isMetered, quietUntil } from '../../../utils/sync/holding.ts';

/** A time of a day by the local clock. */
const at = (hour: number, minute = 0, day = 21) => new Date(2026, 10, day, hour, minute).getTime();

describe('quiet hours', () => {
  test.each<[string, string | null, number, number | null]>([
    ['none', null, at(3), null],
    ['over midnight, in the evening', '22:00-07:30', at(23, 15), at(7, 30, 22)],
    ['over midnight, in the morning', '22:00-07:30', at(3), at(7, 30)],
    ['over midnight, at noon', '22:00-07:30', at(12), null],
    ['at their first minute', '22:00-07:30', at(22), at(7, 30, 22)],
    ['at their last', '22:00-07:30', at(7, 30), null],
    ['within a day', '09:00-17:00', at(9), at(17)],
    ['within a day, after it', '09:00-17:00', at(17), null],
    ['of no length', '09:00-09:00', at(9), null],
  ])('given %s', (_what, hours, now, until) => {
    expect(quietUntil(hours, now)).toBe(until);
  });
});

test.each([
  [{ saveData: true }, true],
  [{ type: 'cellular' }, true],
  [{ type: 'wifi', saveData: false }, false],
  [undefined, false],
])('given the connection %o, whether it is metered is %s', (connection, metered) => {
  expect(isMetered(connection)).toBe(metered);
});

test('given both, delivery is held until the later; given neither setting, never', () => {
  const cellular = { type: 'cellular' };
  expect(heldUntil({ quietHours: null, holdOnMetered: false }, at(3), cellular)).toBeNull();
  expect(heldUntil({ quietHours: null, holdOnMetered: true }, at(3), cellular)).toBe(at(3, 10));
  expect(heldUntil({ quietHours: '22:00-07:00', holdOnMetered: true }, at(3), cellular)).toBe(at(7));
});
