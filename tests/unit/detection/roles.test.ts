// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { type CompiledRule, compileRule } from '../../../utils/detection/engine/compile.ts';
import { authorsOf, confidenceOf, judge } from '../../../utils/detection/engine/roles.ts';
import { siteRules } from '../../../utils/detection/sites/index.ts';
import type { AuthorRule, RuleVariant, SiteRule } from '../../../utils/detection/types.ts';

const rule = (variant: Omit<RuleVariant, 'id'>, more: Partial<SiteRule> = {}): CompiledRule => {
  const compiled = compileRule(
    {
      id: 'desk',
      name: 'Desk',
      version: '1',
      matches: ['https://desk.example/*'],
      variants: [{ id: 'a', ...variant }],
      provenance: { source: 'this test', date: '2026-11-21', confidence: 'high' },
      ...more,
    },
    document,
    { host: 'desk.example' },
  );
  if (!compiled) throw new Error('The rule is refused');
  return compiled;
};
const message = (html: string) => {
  document.body.innerHTML = html;
  return document.body.querySelector('.row') as Element;
};
const said = (author: string, is: AuthorRule['is']) => [{ site: 'desk', author, is }];

function judged(html: string, compiled: CompiledRule, authors: AuthorRule[] = []) {
  const [variant] = compiled.variants;
  if (!variant) throw new Error('The variant is refused');
  const judgement = judge(message(html), variant, authorsOf(authors, ['desk', 'https://desk.example']));
  if (!judgement) throw new Error('The variant does not know it');
  return { ...judgement, confidence: confidenceOf(judgement.evidence) };
}

const named = { author: { selector: '.name' } };
const row = (name: string, classes = '') => `<div class="row ${classes}"><b class="name">${name}</b>Hello</div>`;

