import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OverBudget } from '../../../utils/privacy/budget.ts';
import { compileRules } from '../../../utils/privacy/customer-rules.ts';
import { mapCodePoints } from '../../../utils/privacy/offsets.ts';
import { redactText, redactTogether } from '../../../utils/privacy/redact-text.ts';
import { codePoints } from '../../../utils/review/code-points.ts';
import { readLabelledSet } from './support/labelled-set.ts';

/** Texts made of what detectors look for, what they skip, and what could confuse either. */
const fragments = fc.constantFrom(
  'jane@example.com',
  'Jane@Example.com ',
  'jane [at] example [dot] com',
  '4111 1111 1111 1111',
  'DE89370400440532013000',
  '+49 30 23125441',
  '(415) 555-0132',
  'Tel. 4155550132',
  '198.51.100.7',
  '2001:db8::7',
  '536-22-8145',
  'password: hunter2!',
  'password: "two words"',
  'https://a:b@c.example',
  '[EMAIL_1]',
  '[PHONE_7]',
  '😀',
  '\u200b',
  '\n',
  ' ',
  ', ',
  '@',
  '.',
  '-',
  'a',
  '1',
  'é',
  'ﬃ',
  '漢',
);
const texts = fc.array(fragments, { maxLength: 14 }).map((parts) => parts.join(''));

