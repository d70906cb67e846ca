/** Every site rule against its fixture pages, in real browsers, under the addresses that the rules name. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/browser/poll.ts';
import { type DetectionWorld, launchBare, openAt, seen, watch } from '../support/detection/page.ts';
import { browsers } from '../support/given.ts';

interface Expected {
  readonly url: string;
  readonly conversationKey: string | null;
  readonly responses: readonly {
    readonly variant: string;
    readonly messageId: string | null;
    readonly settled: boolean;
    readonly model: string | null;
    readonly prompt: string | null;
    readonly text: string;
    /** Where it differs from the text. */
    readonly markdown?: string;
    /** Last part of the key, where it is worth naming. */
    readonly identity?: string;
  }[];
}

const folder = new URL('../fixtures/sites/', import.meta.url).pathname;
const fixtures = readdirSync(folder).flatMap((rule) =>
  readdirSync(join(folder, rule))
    .filter((file) => file.endsWith('.html'))
    .map((file) => [rule, basename(file, '.html')] as const),
);
const quietMs = 200;

describe.each(browsers)('in %s', (name) => {
  let browser: Browser;

  beforeAll(async () => {
    const launched = await launchBare(name);
    if (!launched) throw new Error(`There is no ${name} on this machine; COUNTERSIGN_BROWSERS names those to test in`);
    browser = launched;
  });
  afterAll(() => browser?.close());

  it.each(fixtures)(
    'given the page %s/%s, when it stands still, its answers are those that a reader sees',
    async (rule, page) => {
      const html = readFileSync(join(folder, rule, `${page}.html`), 'utf8');
      const expected: Expected = JSON.parse(readFileSync(join(folder, rule, `${page}.json`), 'utf8'));
      const tab = await openAt(browser, expected.url, html);
      try {
        await watch(tab, { quietMs });
        const wanted = expected.responses.map(({ settled }) => settled);
        await until(
          'the answers have settled',
          async () => {
            const responses = await seen(tab);
            return (
              responses.length >= wanted.length && responses.every((response, at) => response.settled || !wanted[at])
            );
          },
          { timeoutMs: 6_000 },
        );
        // What the site still marks as growing must outlast the quiet window.
        await new Promise((resolve) => setTimeout(resolve, wanted.includes(false) ? 3 * quietMs : 0));

        const responses = await seen(tab);
        expect(
          responses.map(({ foundBy, messageId, settled, model, prompt, text, markdown }) => ({
            rule: foundBy.site,
            variant: foundBy.variant,
            ...{ messageId, settled, model, prompt, text, markdown },
          })),
        ).toEqual(
          expected.responses.map(({ identity, ...response }) => ({
            rule,
            ...response,
            markdown: response.markdown ?? response.text,
          })),
        );
        expect(new Set(responses.map(({ key }) => key)).size).toBe(responses.length);
        for (const [at, { identity }] of expected.responses.entries()) {
          if (identity) expect(responses[at]?.key.split('|').at(-1)).toBe(identity);
        }
        for (const response of responses) {
          expect(response.conversationKey).toBe(expected.conversationKey);
          expect(response).toMatchObject({ truncated: false, length: response.text.length });
        }
        const chosen = await tab.evaluate(() => {
          const { Detection } = globalThis as unknown as DetectionWorld;
          return Detection.ruleFor(location, document)?.id;
        });
        expect(chosen).toBe(rule);
        const told = await tab.evaluate(() => {
          const { changes } = globalThis as unknown as DetectionWorld;
          return changes.map(({ conversationKey }) => conversationKey);
        });
        expect(new Set(told)).toEqual(new Set([expected.conversationKey]));
      } finally {
        await tab.close();
      }
    },
  );
});
