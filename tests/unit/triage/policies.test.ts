import { describe, expect, it } from 'vitest';
import type { Policy, PolicySubject } from '../../../utils/review/policy.ts';
import { applyPolicies, compilePolicies, isWithinHours } from '../../../utils/triage/policies.ts';
import { aPolicy } from '../../support/projects.ts';

const money = { id: 'money', name: 'Money', words: ['refund'] };

const subject = (change: Partial<PolicySubject> = {}): PolicySubject => ({
  stage: 'answer',
  text: 'We guarantee a full refund.',
  prompt: 'Can I have my money back?',
  host: 'desk.example',
  author: 'Bot',
  labels: [],
  now: new Date(2026, 10, 20, 12, 0).getTime(),
  ...change,
});
const apply = (policy: Partial<Policy>, change: Partial<PolicySubject> = {}) =>
  applyPolicies(compilePolicies([aPolicy(policy)], [money]), subject(change));
/** The words that a policy points at; null where it does not apply, '' where it applies and points at nothing. */
function pointedAt(policy: Partial<Policy>, text: string): string | null {
  const [hit] = apply(policy, { text }).hits;
  if (!hit) return null;
  return hit.span ? text.slice(hit.span.start, hit.span.end) : '';
}

describe('a phrase', () => {
  it.each([
    ['in any case', 'guarantee', 'We GUARANTEE it.', 'GUARANTEE'],
    ['as a whole word only', 'guarantee', 'It is guaranteed.', null],
    ['beside punctuation', 'guarantee', '“guarantee”!', 'guarantee'],
    ['of several words, over a line break', 'money back', 'Your Money\n  back.', 'Money\n  back'],
    ['after a longer one that begins alike', 'fund', 'refund fund', 'fund'],
    ['in German, with a sharp s', 'strasse', 'Die Straße ist zu.', 'Straße'],
    ['in German, the other way round', 'Straße', 'DIE STRASSE IST ZU.', 'STRASSE'],
    ['in Greek, with a final sigma', 'ΛΌΓΟΣ', 'ο λόγος', 'λόγος'],
    ['in Greek, in capitals', 'λόγος', 'Ο ΛΌΓΟΣ ΤΟΥ', 'ΛΌΓΟΣ'],
    ['in Russian', 'гарантия', 'Наша ГАРАНТИЯ.', 'ГАРАНТИЯ'],
    ['in Russian, not in a longer word', 'гарант', 'Наша гарантия.', null],
    ['in Arabic', 'ضمان', 'هذا ضمان كامل', 'ضمان'],
    ['in Hindi, where vowels are marks', 'कि', 'की', null],
    ['in Japanese, without spaces', '返金', '商品の返金をします', '返金'],
    ['in Thai, without spaces', 'คืนเงิน', 'เราจะคืนเงินให้', 'คืนเงิน'],
    ['composed or not', 'café', 'the cafe\u0301 is open', 'cafe\u0301'],
    ['but not without its accent', 'café', 'the cafe is open', null],
    ['behind invisible characters', 'guarantee', 'a gua\u200brantee b', 'gua\u200brantee'],
    ['in full-width letters', 'guarantee', 'ｇｕａｒａｎｔｅｅ', 'ｇｕａｒａｎｔｅｅ'],
    ['beside an emoji', 'guarantee', '😀guarantee😀', 'guarantee'],
    ['with a typographic apostrophe', "don't worry", 'Don’t worry!', 'Don’t worry'],
  ])('is found %s', (_, phrase, text, expected) => expect(pointedAt({ phrases: [phrase] }, text)).toBe(expected));

  it('may be one of several, and may stand in the question instead', () => {
    expect(pointedAt({ phrases: ['never', 'refund'] }, 'A refund.')).toBe('refund');
    const { hits } = apply({ phrases: ['money back'], within: 'prompt' }, { text: 'No.' });
    expect(hits).toMatchObject([{ span: null, words: expect.stringContaining('“money back” is in the question') }]);
    expect(apply({ phrases: ['money back'], within: 'prompt' }, { prompt: null }).hits).toEqual([]);
  });
});

