import { describe, expect, it } from 'vitest';
import type { PolicyHit } from '../../../utils/review/policy.ts';
import { formatOf } from '../../../utils/triage/signals/shape.ts';
import { signalsOf } from '../../../utils/triage/signals.ts';
import { sketchOf } from '../../../utils/triage/sketch.ts';
import type { Knowledge, SignalName, TriageSubject } from '../../../utils/triage/types.ts';

const NOW = Date.parse('2026-11-21T10:00:00Z');
const nothing: Knowledge = { usual: [], reviewed: [], now: NOW };

const look = (text: string, about: Partial<TriageSubject> = {}, known: Partial<Knowledge> = {}) =>
  signalsOf(
    { text, prompt: '', before: '', next: null, confidence: 0.95, hits: [], ...about },
    { ...nothing, ...known },
  );
/** What one signal says. */
const says = (name: SignalName, ...of: Parameters<typeof look>) => look(...of)[name];

describe('claims', () => {
  it('given a price that was not given, names it; given in the question in another spelling, says nothing', () => {
    expect(says('claims', 'It costs €1,299.00.', { prompt: 'What does it cost?' })).toMatchObject({
      words: 'price €1,299.00 is not in the question',
    });
    expect(says('claims', 'Ja, er kostet 1.299 €.', { prompt: 'Kostet er €1,299.00?' }).strength).toBe(0);
  });
  it.each([
    ['a date', 'Your parcel arrives on 3 May 2027.', 'date 3 May 2027'],
    ['a link', 'See https://help.example/x.', 'link https://help.example/x'],
    ['an address', 'Write to care@shop.example today.', 'address care@shop.example'],
    ['an order', 'Order NT-48213 is on its way.', 'number NT-48213'],
    ['a share', 'You get 15 % off.', 'share 15 %'],
    ['a span of time', 'Send it back within 30 days.', 'time or amount 30 days'],
    ['a name', 'Please ask for Clara Winterfeld at the desk.', 'name Clara Winterfeld'],
  ])('given %s, says so', (_, text, words) => {
    expect(says('claims', text, { prompt: 'And now?' }).words).toContain(words);
  });
  it('given the numbers of a list and small counts, makes nothing of them', () => {
    expect(says('claims', '1. Open the box.\n2. Take both parts out.\n3. Press for 5 times.').strength).toBe(0);
  });
  it('given no question at all, is half as sure', () => {
    const text = 'It costs €49.';
    const full = says('claims', text, { prompt: 'What is it?' }).strength;
    expect(says('claims', text, { prompt: null }).strength).toBeCloseTo(full / 2);
  });
});

describe('contradiction', () => {
  const before = 'What does the tent cost?\nThe tent costs €189 with poles.';
  it.each([
    ['another price of the same thing than before', 'The tent costs €249 with poles.', { before }, '€249 where €189'],
    ['another order than asked about', 'Order NT-47207 is canceled.', { prompt: 'Cancel order NT-47702' }, 'NT-47207'],
    ['digits in another order', 'I noted 1730 for you.', { prompt: 'My reading is 7310' }, '1730 where 7310'],
    [
      'another time than asked about',
      'Returns are free for 14 days.',
      { prompt: 'Are returns free for 30 days?' },
      '14 days',
    ],
    [
      'no where it said yes',
      'The pool is not heated in winter.',
      { before: 'The pool is heated in winter.' },
      'opposite',
    ],
    ['no and yes in one answer', 'Yearly plans can be canceled. Yearly plans cannot be canceled.', {}, 'itself'],
    ['a weekday that the date is not', 'Come on Wednesday, 23 November 2026.', {}, 'is a Monday, not a Wednesday'],
    ['a weekday that the date is not, in German', 'Termin am Mittwoch, den 23. November 2026.', {}, 'is a Monday'],
    ['a day to come that has passed', 'It will arrive by 15 March 2024.', {}, 'has passed'],
    ['a product that is wrong', 'That is 25 x €23 = €475.', {}, 'does not add up'],
    ['a sum that is wrong', 'Together €164 + €15 = €219.', {}, 'does not add up'],
  ])('given %s, says so', (_, text, about, words) => {
    const { strength, words: said } = says('contradiction', text, about);
    expect(said).toContain(words);
    expect(strength).toBeGreaterThanOrEqual(0.6);
  });
  it.each([
    ['the same price', 'The tent costs €189 with poles.', { before }],
    ['both prices, compared', 'The tent costs €249 instead of €189.', { before }],
    ['a price of another thing', 'Shipping to Norway is €20.', { before }],
    ['a right weekday', 'Come on Monday, 23 November 2026.', {}],
    ['a right sum within a longer one', '2 x €164 plus 2 x €15 is €358 in total.', {}],
    ['a day that was', 'The offer ended on 15 March 2024.', {}],
    ['yes and no about different things', 'Dogs are allowed in rooms. Cats are not allowed in the restaurant.', {}],
  ])('given %s, says nothing', (_, text, about) => {
    expect(says('contradiction', text, about).words).toBeNull();
  });
  it('given an answer that takes back what it said, is less sure', () => {
    const text = 'Sorry, the tent costs €249 with poles.';
    expect(says('contradiction', text, { before }).strength).toBeLessThan(0.4);
  });
});

