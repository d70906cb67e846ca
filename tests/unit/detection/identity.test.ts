import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printText } from '../../../utils/detection/fingerprint.ts';
import {
  conversationOf,
  keyOf,
  nativeIdentity,
  printIdentity,
  provisionalIdentity,
  rowIdentity,
} from '../../../utils/detection/identity.ts';
import { siteRules } from '../../../utils/detection/sites/index.ts';

describe('the key of a response', () => {
  it('tells the kinds of identity apart', () => {
    const kinds = [nativeIdentity('1'), rowIdentity('1'), printIdentity(null, 1), provisionalIdentity(() => 0.5)];
    expect(new Set(kinds).size).toBe(kinds.length);
  });

  it('cannot be forged with a bar in an id or a conversation', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.string(),
        fc.string(),
        (id, conversation, otherId, otherConversation) => {
          fc.pre(id !== otherId || conversation !== otherConversation);
          expect(keyOf('site', conversation, nativeIdentity(id))).not.toBe(
            keyOf('site', otherConversation, nativeIdentity(otherId)),
          );
        },
      ),
    );
  });

  it('is another one for another answer to the same prompt, and for the same answer to another prompt', () => {
    const hash = (text: string) => printText(text).hash;
    const [yes, no, first, second] = [hash('Yes.'), hash('No.'), hash('Is it?'), hash('Is it not?')];
    const keys = [
      printIdentity(first, yes),
      printIdentity(first, no),
      printIdentity(second, yes),
      printIdentity(null, yes),
    ];
    expect(new Set(keys).size).toBe(4);
  });

  it('is drawn anew for each growing response', () => {
    expect(provisionalIdentity()).not.toBe(provisionalIdentity());
  });
});

describe('the print of a text', () => {
  const texts = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '\u{1f600}', '\u0301', ' ', '\n', '\u00a0') });

  it.each([
    ['zero-width characters', 'in\u200bvis\u2060ible\ufeff', 'invisible'],
    ['variation selectors', 'ok \u2714\ufe0f \u{e0100}', 'ok \u2714'],
    ['tags of plane 14, as provenance marks use them', 'text\u{e0041}\u{e0042}\u{e007f}', 'text'],
    ['bidi controls and soft hyphens', '\u202eab\u00adc\u202c\u2066d\u2069', 'abcd'],
    ['another way to write a letter', 'cafe\u0301 \u1112\u1161\u11ab \u304b\u3099', 'caf\u00e9 \ud55c \u304c'],
  ])('does not see %s', (_, marked, plain) => {
    expect(marked).not.toBe(plain);
    expect(printText(marked)).toEqual(printText(plain));
    expect(printText(`${plain}!`)).not.toEqual(printText(plain));
  });

  it('takes a text of nothing else for blank', () => {
    expect(printText('\u200b\ufeff \u{e0100}').size).toBe(0);
    expect(printText('\u200b\ufeff \u00ad', true).size).toBe(0);
  });

  it('reads lone surrogates without harm', () => {
    expect(printText('a\ud800').hash).not.toBe(printText('a').hash);
    expect(printText('a\udb40').size).toBeLessThanOrEqual(1);
  });

  it('does not see white space, and sees everything else', () => {
    expect(printText('  It is\n\n4.\u00a0 ')).toEqual(printText('Itis4.'));
    fc.assert(
      fc.property(texts, texts, (left, right) => {
        const bare = (text: string) => text.replace(/[\0- \u00a0]/g, '');
        expect(printText(left).hash === printText(right).hash).toBe(bare(left) === bare(right));
      }),
    );
  });

  it('does not collide on 50,000 short answers', () => {
    const hashes = new Set(Array.from({ length: 50_000 }, (_, at) => printText(`Order ${at} is on its way.`).hash));
    expect(hashes.size).toBe(50_000);
  });

  it('is blank only for blank text, sketched or not', () => {
    expect([printText(' \n'), printText(' \n', true)].map(({ size }) => size)).toEqual([0, 0]);
    expect(printText(`${' '.repeat(400)}x`, true).size).toBeGreaterThan(0);
  });

  it('sketched, notices growth', () => {
    const text = 'word '.repeat(300);
    expect(printText(text, true)).not.toEqual(printText(`${text}more`, true));
  });
});

describe('the conversation in an address', () => {
  const patterns = (id: string) =>
    (siteRules.find((rule) => rule.id === id)?.conversation ?? []).map((text) => new RegExp(text));
  const uuid = '6f1c2d3e-aaaa-4bbb-8ccc-0123456789ab';

  it.each([
    ['chatgpt', `/c/${uuid}`, uuid],
    ['chatgpt', `/g/g-1-tents/c/${uuid}?model=x`, uuid],
    ['chatgpt', `/uc/${uuid}`, uuid],
    ['chatgpt', `/c/WEB:${uuid}`, null],
    ['chatgpt', '/?temporary-chat=true', null],
    ['chatgpt', `/share/${uuid}`, uuid],
    ['claude', `/chat/${uuid}`, uuid],
    ['claude', '/new', null],
    ['gemini', '/app/0a1b2c3d', '0a1b2c3d'],
    ['gemini', '/u/1/app/0a1b2c3d', '0a1b2c3d'],
    ['gemini', '/app', null],
    ['copilot', '/chats/AbCdEfGhIjKlMnOpQrStU', 'AbCdEfGhIjKlMnOpQrStU'],
    ['copilot', '/', null],
    ['grok', `/c/${uuid}?rid=1`, uuid],
    ['deep-chat', '/desk/ticket/4711', '4711'],
    ['deep-chat', '/desk?conversationId=a.b-c', 'a.b-c'],
    ['deep-chat', '/chat/new', null],
    ['deep-chat', '/chat/newcomer', 'newcomer'],
    ['web-chat', '/help', null],
  ])('on %s, %s is %s', (id, path, expected) => {
    expect(conversationOf(patterns(id), path)).toBe(expected);
  });
});
