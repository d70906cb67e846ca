import * as fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { compilePattern, MAX_LOOK_AHEAD } from '../../../utils/privacy/pattern/match.ts';
import { PatternError } from '../../../utils/privacy/pattern/syntax.ts';

const findAll = (pattern: string, text: string) =>
  compilePattern(pattern)
    .findAll(text)
    .map(({ start, end }) => text.slice(start, end));

/** The same by RE2's own port, as an independent opinion. */
function re2All(pattern: string, text: string): string[] {
  const matcher = RE2JS.compile(pattern, RE2JS.MULTILINE | RE2JS.LONGEST_MATCH).matcher(text);
  const found: string[] = [];
  while (matcher.find()) found.push(matcher.group() as string);
  return found;
}

describe('patterns of a team', () => {
  it.each([
    ['\\bCUST-\\d{6}\\b', 'CUST-123456 CUST-1234567 xCUST-123456', ['CUST-123456']],
    ['(?i)cust-\\d+', 'Cust-1 CUST-22', ['Cust-1', 'CUST-22']],
    ['a|ab|abc', 'xabcx', ['abc']],
    ['[A-Z]{2,3}/\\d{4}/[^\\s/]+', 'see PN/2024/x-1, ok', ['PN/2024/x-1,']],
    ['^K\\d$', 'K1\nK22\nK3', ['K1', 'K3']],
    ['\\p{Lu}\\d', 'Ä1 ä2', ['Ä1']],
    ['顧客\\d+', 'この顧客12です', ['顧客12']],
    ['(?:ab){2}', 'ababab', ['abab']],
    ['😀\\d', 'x😀1', ['😀1']],
    ['[\\d-]{3}', 'a1-2', ['1-2']],
  ])('%s in %j', (pattern, text, expected) => {
    expect(findAll(pattern, text)).toEqual(expected);
  });

  it('given any pattern and text, finds what RE2 finds', { timeout: 60_000 }, () => {
    const char = fc.constantFrom('a', 'b', '1', '-', ' ', '\\d', '\\w', '.', '[ab]', '[^a]', '\\b', '^', '$', 'é');
    const pattern = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        char,
        fc.tuple(tie('node'), tie('node')).map(([a, b]) => a + b),
        fc.tuple(tie('node'), tie('node')).map(([a, b]) => `(?:${a}|${b})`),
        fc.tuple(tie('node'), fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '{2,}')).map(([a, q]) => `(${a})${q}`),
      ),
    })).node;
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '1', '-', ' ', '\n', 'é', 'A'), maxLength: 24 });
    let compared = 0;
    void fc.assert(
      fc.property(pattern, text, (source, input) => {
        let ours: string[];
        try {
          ours = findAll(source, input);
        } catch (thrown) {
          // What matches empty text is refused on purpose.
          expect(thrown).toBeInstanceOf(PatternError);
          return;
        }
        compared += 1;
        expect(ours).toEqual(re2All(source, input).filter((match) => match !== ''));
      }),
      { numRuns: 3000, seed: 6 },
    );
    expect(compared).toBeGreaterThan(1000);
  });

  it.each([
    ['(?=a)b', 'Look-ahead'],
    ['(?!a)b', 'Look-ahead'],
    ['(?<=a)b', 'look-behind'],
    ['(?<!a)b', 'look-behind'],
    ['(a)\\1', 'Back-references'],
    ['a*', 'empty'],
    ['', 'empty'],
    ['(a', 'not closed'],
    ['[a', 'not closed'],
    ['a)', 'closes nothing'],
    ['*a', 'nothing for * to repeat'],
    ['a**', 'cannot be repeated'],
    ['a{2000}', 'up to 1000'],
    ['(a{100}){100}', 'too large'],
    ['\\p{Nonsense}x', 'not known'],
    ['[z-a]', 'range'],
    ['\\q', '\\q cannot be used'],
    ['(?s).', 'cannot be used'],
    ['a\\', 'ends too early'],
  ])('refuses %s and says why', (pattern, reason) => {
    expect(() => compilePattern(pattern)).toThrow(PatternError);
    expect(() => compilePattern(pattern)).toThrow(reason);
  });

  it('given patterns that hang other engines, works in steps that grow with the text', { timeout: 60_000 }, () => {
    for (const [pattern, unit] of [
      ['(a+)+$', 'a'],
      ['(a|a)*b', 'a'],
      ['(a|aa)+c', 'a'],
      ['(.*)*x', 'y'],
      ['(a?){30}a{30}', 'a'],
    ] as const) {
      const steps = (length: number) => {
        let count = 0;
        compilePattern(pattern).findAll(unit.repeat(length), () => {
          count += 1;
        });
        return count;
      };
      expect(steps(8000) / steps(4000)).toBeLessThan(2.2);
    }
  });

  it('looks for a longer match only so far, and stays linear where each match could cost the whole text', () => {
    expect(findAll('ab.*c|a', 'ab--c')).toEqual(['ab--c']);
    expect(findAll('ab.*c|a', `ab${'-'.repeat(2 * MAX_LOOK_AHEAD)}c`)).toEqual(['a']);
    let steps = 0;
    const found = compilePattern('a.*b|a').findAll('a'.repeat(4000), () => {
      steps += 1;
    });
    expect(found).toHaveLength(4000);
    expect(steps).toBeLessThan(4000 * (MAX_LOOK_AHEAD + 5));
  });
});
