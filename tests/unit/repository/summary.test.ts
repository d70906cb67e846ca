/** The end of a run must tell what failed, also where all that came before it is cut off. */
import { expect, test } from 'vitest';
import { type Outcome, summaryOf } from '../../../scripts/lib/summary.ts';

const anOutcome = (change: Partial<Outcome> = {}): Outcome => ({ passed: 3, failed: 0, skipped: [], ...change });

test('given stages where all passed, says how much that was and nothing else', () => {
  expect(summaryOf([anOutcome(), anOutcome({ passed: 4 })])).toEqual([
    'Each check that is not made of tests counts as one.',
    '7 passed, 0 failed',
  ]);
});

test('given failures, unsteady tests and skips, names them in this order, with one line for each reason to skip', () => {
  const skipped = ['Firefox lists no worlds', 'a full disk', 'Firefox lists no worlds'].map((reason, index) => ({
    name: `tests/e2e/${index}.spec.ts`,
    reason,
  }));
  const [failure, slow] = ['a.test.ts', 'b.spec.ts'].map((name) => ({ name, reason: `${name} is wrong` }));
  const outcomes = [
    anOutcome({ failed: 1, failures: failure ? [failure] : [] }),
    anOutcome({ skipped, unsteady: slow ? [slow] : [] }),
  ];
  expect(summaryOf(outcomes)).toEqual([
    'FAILED a.test.ts: a.test.ts is wrong',
    'UNSTEADY, passed at the second try: b.spec.ts: b.spec.ts is wrong',
    '3 skipped:',
    '  Firefox lists no worlds ×2',
    '  a full disk',
    'Each check that is not made of tests counts as one.',
    '6 passed, 1 failed, 3 skipped',
  ]);
});

test.each([1, 8, 25])('given %i failures that say much, every name is in the last 5,000 characters', (count) => {
  const failures = Array.from({ length: count }, (_, index) => ({
    name: `tests/unit/somewhere/file-${index}.test.ts: given a test with a name of the usual length`,
    reason: `It was not as it should be. ${'Much more is said. '.repeat(30)}(a.test.ts:${index})`,
  }));
  const said = summaryOf([anOutcome({ failed: count, failures })]).join('\n');
  for (const { name } of failures) expect(said.slice(-5_000)).toContain(name);
  expect(said).toContain('It was not');
  expect(said).toContain(`(a.test.ts:${count - 1})`);
  expect(Math.max(...said.split('\n').map((line) => line.length))).toBeLessThan(300);
});