describe('how it is said', () => {
  it('given a refusal, in English or German, quotes it; a sentence within a long answer weighs less', () => {
    expect(says('refusal', "I'm sorry, but I can't help with that.").words).toContain("i can't help with");
    expect(says('refusal', 'Dabei kann ich nicht helfen.').strength).toBeGreaterThan(0.8);
    const long = `${'The box has two parts that fit together. '.repeat(20)}I cannot answer for the shop.`;
    expect(says('refusal', long).strength).toBeLessThan(0.5);
    expect(says('refusal', 'The helper can assist you.').strength).toBe(0);
  });
  it('given hedging, names the words; more of it is stronger', () => {
    const little = says('hedging', 'It usually fits.');
    const much = says('hedging', "I think it might fit, but I'm not sure. Perhaps not.");
    expect(much.strength).toBeGreaterThan(little.strength);
    expect(much.words).toContain('"i\'m not sure"');
  });
  it.each([
    ['that it was wrong', "That's wrong.", "that's wrong"],
    ['so in German', 'Das stimmt nicht.', 'stimmt nicht'],
    ['that they want a person', 'Can I talk to a human?', 'talk to a human'],
    ['the same again', 'How do I cancel my order of shoes today?', 'the same again'],
    ['so loudly', 'WHERE IS MY PARCEL NOW', 'raised their voice'],
  ])('given a user who says %s, says so', (_, next, words) => {
    expect(
      says('displeasure', 'Go to your account.', { prompt: 'How do I cancel my order of shoes?', next }).words,
    ).toContain(words);
  });
  it('given another price in the next turn, says so', () => {
    const next = 'My contract says £50.';
    expect(says('displeasure', 'The exit fee is £350 per fuel.', { next }).words).toContain('£50');
  });
  it('given thanks, or nothing yet, says nothing', () => {
    expect(says('displeasure', 'Go there.', { next: 'Perfect, thanks!' }).strength).toBe(0);
    expect(says('displeasure', 'Go there.', { next: null }).strength).toBe(0);
  });
});

