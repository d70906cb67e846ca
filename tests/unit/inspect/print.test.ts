import { describe, expect, it } from 'vitest';
import { asJson, asText } from '../../../scripts/lib/inspect/print.ts';
import { aFrame, aMessage } from '../../support/surveys.ts';

const url = 'https://chatgpt.com/c/1';
const widget = aFrame(
  { url: 'https://widget.example/', rule: null, health: { state: 'fallback', found: { generic: 1 } } },
  5,
);

describe('what inspect prints for programs', () => {
  it('has exactly the fields that were agreed', () => {
    const json = asJson(url, { frames: [aFrame()], atRest: true }) as { messages: object[] };
    expect(Object.keys(json)).toEqual([...['url', 'rule', 'messages', 'conversationKey', 'composer', 'health', 'ms']]);
    expect(Object.keys(json.messages[1] ?? {})).toEqual([
      ...[
        'role',
        'text',
        'markdown',
        'confidence',
        'evidence',
        'settled',
        'truncated',
        'messageId',
        'model',
        'variantOf',
      ],
    ]);
    expect(json).toMatchObject({ url, rule: { site: 'chatgpt', version: '2026-10-05', origin: 'bundled' } });
  });

  it('given messages in two frames, has those of both, each with its frame', () => {
    const json = asJson(url, { frames: [aFrame(), widget], atRest: true });
    expect((json as { messages: { frame: string }[] }).messages.map(({ frame }) => new URL(frame).host)).toEqual([
      ...['chatgpt.com', 'chatgpt.com', 'widget.example', 'widget.example'],
    ]);
  });

  it('given no overlay on the page, has no messages and is idle', () => {
    expect(asJson(url, { frames: [], atRest: true })).toMatchObject({
      ...{ rule: null, messages: [], conversationKey: null, health: { state: 'idle' }, ms: 0 },
    });
  });
});

describe('what inspect prints for people', () => {
  it('says who wrote what, how sure that is and why, and what each selector matches', () => {
    const text = asText(url, { frames: [aFrame()], atRest: true });
    expect(text).toContain('1 answer found by the ChatGPT rule.');
    expect(text).toMatch(
      /2\. assistant The battery lasts for 12 hours\.\n\s+confidence 0\.95\n\s+\+0\.95 rule: The ChatGPT rule/,
    );
    expect(text).toMatch(/classic assistant\s+1 {2}\[data-role="assistant"\]/);
    expect(text).toContain('Health        working');
  });

  it('given texts that could steer a terminal or turn its direction, prints words only', () => {
    const hostile = aMessage({ text: '\u001b[2Jgone\u202e reversed\u0007' });
    const text = asText(url, { frames: [aFrame({ messages: [hostile] })], atRest: true });
    expect(text).toContain('[2Jgone reversed');
    for (const sign of ['\u001b', '\u202e', '\u0007']) expect(text).not.toContain(sign);
  });

  it('given a page without a conversation, says so with the next step; given one that does not rest, says that', () => {
    expect(asText(url, { frames: [], atRest: true })).toContain('try it with --rules');
    expect(asText(url, { frames: [aFrame()], atRest: false })).toContain('did not come to rest');
  });
});