describe('a pattern', () => {
  it('points at the first match', () =>
    expect(pointedAt({ pattern: '\\d+ (?:EUR|USD)' }, 'Pay 20 EUR')).toBe('20 EUR'));

  it('and a phrase must both be there', () => {
    const both = { phrases: ['refund'], pattern: '\\d+ EUR' };
    expect(pointedAt(both, 'A refund of 20 EUR')).toBe('20 EUR');
    expect(pointedAt(both, 'A refund.')).toBeNull();
    expect(pointedAt(both, 'It is 20 EUR.')).toBeNull();
  });

  it('that cannot be used is named, and has no say', () => {
    const { hits, broken } = apply({ pattern: '(a' });
    expect(hits).toEqual([]);
    expect(broken).toEqual([{ id: 'money-back', name: 'Money back', why: expect.stringContaining('is not closed') }]);
  });

  it('that is too dear is cut off, named, and off from then on, while the others go on', () => {
    const dear = aPolicy({ id: 'dear', name: 'Dear', pattern: '(?:[abc]{0,30}x){8}y' });
    const compiled = compilePolicies([dear, aPolicy({ id: 'plain', phrases: ['refund'] })], []);
    const text = `refund ${'abcx'.repeat(45_000)}`;
    const first = applyPolicies(compiled, subject({ text }));
    expect(first.hits.map(({ id }) => id)).toEqual(['plain']);
    expect(first.broken).toMatchObject([{ id: 'dear', name: 'Dear', why: expect.stringContaining('cut off') }]);
    const small = `${'x'.repeat(8)}y`;
    expect(applyPolicies(compiled, subject({ text: small }))).toMatchObject({ hits: [], broken: [{ id: 'dear' }] });
    expect(applyPolicies(compilePolicies([dear], []), subject({ text: small })).hits).toHaveLength(1);
    expect(applyPolicies(compilePolicies([dear], [], first.broken), subject({ text: small })).hits).toEqual([]);
  });

  it.each([
    ['written-out repeats', '(?:a?){400}b', 'a'.repeat(200_000)],
    ['a crowd of assertions', '(?:\\b|\\B){200}ab', 'a'.repeat(200_000)],
    [
      'a class of hundreds, in a script of thousands',
      `[${'漢字仮名交じり文'.repeat(40)}]{2,300}z`,
      '漢字'.repeat(100_000),
    ],
    ['a phrase that almost stands everywhere', null, 'a'.repeat(200_000)],
  ])('given %s, does not hang', (_, pattern, text) => {
    const rule = pattern === null ? { phrases: [`${'a'.repeat(199)}`, 'b'] } : { pattern };
    expect(apply(rule, { text }).broken).toMatchObject([{ why: expect.stringContaining('cut off') }]);
  });

  it('that is a usual one reads the longest answer to its end', () => {
    const text = `${'The price was 19.99 and will be more. '.repeat(5_200)} 20 EUR`;
    expect(pointedAt({ pattern: '(?i)\\b\\d{1,6}(?:[.,]\\d{2})? ?(?:eur|usd|€)' }, text)).toBe('20 EUR');
    const phrases = [...Array.from({ length: 49 }, (_, index) => `et plus de ${index}`), '20 eur'];
    expect(pointedAt({ phrases }, `${'Ça coûte 19 € et plus. '.repeat(8_000)} 20 EUR`)).toBe('20 EUR');
  });
});

describe('a policy applies', () => {
  it.each<[string, Partial<Policy>, Partial<PolicySubject>, boolean]>([
    ['everywhere where it names nothing', {}, {}, true],
    ['at its stage', { stage: 'draft' }, {}, false],
    ['to a draft', { stage: 'draft' }, { stage: 'draft' }, true],
    ['on its sites', { scope: { sites: ['*.desk.example'] } }, { host: 'eu.desk.example' }, true],
    ['not on others', { scope: { sites: ['*.desk.example'] } }, { host: 'evil-desk.example' }, false],
    ['to its topics', { scope: { topics: ['money'] } }, {}, true],
    ['not to others', { scope: { topics: ['money'] } }, { text: 'Hello.', prompt: null }, false],
    ['to a label', { labels: ['wrong'] }, { labels: ['tone', 'wrong'] }, true],
    ['not before there is one', { labels: ['wrong'] }, {}, false],
    ['to an author in any case', { authors: [' BOT '] }, {}, true],
    ['not to another', { authors: ['Bot'] }, { author: 'Bottom' }, false],
    ['not to nobody', { authors: ['Bot'] }, { author: null }, false],
    ['to all that it names only', { labels: ['wrong'], phrases: ['never'] }, { labels: ['wrong'] }, false],
  ])('%s', (_, policy, change, expected) => expect(apply(policy, change).hits.length).toBe(expected ? 1 : 0));

  const friday = (hours: number, minutes = 0, day = 20) => new Date(2026, 10, day, hours, minutes).getTime();
  it.each([
    ['within its hours', { from: '09:00', until: '17:00' }, friday(9), true],
    ['not as they end', { from: '09:00', until: '17:00' }, friday(17), false],
    ['late, through midnight', { from: '22:00', until: '06:00' }, friday(23, 59), true],
    ['early, through midnight', { from: '22:00', until: '06:00' }, friday(5, 59), true],
    ['not between', { from: '22:00', until: '06:00' }, friday(12), false],
    ['on its days', { from: '09:00', until: '17:00', days: [5] }, friday(12), true],
    ['not on others', { from: '09:00', until: '17:00', days: [6] }, friday(12), false],
    ['after midnight, by the day before', { from: '22:00', until: '06:00', days: [5] }, friday(2, 0, 21), true],
    ['after midnight, not by the day itself', { from: '22:00', until: '06:00', days: [5] }, friday(2), false],
    ['all day', { from: '08:00', until: '08:00' }, friday(7), true],
  ])('%s', (_, hours, now, expected) => expect(isWithinHours(hours, now)).toBe(expected));
});

it.each<[Policy['demand'], string]>([
  ['review', 'asks for a review'],
  ['forbid', 'forbids this'],
  ['reason', 'asks for a reason'],
  ['approver', 'asks that somebody else agrees'],
])('a policy that asks for %s says so in one sentence', (demand, words) => {
  const [hit] = apply({ demand, phrases: ['guarantee'], severity: 'critical' }).hits;
  expect(hit).toEqual({
    id: 'money-back',
    name: 'Money back',
    demand,
    severity: 'critical',
    span: { start: 3, end: 12 },
    words: `Policy “Money back” ${words}: “guarantee” is in the answer.`,
  });
  expect(apply({ demand }).hits[0]?.words).toBe(`Policy “Money back” ${words}.`);
});
