// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { induceRule, proposeRule } from '../../../utils/detection/generic/index.ts';
import { labelSays, nameSays } from '../../../utils/detection/generic/words.ts';
import type { SiteRule } from '../../../utils/detection/types.ts';

const address = { href: 'https://desk.example/', host: 'desk.example' };
const page = (more: object = {}) => ({ document, roots: [document], location: address, growth: [], ...more });

beforeEach(() => {
  document.body.innerHTML = '';
});

/** A talk of four turns; `row` makes one of them. */
function aTalk(row: (text: string, isAnswer: boolean) => string): void {
  const turns = [
    ['Is the Aller in stock?', false],
    ['It is: two in green and one in red, ready to be sent today.', true],
    ['And the spare pole?', false],
    ['The spare pole comes back next week, on Tuesday at the latest.', true],
  ] as const;
  document.body.innerHTML = `<main><h1>Help</h1><div class="talk">${turns.map(([text, isAnswer]) => row(text, isAnswer)).join('')}</div><textarea></textarea></main>`;
}
const textsOf = (selector: string | undefined) =>
  Array.from(document.querySelectorAll(selector ?? 'none'), ({ textContent }) => textContent?.slice(0, 9));

describe('a rule for a page that none was written for', () => {
  it('given declared roles, when it looks, they are the rule', () => {
    aTalk(
      (text, isAnswer) => `<div data-message-author-role="${isAnswer ? 'assistant' : 'user'}"><p>${text}</p></div>`,
    );
    const found = induceRule(page());
    expect(found?.rule.variants[0]).toMatchObject({
      assistant: '[data-message-author-role="assistant"]',
      user: '[data-message-author-role="user"]',
    });
    expect(found?.evidence.reduce((sum, { weight }) => sum + weight, 0)).toBeGreaterThan(0.8);
  });

  it.each([
    'AI',
    'Assistant',
    '助手',
    'सहायक',
    'Asistente',
    'Bot',
    'المساعد',
    'সহকারী',
    'Assistente',
    'Ассистент',
    'معاون',
  ])('given rows by people and by "%s", when it looks, the name tells them apart', (name) => {
    aTalk((text, isAnswer) => `<div class="row"><b class="who">${isAnswer ? name : 'Ida'}</b><p>${text}</p></div>`);
    const variant = induceRule(page())?.rule.variants[0];
    expect(variant).toMatchObject({ row: '.row', author: { selector: '.who' }, badge: { selector: '.who' } });
    expect(new RegExp(variant?.badge?.pattern ?? 'none').exec(` ${name} `)?.[1]).toBe(name);
    expect('Ida').not.toMatch(new RegExp(variant?.badge?.pattern ?? '.'));
  });

  it('given two people who chat, when it looks, it says nothing', () => {
    aTalk((text, isAnswer) => `<div class="row ${isAnswer ? 'in' : 'out'}"><p>${text}</p></div>`);
    expect(induceRule(page())).toBeNull();
  });

  it('given the same rows at the address of an AI, when it looks, the longer ones are offered at the most', () => {
    aTalk((text, isAnswer) => `<div class="row ${isAnswer ? 'in' : 'out'}"><p>${text}</p></div>`);
    const rule = { id: 'x', name: 'Xai', matches: ['https://desk.example/*'], variants: [] } as unknown as SiteRule;
    const found = induceRule(page({ rule }));
    expect(textsOf(found?.rule.variants[0]?.assistant)).toEqual(['It is: tw', 'The spare']);
    expect(found?.evidence.reduce((sum, { weight }) => sum + weight, 0)).toBeLessThan(0.5);
    expect(induceRule(page({ rule: { ...rule, mixed: true } }))).toBeNull();
  });

  it('given the same rows, when one of them was seen growing, its kind is the AI’s', () => {
    aTalk((text, isAnswer) => `<div class="row ${isAnswer ? 'in' : 'out'}"><p>${text}</p></div>`);
    const found = induceRule(page({ growth: [document.querySelectorAll('p')[3]] }));
    expect(textsOf(found?.rule.variants[0]?.assistant)).toEqual(['It is: tw', 'The spare']);
    expect(found?.evidence.map(({ detail }) => detail)).toContain('Its text grew piece by piece after a question');
  });

  it('given a name that a person said is an AI’s, when it looks, it counts as one', () => {
    aTalk((text, isAnswer) => `<div class="row"><b class="who">${isAnswer ? 'Lyro' : 'Ida'}</b><p>${text}</p></div>`);
    expect(induceRule(page())).toBeNull();
    expect(induceRule(page({ authors: ['lyro'] }))?.rule.variants[0]?.badge?.pattern).toContain('Lyro');
  });
});

describe('what a word says', () => {
  it.each([
    ['Abbott', null],
    ['Talbot', null],
    ['Is there an AI assistant?', null],
    ['HelpBot', 'ai'],
    ['ChatGPT said:', 'ai'],
    ['llama3.3:70b', 'ai'],
    ['You', 'user'],
    ['Ihr Assistent', null],
  ])('%s as a name', (name, side) => expect(nameSays(name)?.side ?? null).toBe(side));

  it('takes a person’s job for no sure name', () =>
    expect(nameSays('Legal Assistant')).toEqual({ side: 'ai', sure: false }));
  it('reads labels that are sentences', () => {
    expect(labelSays('Chat message from assistant')?.side).toBe('ai');
    expect(labelSays('Chat message from user')?.side).toBe('user');
  });
});

describe('a rule from what was pointed at', () => {
  const row = (text: string, isAnswer: boolean) =>
    `<div class="row ${isAnswer ? 'in' : 'out'} x1y2z3"><b class="who">${isAnswer ? 'Fin' : 'Ida'}</b><div class="text"><p>${text}</p></div></div>`;

  it('given a paragraph deep inside an answer, it proposes the narrowest class that others share, and wider ones', () => {
    aTalk(row);
    const proposal = proposeRule([document.querySelectorAll('p')[1] as Element], page());
    const variant = proposal?.rule.variants[0];
    expect(textsOf(variant?.assistant)).toEqual(['FinIt is:', 'FinThe sp']);
    expect(variant).toMatchObject({ author: { selector: '.who' }, body: '.text' });
    const counts = proposal?.alternatives.map(({ variants }) => textsOf(variants[0]?.assistant).length) ?? [];
    expect(counts).toContain(4);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(JSON.stringify(proposal)).not.toContain('x1y2z3');
  });

  it('given something that is no answer, no proposal holds it', () => {
    aTalk(row);
    const [question, answer] = Array.from(document.querySelectorAll('.row')) as [Element, Element];
    const proposal = proposeRule([answer], page(), [question]);
    for (const { variants } of [proposal?.rule, ...(proposal?.alternatives ?? [])].filter(
      (rule) => rule !== undefined,
    )) {
      expect(question.matches(variants[0]?.assistant ?? '*')).toBe(false);
    }
  });
});
