import { describe, expect, it } from 'vitest';
import { saysWhich, standingOf } from '../../../utils/recurrence/state.ts';

const rejected = 'Hello Ann, refunds take 14 days after the parcel has arrived. Kind regards.';
const correction = 'Hello Ann, refunds take 30 days after the parcel has arrived. Kind regards.';

describe('what a new answer says at the corrected places', () => {
  it('given the rejected words for somebody else, says the wrong; given the corrected ones, the right', () => {
    expect(saysWhich('Hello Bo, refunds take 14 days after the parcel has arrived.', { rejected, correction })).toBe(
      'wrong',
    );
    expect(
      saysWhich('Dear Bo, refunds take 30 days once it has arrived. 14 people asked.', { rejected, correction }),
    ).toBe('right');
  });

  it('given neither, or both, leaves it open', () => {
    expect(
      saysWhich('Hello Bo, refunds take 21 days after the parcel has arrived.', { rejected, correction }),
    ).toBeNull();
    expect(saysWhich(`${rejected} ${correction}`, { rejected, correction })).toBeNull();
  });

  it('given a correction that only leaves out or only adds, looks for that', () => {
    const longer = `${rejected} Items on sale are excluded from it.`;
    const leavesOut = { rejected: longer, correction: rejected };
    expect(saysWhich(longer.replace('Ann', 'Bo'), leavesOut)).toBe('wrong');
    expect(saysWhich(rejected.replace('Ann', 'Bo'), leavesOut)).toBe('right');
    const adds = { rejected, correction: longer };
    expect(saysWhich(rejected.replace('Ann', 'Bo'), adds)).toBe('wrong');
    expect(saysWhich(longer.replace('Ann', 'Bo'), adds)).toBe('right');
  });

  it('given a correction that changes nothing but marks and case, leaves it open', () => {
    expect(saysWhich(rejected, { rejected, correction: rejected.toUpperCase() })).toBeNull();
  });
});

describe('how the model stands', () => {
  it('goes by the words, and where they do not tell, by the verdict', () => {
    expect(standingOf('right', 'reject', false)).toBe('fixed');
    expect(standingOf('wrong', 'approve', false)).toBe('same');
    expect(standingOf(null, 'approve', false)).toBe('fixed');
    expect(standingOf(null, 'correct', false)).toBe('same');
    expect(standingOf(null, 'unsure', false)).toBeNull();
    expect(standingOf(null, null, true)).toBeNull();
  });

  it('given that it was right before, what is wrong again is a regression', () => {
    expect(standingOf('wrong', 'correct', true)).toBe('regressed');
    expect(standingOf(null, 'reject', true)).toBe('regressed');
    expect(standingOf('right', 'approve', true)).toBe('fixed');
  });
});
