import { describe, expect, it } from 'vitest';
import { deltaOf, type EditClass } from '../../../utils/composer/delta.ts';
import { labelledEdits } from '../../fixtures/edits/labelled.ts';

const kinds: readonly EditClass[] = ['fact', 'tone', 'policy', 'format', 'language'];

/** Precision and recall of each kind over the labelled edits, in whole percent. */
function scores() {
  return Object.fromEntries(
    kinds.map((kind) => {
      const told = labelledEdits.map(([draft, sent, given]) => ({
        is: given.includes(kind),
        said: deltaOf(draft, sent).edits.includes(kind),
      }));
      const right = told.filter(({ is, said }) => is && said).length;
      const percent = (of: number) => Math.round((100 * right) / Math.max(1, of));
      return [
        kind,
        {
          precision: percent(told.filter(({ said }) => said).length),
          recall: percent(told.filter(({ is }) => is).length),
        },
      ];
    }),
  );
}

describe('the kinds of edits', () => {
  it('given at least 60 labelled edits, tells their kinds as well as the scores in docs/gate.md say', () => {
    expect(labelledEdits.length).toBeGreaterThanOrEqual(60);
    const found = scores();
    const wrong = labelledEdits
      .filter(([draft, sent, given]) => [...deltaOf(draft, sent).edits].sort().join() !== [...given].sort().join())
      .map(
        ([draft, sent, given]) =>
          `${given} but ${deltaOf(draft, sent).edits}: ${sent.slice(0, 90)} <- ${draft.slice(0, 60)}`,
      );
    console.log(
      JSON.stringify(found),
      `${labelledEdits.length - wrong.length} of ${labelledEdits.length} all right`,
      wrong.join('\n'),
    );
    for (const kind of kinds) {
      expect(found[kind]?.precision, `precision of ${kind}`).toBeGreaterThanOrEqual(75);
      expect(found[kind]?.recall, `recall of ${kind}`).toBeGreaterThanOrEqual(75);
    }
  });
});

describe('the share that was kept', () => {
  it('given a draft that was sent as it is, is all of it, without a kind', () => {
    expect(deltaOf('Your order arrives by Thursday.', 'Your order arrives by Thursday.')).toEqual({
      kept: 1,
      edits: [],
    });
  });
  it('given one word of five replaced, is four fifths', () => {
    expect(deltaOf('Your order arrives by Thursday.', 'Your order arrives by Friday.').kept).toBe(0.8);
  });
  it('given another text altogether, is nothing; given more text, is all', () => {
    expect(deltaOf('Your order arrives.', 'Bitte warten').kept).toBe(0);
    expect(deltaOf('Your order arrives.', 'Hello, your order arrives. Kind regards').kept).toBeGreaterThan(0.6);
    expect(deltaOf('', 'anything').kept).toBe(0);
  });
  it('given a megabyte of hostile text, answers within its budget', () => {
    const long = 'a1 '.repeat(20_000);
    expect(deltaOf(long, `${long}b`).kept).toBe(1);
    expect(deltaOf(`${'$'.repeat(100_000)}1`, '€'.repeat(100_000)).kept).toBeLessThanOrEqual(1);
  });
});