describe('redactText', () => {
  it('gives the same value the same number, however it is spelled, and counts each kind by itself', () => {
    const { text } = redactText(
      'jane@example.com, JANE@example.com, jane [at] example [dot] com, bob@example.com; +1 415 555 0132, (415) 555-0132',
      { regions: ['US'] },
    );
    expect(text).toBe('[EMAIL_1], [EMAIL_1], [EMAIL_1], [EMAIL_2]; [PHONE_1], [PHONE_1]');
    expect(redactText('+49 30 23125441, 030 23125441', { regions: ['DE'] }).text).toBe('[PHONE_1], [PHONE_1]');
  });

  it('tells where each finding was, and keeps no copy of it', () => {
    const { recognized } = redactText('to ja\u200bne@example.com now');
    expect(recognized).toEqual([{ kind: 'email', placeholder: '[EMAIL_1]', start: 3, end: 20 }]);
    expect(JSON.stringify(recognized)).not.toContain('jane');
  });

  it('does not give a number that stands in the text already', () => {
    expect(redactText('[EMAIL_2] wrote, jane@example.com answered').text).toBe('[EMAIL_2] wrote, [EMAIL_3] answered');
  });

  it('where matches overlap, leaves no part of either', () => {
    const { text } = redactText('password: jane@example.com!x');
    expect(text).toBe('password: [SECRET_1]');
    const rules = compileRules([{ id: 'tail', pattern: 'com now' }]);
    const partly = redactText('jane@example.com now', { rules: rules.ok ? rules.value : [] });
    expect(partly.text).toBe('[EMAIL_1]');
  });

  it('leaves the placeholders of an earlier pass alone, whatever a rule says', () => {
    const rules = compileRules([{ id: 'greedy', pattern: '[A-Z_]+\\d' }]);
    expect(redactText('[EMAIL_1] X1', { rules: rules.ok ? rules.value : [] }).text).toBe('[EMAIL_1] [CUSTOMER_ID_1]');
  });

  it('cannot be talked out of a secret by a placeholder inside it', () => {
    const { text } = redactText('password: "abc1[EMAIL_1]def2"');
    expect(text).not.toMatch(/abc1|def2/);
  });

  it('finds a value that was announced once wherever it stands', () => {
    const [first, second] = redactTogether(['My password is Tr0ub4dor', 'You use Tr0ub4dor, but Tr0ub4dors is not it']);
    expect(first?.text).toBe('My password is [SECRET_1]');
    expect(second?.text).toBe('You use [SECRET_1], but Tr0ub4dors is not it');
  });

  it('lets through what the team allows, in any spelling, but never a secret', () => {
    const allow = ['support@acme.example', '@partner.example', '+1 415 555 0132', 'hunter2!'];
    const text = 'Support@ACME.example joe@partner.example (415) 555-0132 bob@acme.example';
    expect(redactText(text, { regions: ['US'], allow }).text).toBe(
      'Support@ACME.example joe@partner.example (415) 555-0132 [EMAIL_1]',
    );
    expect(redactText('password: hunter2!', { allow }).text).toBe('password: [SECRET_1]');
  });

  it('replaces names and addresses only where the reviewer accepted them', () => {
    const text = 'Dear Anna Kowalska, 221 Baker Street is noted. Annabel too.';
    expect(redactText(text).text).toBe(text);
    const accepted = [
      { kind: 'name', value: 'Anna Kowalska' },
      { kind: 'address', value: '221 Baker Street' },
      { kind: 'name', value: 'Anna' },
    ] as const;
    expect(redactText(text, { accepted }).text).toBe('Dear [NAME_1], [ADDRESS_1] is noted. Annabel too.');
  });

  it('given a computer that stops for a while, counts the work and not the stop', () => {
    const times = [0, 1, 60_001];
    const now = () => times.shift() ?? 60_002;
    expect(redactText('jane@example.com', { budgetMs: 20, now }).text).toBe('[EMAIL_1]');
  });

  it('past its budget throws, and returns nothing half done', () => {
    let clock = 0;
    const now = () => {
      clock += 10;
      return clock;
    };
    expect(() => redactText('jane@example.com', { budgetMs: 20, now })).toThrow(OverBudget);
    expect(redactText('jane@example.com', { budgetMs: 1000, now }).text).toBe('[EMAIL_1]');
  });

  it('given any text, done twice is done once', { timeout: 60_000 }, () => {
    void fc.assert(
      fc.property(texts, (text) => {
        const once = redactText(text, { regions: ['US', 'DE'] });
        const twice = redactText(once.text, { regions: ['US', 'DE'] });
        expect(twice.text).toBe(once.text);
      }),
      { numRuns: 1500, seed: 6 },
    );
  });

  it('given any text, replaces just the findings, and carries every other position over', { timeout: 60_000 }, () => {
    void fc.assert(
      fc.property(texts, (text) => {
        const { text: redacted, recognized, offsets } = redactText(text, { regions: ['US', 'DE'] });
        let rebuilt = '';
        let at = 0;
        for (const { start, end, placeholder } of recognized) {
          expect(start).toBeGreaterThanOrEqual(at);
          const kept = { start: at, end: start };
          const moved = offsets.toRedacted(kept);
          expect(redacted.slice(moved.start, moved.end)).toBe(text.slice(at, start));
          expect(offsets.toOriginal(moved)).toEqual(kept);
          const inside = offsets.toRedacted({ start, end: Math.max(start + 1, end - 1) });
          expect(redacted.slice(inside.start, inside.end)).toBe(placeholder);
          rebuilt += text.slice(at, start) + placeholder;
          at = end;
        }
        expect(redacted).toBe(rebuilt + text.slice(at));
      }),
      { numRuns: 1500, seed: 6 },
    );
  });

  it('given the whole labelled set in one text, leaves nothing to find', () => {
    const text = readLabelledSet()
      .filter(({ trap }) => trap === null)
      .map((snippet) => snippet.text)
      .join('\n\n');
    const regions = ['US', 'GB', 'DE', 'FR', 'ES', 'IT', 'NL', 'PL', 'BR', 'JP'];
    const once = redactText(text, { regions });
    expect(once.recognized.length).toBeGreaterThan(300);
    expect(redactText(once.text, { regions }).recognized).toEqual([]);
  });
});

describe('code points', () => {
  it('carries ranges counted in code points over a text with characters of two units', () => {
    const original = '😀 jane@example.com 😀 wrong';
    const { text, offsets } = redactText(original);
    expect(text).toBe('😀 [EMAIL_1] 😀 wrong');
    const points = [...original];
    const at = points.indexOf('w');
    expect(mapCodePoints(offsets, original, text, [{ start: at, end: at + 5 }])).toEqual([{ start: 14, end: 19 }]);
    expect(mapCodePoints(offsets, original, text, [{ start: 4, end: 6 }])).toEqual([{ start: 2, end: 11 }]);
  });

  it('translates both ways', () => {
    void fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '😀', 'é'), maxLength: 30 }), (text) => {
        const { toUtf16, toCodePoint } = codePoints(text);
        let unit = 0;
        for (const [index, char] of [...text].entries()) {
          expect(toUtf16(index)).toBe(unit);
          expect(toCodePoint(unit)).toBe(index);
          unit += char.length;
        }
        expect(toUtf16([...text].length)).toBe(text.length);
      }),
    );
  });
});
