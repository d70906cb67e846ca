import { describe, expect, it } from 'vitest';
import { browserOf, healthReport } from '../../../utils/health/report.ts';
import { aFrame, aMessage } from '../../support/surveys.ts';

const options = {
  version: '0.1.0',
  browser: 'Chromium 156',
  at: '2026-11-21T11:00:00.000Z',
  page: 'https://chatgpt.com/c/secret-4711?q=order',
  withTexts: false,
};
const evidence = [{ kind: 'generic' as const, detail: 'It is labelled "Berta"', weight: 0.5 }];
const berta = aMessage({ author: 'Berta', text: 'Your order 4711\nis on its way.', evidence, confidence: 0.5 });

describe('the report that can be copied', () => {
  it('names rule, version, selectors with counts, browser, version of the extension, and the state', () => {
    const report = healthReport([aFrame()], options);
    for (const part of [
      'Countersign 0.1.0, Chromium 156, 2026-11-21T11:00:00.000Z',
      'State: working',
      'Rule: chatgpt (ChatGPT), version 2026-10-05, bundled',
      'Found: 1 by rule, 0 by signs on the page, 0 pointed at; 0 growing',
      'Messages: 1 user, 1 assistant; answers with confidence 0.95',
      '  classic assistant     1  [data-role="assistant"]',
      'This report holds no text of the page.',
    ]) {
      expect(report).toContain(part);
    }
  });

  it('holds nothing that was written on the page: no text, name, label or conversation', () => {
    const report = healthReport([aFrame({ messages: [berta], conversationKey: 'secret-4711' })], options);
    for (const secret of ['4711', 'order', 'Berta', 'secret', '/c/']) expect(report).not.toContain(secret);
    expect(report).toContain('Site: https://chatgpt.com\n');
  });

  it('given selectors that quote the page, as those made by pointing may, leaves what they quote out', () => {
    const quoting = [
      '[aria-label="Answer of Maria"]',
      "#message-471100 > [data-name='Lyro']",
      '[title="a \\" Berta"] .x',
      '[data-from="bot-message"]',
    ].map((selector) => ({ variant: 'v', field: 'assistant', selector, matched: 1 }));
    const report = healthReport([aFrame({ health: { selectors: quoting } })], options);
    for (const secret of ['Maria', '471100', 'Lyro', 'Berta']) expect(report).not.toContain(secret);
    expect(report).toContain('[data-from="bot-message"]');
    expect(report).toContain("#message-… > [data-name='…']");
  });

  it('given that texts were ticked, holds them with author and evidence, and says so', () => {
    const report = healthReport([aFrame({ messages: [berta] })], { ...options, withTexts: true });
    expect(report).toContain('1. assistant (Berta), confidence 0.50');
    expect(report).toContain('+0.5 generic: It is labelled "Berta"');
    expect(report).toContain('     | Your order 4711\n     | is on its way.');
    expect(report).toContain('This report holds texts of the page.');
  });

  it('given very much text, stays of a size that can be sent', () => {
    const messages = Array.from({ length: 5000 }, () => aMessage({ text: 'x'.repeat(20_000) }));
    const report = healthReport([aFrame({ messages })], { ...options, withTexts: true });
    expect(report.length).toBeLessThan(600_000);
    expect(report).toContain('and 4800 more');
  });

  it('given several frames, describes each', () => {
    const report = healthReport([aFrame(), aFrame({ url: 'https://widget.example/x' }, 12)], options);
    expect(report).toContain('The page itself\nSite: https://chatgpt.com');
    expect(report).toContain('Frame 12\nSite: https://widget.example');
  });

  it('given a page without any overlay, says what was seen all the same', () => {
    expect(healthReport([], options)).toContain('In words: Nothing found on this page.');
  });
});

it.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0', 'Firefox 153'],
  ['Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0', 'Edge 156'],
  ['Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36', 'Chromium 156'],
  ['curl/8', 'an unknown browser'],
])('given the user agent %s, names the browser %s', (agent, name) => {
  expect(browserOf(agent)).toBe(name);
});