describe('who wrote a message', () => {
  it('given an agent or a note around or on an AI message, it is theirs', () => {
    const compiled = rule({ assistant: '.row', agent: '.person', note: '.internal' });
    expect(judged(row('x', 'person'), compiled)).toMatchObject({ role: 'agent', confidence: 0 });
    expect(judged(`<section class="person">${row('x')}</section>`, compiled).role).toBe('agent');
    expect(judged(`<section class="internal">${row('x', 'person')}</section>`, compiled).role).toBe('note');
    expect(judged(row('x'), compiled)).toMatchObject({ role: 'assistant', confidence: 0.95 });
  });

  it('given a question that the AI selector takes as well, it is a question', () => {
    expect(judged(row('x', 'mine'), rule({ assistant: '.row', user: '.mine' })).role).toBe('user');
  });

  it.each(['Fin', ' fin ', 'FIN', 'F\uff49n'])('knows an author that was spoken of as %j', (author) => {
    const compiled = rule({ row: '.row', ...named });
    expect(judged(row(' Fin\n '), compiled, said(author, 'assistant'))).toMatchObject({
      ...{ role: 'assistant', author: 'Fin', confidence: 1 },
      evidence: [{ kind: 'manual' }],
    });
  });

  it('given that an author was said to be a person, neither selector nor label make them an AI', () => {
    const compiled = rule({ assistant: '.row', ...named, badge: { selector: '.name' } });
    expect(judged(row('Bea'), compiled, said('Bea', 'person'))).toMatchObject({ role: 'agent', confidence: 0 });
  });

  it('given what was said on another site, it says nothing here', () => {
    const compiled = rule({ row: '.row', ...named });
    const elsewhere = [{ site: 'other', author: 'Fin', is: 'assistant' as const }];
    expect(judged(row('Fin'), compiled, elsewhere)).toMatchObject({ role: 'unknown', evidence: [], confidence: 0 });
  });

  it('given a label, that is declared; where the rule has a caveat, it is not enough to assert', () => {
    const badge = { selector: '.name', pattern: '^(Bot)$' };
    expect(judged(row('Bot'), rule({ row: '.row', badge }))).toMatchObject({ role: 'assistant', confidence: 0.8 });
    const careful = rule({ row: '.row', badge }, { caveat: 'webhooks carry it too' });
    expect(judged(row('Bot'), careful).confidence).toBeLessThan(0.5);
    expect(judged(row('Bob'), rule({ row: '.row', badge })).role).toBe('unknown');
  });

  it('given a caveat, no rule of ours asserts by its selectors or its label alone; both together do', () => {
    const careful = siteRules.filter(({ caveat }) => caveat !== undefined);
    expect(careful.length).toBeGreaterThan(3);
    for (const one of careful) {
      const { selected, badge } = (compileRule(one, document, { host: 'desk.example' }) as CompiledRule).reasons;
      expect(confidenceOf(selected), one.id).toBeLessThan(0.5);
      expect(confidenceOf([badge('Bot')]), one.id).toBeLessThan(0.5);
    }
    const sure = rule({ assistant: '.row', badge: { selector: '.name' } }, { caveat: 'it may be anybody' });
    expect(judged(row('Bot'), sure).confidence).toBeGreaterThan(0.5);
    expect(judged('<p class="row">Hello</p>', sure)).toMatchObject({ role: 'assistant', confidence: 0.475 });
    expect(judged(row('Bot'), rule({ assistant: '.row' }, { remark: 'people may take over' }))).toMatchObject({
      ...{ confidence: 0.95, evidence: [{ detail: 'Desk marks it as an answer; people may take over' }] },
    });
  });

  it.each([
    ['Assistant', true],
    ['AI assistant: just now', true],
    ['Harbor Bot', true],
    ['Pine (AI): 10:02', true],
    ['Sales Assistant', false],
    ['Bea: ask the AI', false],
    ['Abbot', false],
    ['Mai', false],
  ])('given a chatscope chat with %j, it is %s that AI is asserted', (name, asserted) => {
    const chatscope = compileRule(siteRules.find(({ id }) => id === 'chatscope') as SiteRule, document, { host: 'a' });
    for (const html of [
      `<section class="row cs-message cs-message--incoming" aria-label="${name}">Hello</section>`,
      `<section class="cs-message-group" aria-label="${name}"><section class="row cs-message cs-message--incoming">Hello</section></section>`,
    ]) {
      expect(judged(html, chatscope as CompiledRule).confidence >= 0.5, html).toBe(asserted);
    }
  });

  it('given Rocket.Chat, its bot tag offers and does not assert; what a reviewer said of the name does', () => {
    const rocket = compileRule(siteRules.find(({ id }) => id === 'rocket-chat') as SiteRule, document, { host: 'a' });
    const html = `<div class="row" data-qa-type="message" data-mid="m2" data-own="false"><span class="rcx-message-header__name">Pine</span>
      <span><span class="rcx-message-header__role">Bot</span></span><div class="rcx-message-body">Yes</div></div>`;
    expect(judged(html, rocket as CompiledRule)).toMatchObject({ role: 'assistant', author: 'Pine', confidence: 0.4 });
    expect(judged(html, rocket as CompiledRule, said('Pine', 'assistant')).confidence).toBe(1);
  });

  it('given a draft, names have no say', () => {
    const compiled = rule({ row: '.row', draft: '.proposal', ...named });
    expect(judged(row('Bea', 'proposal'), compiled, said('Bea', 'person')).role).toBe('draft');
  });

  it('adds evidence up, cut to 0 and 1', () => {
    const evidence = (...weights: number[]) =>
      weights.map((weight) => ({ kind: 'generic', detail: '', weight }) as const);
    expect(confidenceOf(evidence(0.1, 0.2, 0.2))).toBe(0.5);
    expect(confidenceOf(evidence(0.9, 0.9))).toBe(1);
    expect(confidenceOf(evidence(0.9, -1))).toBe(0);
  });
});