describe('shape', () => {
  const usual = Array.from({ length: 20 }, (_, at) => ({ length: 200 + at * 5, format: 'text' }));
  it.each([
    ['a placeholder', 'Dear [customer name], thank you.', 'placeholder'],
    ['a template', 'Go to {{url}} please.', 'placeholder'],
    [
      'the same sentence twice',
      'Please wait until the light turns green. Please wait until the light turns green.',
      'twice',
    ],
    ['an end in the middle', `${'The box is on the shelf. '.repeat(4)}and then you`, 'middle of a sentence'],
    ['capitals', 'PLEASE READ THE MANUAL BEFORE YOU CALL US AGAIN, WE HAVE TOLD YOU THIS MANY TIMES.', 'capitals'],
  ])('given %s, says so', (_, text, words) => {
    expect(says('shape', text).words).toContain(words);
  });
  it('given an answer in another language than the question, names both', () => {
    const prompt = 'Wie viel kostet der Tarif und wie kann ich ihn kündigen, wenn ich umziehe?';
    const text = 'The plan is billed per user and you can cancel it at any time in your account.';
    expect(says('shape', text, { prompt }).words).toBe('asked in German, answered in English');
  });
  it('given a length or a format that this site never has, says so; given too few answers, does not', () => {
    const long = 'A sentence about tents and boats. '.repeat(120);
    expect(says('shape', `${long}End.`, {}, { usual }).words).toContain('much longer');
    expect(
      says(
        'shape',
        'Run this:\n```\nmake\n```\nIt builds.',
        {},
        { usual: usual.map((one) => ({ ...one, length: 40 })) },
      ).words,
    ).toContain('code');
    expect(says('shape', 'Run this:\n```\nmake\n```\nIt builds.', {}, { usual: usual.slice(0, 3) }).words).toBeNull();
  });
  it('tells what a text is made of', () => {
    expect(formatOf('# Title\n- one\n- two\nhttps://x.example')).toBe('list heading link');
    expect(formatOf('Plain.')).toBe('text');
  });
});

describe('what was judged before', () => {
  const wrong =
    'All products come with an unconditional lifetime warranty. Whatever breaks is replaced, no receipt needed.';
  const right = 'The tent weighs two kilograms and packs into a small bag that fits every backpack.';
  const judged = (text: string, bad: boolean) => ({ sketch: sketchOf(text), bad });
  it('given an answer like two that were rejected, counts them; like approved ones, says nothing', () => {
    const reviewed = [judged(wrong, true), judged(`${wrong} Just bring it.`, true), judged(right, false)];
    const again =
      'Our products come with an unconditional lifetime warranty: whatever breaks is replaced, and no receipt is needed.';
    expect(says('failures', again, {}, { reviewed })).toMatchObject({
      words: 'similar to 2 answers that were rejected or corrected',
    });
    expect(says('failures', right, {}, { reviewed }).strength).toBe(0);
  });
  it('given an answer unlike all of many, calls it new; given few, does not know', () => {
    const reviewed = Array.from({ length: 12 }, (_, at) => judged(`${right} Number ${at}.`, false));
    expect(says('novelty', wrong, {}, { reviewed }).words).toContain('unlike');
    expect(says('novelty', right, {}, { reviewed }).strength).toBe(0);
    expect(says('novelty', wrong, {}, { reviewed: reviewed.slice(0, 3) }).strength).toBe(0);
  });
  it('given what correction memory found, takes its word', () => {
    expect(says('failures', wrong, {}, { resembles: 3 })).toMatchObject({
      words: 'similar to 3 answers that were rejected or corrected',
    });
  });
});

it('given policies that apply, names the most severe; given doubtful detection, says so', () => {
  const hit = (name: string, severity: PolicyHit['severity']): PolicyHit => ({
    ...{ id: name, name, severity, demand: 'review', span: null, words: '' },
  });
  expect(says('policy', 'x', { hits: [hit('Tone', 'minor'), hit('Medicine', 'critical')] })).toEqual({
    strength: 1,
    words: 'policy "Medicine"',
  });
  expect(says('doubt', 'x', { confidence: 0.5 }).strength).toBeGreaterThan(0.5);
  expect(says('doubt', 'x', { confidence: 0.95 }).strength).toBe(0);
});

it('given texts of 100,000 characters made to be slow, answers, and every strength stays between 0 and 1', () => {
  const slow = [
    '1'.repeat(100_000),
    'a-'.repeat(50_000),
    'a.b@'.repeat(25_000),
    '€1 '.repeat(33_000),
    '| '.repeat(50_000),
    '`'.repeat(100_000),
    'not the tent. the tent. '.repeat(4_000),
    `${'x'.repeat(99_000)}[customer`,
  ];
  for (const text of slow) {
    for (const { strength } of Object.values(look(text, { prompt: text, before: text, next: text }))) {
      expect(strength).toBeGreaterThanOrEqual(0);
      expect(strength).toBeLessThanOrEqual(1);
    }
  }
});
