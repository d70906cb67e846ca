/** Every site rule against its fixture pages, in real browsers, under the addresses that the rules name. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Frame, Page } from 'puppeteer-core';
import { expect, it } from 'vitest';
import { inEachBareBrowser } from '../support/detection/bare.ts';
import { pass, passUntilStill, stopClock } from '../support/detection/clock.ts';
import { type DetectionWorld, seen, survey, watch, writeIntoFrame } from '../support/detection/page.ts';

interface Expected {
  readonly url: string;
  readonly conversationKey: string | null;
  /** A tag: the page is in this frame of a page at that address, and has no address of its own. */
  readonly frame?: string;
  /** The selector by which the composer is found. */
  readonly composer?: string;
  /** The rule knows the page and none of its messages: the finder looks for them. */
  readonly finder?: boolean;
  /** What was said about authors there; the site is the rule's. */
  readonly authors?: readonly { readonly author: string; readonly is: 'assistant' | 'person' }[];
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
  /** Every message of the page in document order. */
  readonly messages: readonly {
    readonly role: string;
    readonly text: string;
    readonly author?: string | null;
    /** The same number: answers to one prompt. */
    readonly group?: number;
  }[];
}

const folder = new URL('../fixtures/sites/', import.meta.url).pathname;
const fixtures = readdirSync(folder).flatMap((rule) =>
  readdirSync(join(folder, rule))
    .filter((file) => file.endsWith('.json'))
    .map((file) => [rule, basename(file, '.json')] as const),
);
const quietMs = 200;

/** Which of the things are the same, as numbers in the order of their first occurrence. */
function grouped(ids: readonly (string | number | null | undefined)[]): (number | null)[] {
  const known = [...new Set(ids)].filter((id) => id !== null && id !== undefined);
  return ids.map((id) => (id === null || id === undefined ? null : known.indexOf(id)));
}

async function checkMessages(tab: Page | Frame, rule: string, { messages, composer }: Expected) {
  const page = await survey(tab);
  expect(page.messages.map(({ role, text }) => ({ role, text }))).toEqual(
    messages.map(({ role, text }) => ({ role, text })),
  );
  const named = messages.map(({ author }, at) => (author === undefined ? undefined : page.messages[at]?.author));
  expect(named).toEqual(messages.map(({ author }) => author));
  expect(grouped(page.messages.map(({ variantOf }) => variantOf))).toEqual(grouped(messages.map(({ group }) => group)));
  for (const { role, confidence, asserted, evidence } of page.messages) {
    const isAnswer = role === 'assistant' || role === 'draft';
    const sum = evidence.reduce((total, { weight }) => total + weight, 0);
    expect(confidence).toBeCloseTo(Math.min(1, Math.max(0, sum)));
    expect(asserted).toBe(isAnswer && confidence >= 0.5);
    if (isAnswer) expect(confidence).toBeGreaterThan(0);
    else expect(confidence).toBe(0);
  }
  if (composer) expect(page.composer).toBe(composer);
  expect(page.rule).toMatchObject({ site: rule, origin: 'bundled' });
}

inEachBareBrowser('in', (bare) => {
  it.each(fixtures)(
    'given the page %s/%s, when it stands still, its messages are those that a reader sees',
    async (rule, page) => {
      const html = readFileSync(join(folder, rule, `${page}.html`), 'utf8');
      const expected: Expected = JSON.parse(readFileSync(join(folder, rule, `${page}.json`), 'utf8'));
      const opened = await bare.show(expected.url, expected.frame ?? html);
      const tab = expected.frame ? await writeIntoFrame(opened, html) : opened;
      await stopClock(tab);
      const authors = (expected.authors ?? []).map((one) => ({ ...one, site: rule }));
      await watch(tab, { quietMs, authors, generic: expected.finder ?? false });
      const settled = expected.responses.map((response) => response.settled);
      // Where not all comes, the comparison says what.
      await passUntilStill(tab, { settled, messages: expected.messages.length });
      // What the site still marks as growing must outlast the quiet window.
      await pass(tab, 3 * quietMs);

      const responses = await seen(tab);
      expect(
        responses.map(({ foundBy, messageId, settled, model, prompt, text, markdown }) => ({
          rule: foundBy.site,
          variant: foundBy.variant,
          ...{ messageId, settled, model, prompt, text, markdown },
        })),
      ).toEqual(
        expected.responses.map(({ identity, ...response }) => ({
          rule: expected.finder ? 'generic' : rule,
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
      await checkMessages(tab, rule, expected);
      const told = await tab.evaluate(() => {
        const { changes } = globalThis as unknown as DetectionWorld;
        return changes.map(({ conversationKey }) => conversationKey);
      });
      for (const conversationKey of told) expect(conversationKey).toBe(expected.conversationKey);
    },
  );
});
