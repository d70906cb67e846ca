/** A time budget, checked while detectors work: what could not be checked in time is withheld, not sent. */

/** Thrown once the budget is spent; caught where a record is prepared. */
export class OverBudget extends Error {}

export interface Budget {
  /** Called once per candidate; looks at the clock now and then, because reading it costs more than most candidates. */
  readonly spend: () => void;
  /** Looks at the clock. */
  readonly check: () => void;
}

/**
 * A budget that starts now. `limitMs` in ms; `now` in ms, from any origin. Between two looks at the clock no more than a
 * quarter of it counts: work looks often, so what takes longer is a computer that was busy with something else.
 */
export function startBudget(limitMs: number, now: () => number): Budget {
  let calls = 0;
  let spent = 0;
  let last = now();
  const check = () => {
    const time = now();
    spent += Math.min(time - last, limitMs / 4);
    last = time;
    if (spent > limitMs) throw new OverBudget();
  };
  return {
    check,
    spend: () => {
      calls = (calls + 1) & 31;
      if (calls === 0) check();
    },
  };
}
