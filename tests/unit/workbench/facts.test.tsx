// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import { Facts } from '../../../components/workbench/facts.tsx';
import type { Trace } from '../../../utils/review/schema.ts';
import { aReview, aSnapshot } from '../../support/builders.ts';

afterEach(cleanup);

describe('what else is stored of a review', () => {
  const shown = (trace?: Trace) => {
    render(<Facts review={aReview({ snapshot: aSnapshot(trace ? { trace } : {}) })} />);
    return screen.queryByText('Trace')?.nextElementSibling?.textContent;
  };

  it.each([
    ['read from the page', { id: 'run-1', span: 'step-2' }, 'run-1 step-2'],
    ['given by the reviewer', { id: 'run-1', byHand: true }, 'run-1, said by the reviewer'],
    ['not known', undefined, undefined],
  ] as const)('given a trace that was %s, says so', (_, trace, words) => {
    expect(shown(trace)).toBe(words);
  });
});
