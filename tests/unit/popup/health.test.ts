import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHealth, type Health } from '../../../entrypoints/popup/health.ts';
import type { FrameSurvey } from '../../../utils/health/frames.ts';
import { type Background, startBackground, value } from '../../support/background.ts';
import { aFrame, aMessage } from '../../support/surveys.ts';

const page = { tabId: 7, address: 'https://desk.example/tickets/4711' };
let background: Background;
let stop: AbortController;
let health: Health;
/** What the tab answers, one after the other; the last one again and again. */
let answers: (readonly FrameSurvey[])[];
let asked: unknown[][];
let clipboard: string | null;
let mayCopy: boolean;

beforeEach(async () => {
  background = await startBackground();
  stop = new AbortController();
  [answers, asked, clipboard, mayCopy] = [[], [], null, true];
  const scripting = {
    executeScript: async ({ args }: { args: unknown[] }) => {
      asked.push(args);
      const frames = (answers.length > 1 ? answers.shift() : answers[0]) ?? [];
      return frames.map(({ frameId, survey }) => ({ frameId, result: survey }));
    },
  };
  const writeText = async (text: string) => {
    if (!mayCopy) throw new DOMException('not focused', 'NotAllowedError');
    clipboard = text;
  };
  health = createHealth(
    {
      ...{ scripting, database: background.database, version: '0.1.0', againMs: 1 },
      page: { userAgent: 'Firefox/153.0', clipboard: { writeText } } as unknown as Navigator,
    },
    stop.signal,
  );
});
afterEach(() => stop.abort());

describe('what the popup says of the page', () => {
  it('given a rule that has found what there is, asks once and says so', async () => {
    answers = [[aFrame()]];
    await health.lookAt(page);
    expect(health.seen.value).toMatchObject({ headline: '1 answer found by the ChatGPT rule.', tone: 'good' });
    expect(asked).toHaveLength(1);
  });

  it('given a page on which signs are found late, says first that nothing is there, then what is', async () => {
    const late = aFrame({ rule: null, messages: [aMessage()], health: { state: 'fallback', found: { generic: 1 } } });
    answers = [[], [], [late]];
    const said = new Set<string | undefined>();
    health.seen.subscribe((seen) => said.add(seen?.headline));
    await health.lookAt(page);
    expect([...said]).toEqual([undefined, 'Nothing found on this page.', '1 answer, by signs on the page.']);
  });

  it('given a page that never shows any, gives up asking', async () => {
    await health.lookAt(page);
    expect(asked.length).toBeLessThan(12);
    expect(health.seen.value).toMatchObject({ tone: 'quiet' });
  });

  it('names the authors that are known on this site, by rule and by address, and no others', async () => {
    for (const [site, author, is] of [
      ['chatgpt', 'Lyro', 'assistant'],
      ['https://desk.example', 'Maria', 'person'],
      ['https://other.example', 'Otto', 'assistant'],
    ] as const) {
      value(await background.page('saveAuthor', { site, author, is }));
    }
    answers = [[aFrame()]];
    await health.lookAt(page);
    await vi.waitFor(() =>
      expect(health.seen.value?.authors).toEqual(
        expect.arrayContaining([
          { name: 'Lyro', is: 'assistant' },
          { name: 'Maria', is: 'person' },
        ]),
      ),
    );
    expect(health.seen.value?.authors).toHaveLength(2);
  });
});

describe('the report', () => {
  it('is copied without texts, and the page is not asked for them', async () => {
    answers = [[aFrame()]];
    await health.lookAt(page);
    await health.copy(false);
    expect(health.copied.value).toBe('copied');
    expect(clipboard).toContain('Countersign 0.1.0, Firefox 153');
    expect(clipboard).not.toContain('4711');
    expect(asked.every(([withTexts]) => withTexts === false)).toBe(true);
  });

  it('given that texts are ticked, then the page is asked for them', async () => {
    answers = [[aFrame()]];
    await health.lookAt(page);
    await health.copy(true);
    expect(clipboard).toContain('| The battery lasts for 12 hours.');
    expect(asked.at(-1)?.[0]).toBe(true);
  });

  it('given a browser that refuses the clipboard, says so', async () => {
    mayCopy = false;
    await health.lookAt(page);
    await health.copy(false);
    expect(health.copied.value).toBe('failed');
  });
});
