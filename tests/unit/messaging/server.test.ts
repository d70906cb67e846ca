import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { fail } from '../../../utils/errors.ts';
import type { RawSender } from '../../../utils/messaging/sender.ts';
import { createListener, type Handlers } from '../../../utils/messaging/server.ts';
import { aDraft, aJudgement, aSnapshot } from '../../support/builders.ts';
import { FakeExtension } from '../../support/fake-extension.ts';

const content: RawSender = { id: 'countersign', url: 'https://chat.example/', tab: { id: 7 }, frameId: 0 };
const editor: RawSender = { ...content, url: 'chrome-extension://countersign/editor.html', frameId: 3 };
const page: RawSender = { id: 'countersign', url: 'chrome-extension://countersign/popup.html' };

/** A server whose handlers answer with what reached them. */
function aServer(special: Record<string, () => never> = {}) {
  const reached: unknown[] = [];
  const handler = (verb: string) => async (body: unknown, from: unknown) => {
    special[verb]?.();
    reached.push({ verb, body, from });
    return verb;
  };
  const any = new Proxy({}, { get: (_, verb: string) => handler(verb) });
  const handlers = { content: any, editor: any, page: any } as unknown as Handlers;
  const report = vi.fn();
  const { runtime } = new FakeExtension().browser;
  const listen = createListener(handlers, { runtime, report });
  const ask = (call: unknown, body: unknown, sender: RawSender) => listen({ countersign: 1, call, body }, sender);
  return { listen, ask, reached, report };
}

const refused = (code: string, field?: string) => ({ ok: false, error: field ? { code, field } : { code } });

describe('the server', () => {
  it('given a message of another program, leaves it to other listeners', () => {
    const { listen } = aServer();
    for (const message of [undefined, null, 'ping', 4, [], {}, { countersign: 2 }, { type: 'x', call: 'openPage' }]) {
      expect(listen(message, page)).toBeUndefined();
    }
  });

  it('given a call of the right kind, hands body and sender to its handler', async () => {
    const { ask, reached } = aServer();
    const from = { tabId: 7, frameId: 0, documentId: '', origin: 'https://chat.example', url: content.url };
    expect(await ask('openPage', { responseKeys: ['a'] }, content)).toEqual({ ok: true, value: 'openPage' });
    expect(reached).toEqual([{ verb: 'openPage', body: { responseKeys: ['a'] }, from }]);
  });

  const pageOnly = [
    'deleteReviews',
    'saveSettings',
    'saveDestination',
    'deliverEarlier',
    'removeDestination',
    'testDestination',
    'sendSample',
    'resend',
    'discard',
    'deliverNow',
    'refreshSite',
    'startPicker',
    'saveRule',
    'removeRule',
    'switchRule',
    'saveAuthor',
    'importRules',
    'setRulePack',
    'updateRulePack',
  ];
  it.each([
    ...pageOnly.map((call) => ['content', call, content] as const),
    ...pageOnly.map((call) => ['editor', call, editor] as const),
    ['content', 'claimEditor', content],
    ['content', 'saveDraft', content],
    ['editor', 'openEditor', editor],
    ['editor', 'openPage', editor],
    ...['wake', 'arrive', 'keepRule', 'keepAuthor', 'reportHealth'].flatMap((call) => [
      ['editor', call, editor] as const,
      ['page', call, page] as const,
    ]),
    ['page', 'openEditor', page],
    ['page', 'claimEditor', page],
  ] as const)('given that %s asks for %s, forbids it and says nothing more', async (_, call, sender) => {
    const { ask, reached } = aServer();
    const answer = await ask(call, { token: 'x', all: true, id: 'y' }, sender);
    expect(answer).toEqual(await ask('no-such-call', {}, sender));
    expect(answer).toMatchObject(refused('forbidden'));
    expect(reached).toEqual([]);
  });

  it.each(['constructor', '__proto__', 'toString', '', 7, null, { call: 'openPage' }])(
    'given the call %j, forbids it',
    async (call) => {
      expect(await aServer().ask(call, {}, page)).toMatchObject(refused('forbidden'));
    },
  );

  it('given a sender that is nobody, forbids everything', async () => {
    const { ask } = aServer();
    expect(await ask('deliverNow', {}, { ...page, id: 'other' })).toMatchObject(refused('forbidden'));
    expect(await ask('openPage', { responseKeys: [] }, { ...content, origin: 'null' })).toMatchObject(
      refused('forbidden'),
    );
  });

  const draft = aDraft();
  const polluted = JSON.parse('{"responseKeys":[],"__proto__":{"polluted":1}}');
  it.each<[string, string, unknown, RawSender, string]>([
    ['a missing field', 'openPage', {}, content, 'responseKeys'],
    ['a wrong type', 'openPage', { responseKeys: 'a' }, content, 'responseKeys'],
    ['an unknown field', 'openPage', { responseKeys: [], origin: 'https://bank.example' }, content, 'origin'],
    [
      'a field of a field',
      'saveReview',
      { ...draft, snapshot: aSnapshot({ pageUrl: '' }) },
      content,
      'snapshot.pageUrl',
    ],
    ['an origin in the draft', 'saveReview', { ...draft, origin: 'https://bank.example' }, content, 'origin'],
    [
      'a verdict that is none',
      'saveReview',
      { ...draft, judgement: { ...aJudgement(), verdict: 'yes' } },
      editor,
      'judgement.verdict',
    ],
    ['an id that is none', 'saveReview', { ...draft, id: 'x' }, page, 'id'],
    ['an own __proto__', 'openPage', polluted, content, '__proto__'],
    ['a Map', 'saveSettings', { keys: new Map() }, page, 'keys'],
    ['a number out of range', 'resizeEditor', { height: -1 }, editor, 'height'],
    ['a token that is none', 'claimEditor', { token: '../x' }, editor, 'token'],
    ['a huge small body', 'removeDestination', { id: 'x'.repeat(20_000) }, page, 'id'],
    [
      'a text beyond its limit',
      'saveDraft',
      { judgement: aJudgement({ comment: 'x'.repeat(200_001) }) },
      editor,
      'judgement.comment',
    ],
    ['an unknown setting', 'saveSettings', { debug: true }, page, 'debug'],
    ['no body', 'openPage', undefined, content, '(root)'],
    ['a list as body', 'deliverNow', [], page, '(root)'],
    ['two answers to one question', 'deleteReviews', { all: true, site: 'x' }, page, '(root)'],
    ['a site that is none', 'refreshSite', { origin: 'javascript:alert(1)', tabId: 1 }, page, 'origin'],
  ])('given %s, refuses the body and names the field', async (_, call, body, sender, field) => {
    const { ask, reached } = aServer();
    expect(await ask(call, body, sender)).toMatchObject(refused('invalid', field));
    expect(reached).toEqual([]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('given the largest draft that the limits allow, takes it', async () => {
    const text = '漢'.repeat(200_000);
    const snapshot = aSnapshot({ text, markdown: text + text, prompt: 'x'.repeat(20_000) });
    const judgement = aJudgement({ correction: text, comment: text });
    expect(await aServer().ask('saveReview', aDraft({ snapshot, judgement }), editor)).toMatchObject({ ok: true });
  });

  it('given a flood from one tab, says busy there and answers all others', async () => {
    // The flood takes no time: a second of a busy machine would let twenty more through.
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const { ask, reached } = aServer();
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => ask('openPage', { responseKeys: [] }, content)),
    );
    expect(answers.filter((answer) => answer?.ok)).toHaveLength(50);
    expect(answers.at(-1)).toMatchObject(refused('busy'));
    expect(reached).toHaveLength(50);
    expect(await ask('openPage', { responseKeys: [] }, { ...content, tab: { id: 8 } })).toMatchObject({ ok: true });
    for (let index = 0; index < 100; index += 1) expect(await ask('deliverNow', {}, page)).toMatchObject({ ok: true });
  });

  it('given a handler that names its failure, answers with it; given any other error, with unexpected, and reports it', async () => {
    const { ask, report } = aServer({
      undoReview: () => fail('too-late'),
      deliverNow: () => {
        throw new TypeError('SECRET-zq9');
      },
    });
    const undo = { reviewId: 'x', revision: 1 };
    expect(await ask('undoReview', undo, content)).toMatchObject(refused('too-late'));
    expect(report).not.toHaveBeenCalled();
    const answer = await ask('deliverNow', {}, page);
    expect(answer).toMatchObject(refused('unexpected'));
    expect(JSON.stringify(answer)).not.toContain('zq9');
    expect(report).toHaveBeenCalledOnce();
  });
});
