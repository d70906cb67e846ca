// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { createOffers } from '../../../entrypoints/toolbar/offers.ts';
import type { Detector, Response, UnknownAuthor } from '../../../utils/detection/types.ts';
import { failure } from '../../../utils/errors.ts';
import type { Call } from '../../../utils/messaging/client.ts';
import type { ContentCalls } from '../../../utils/messaging/contract.ts';
import { err, ok } from '../../../utils/result.ts';
import { aDetector, aResponse } from './given.ts';

beforeEach(() => document.body.replaceChildren());

function message(text: string): Element {
  const element = document.createElement('p');
  element.textContent = text;
  document.body.append(element);
  return element;
}

const offered = (key: string, change: Partial<Response> = {}) => {
  const element = message(key);
  return aResponse(key, { element, body: [element], asserted: false, confidence: 0.4, ...change });
};

function asking(responses: Response[], authors: UnknownAuthor[] = [], stored = true) {
  const asked: unknown[] = [];
  const proposed: Element[] = [];
  const detector: Detector = { ...aDetector(responses).detector, authors: () => authors };
  const call = (async (_verb: string, body: unknown) => {
    asked.push(body);
    return stored ? ok(null) : err(failure('storage-full'));
  }) as unknown as Call<ContentCalls>;
  const kept: { words: string; undo: () => Promise<unknown> }[] = [];
  const offers = createOffers({
    ...{ detector, call, onChange: () => {} },
    propose: (element) => proposed.push(element),
    onKept: (words, undo) => kept.push({ words, undo }),
  });
  const shown = () => offers.responses().map(({ key, author }) => (key.startsWith('question') ? `? ${author}` : key));
  return { offers, shown, asked, proposed, kept };
}

describe('what the toolbar may stand at', () => {
  it('given an offered response without an author, when the reviewer says no, then none of its conversation is asked about again', async () => {
    const [a, b] = [offered('a', { conversationKey: 'c' }), offered('b', { conversationKey: 'c' })];
    const sure = aResponse('sure', { element: message('sure'), conversationKey: 'c' });
    const { offers, shown, asked } = asking([a, b, sure]);
    expect(shown()).toEqual(['a', 'b', 'sure']);
    expect(await offers.answer(a, 'no')).toBeNull();
    expect(shown()).toEqual(['sure']);
    expect(offers.responseAt(b.element)).toBeNull();
    expect(asked).toEqual([]);
  });

  it('given an offered response without an author, when the reviewer says yes, then they are shown what else is like it', async () => {
    const a = offered('a');
    const { offers, proposed } = asking([a]);
    await offers.answer(a, 'yes');
    expect(proposed).toEqual([a.element]);
  });

  it('given a response that still grows, then it is not asked about yet', () => {
    const { shown } = asking([offered('a', { settled: false }), offered('b', { conversationKey: 'c' })]);
    expect(shown()).toEqual(['b']);
  });

  it('given an answer for sure, when the reviewer says that it is none, then it alone goes', async () => {
    const [a, b] = ['a', 'b'].map((key) => aResponse(key, { element: message(key), conversationKey: 'c' }));
    const { offers, shown } = asking([a as Response, b as Response]);
    await offers.answer(a as Response, 'no');
    expect(shown()).toEqual(['b']);
  });

  it('given an author, when the reviewer answers, then it is kept for the site and all of their messages are settled', async () => {
    const site = { site: 'intercom', version: '1', variant: null };
    const [a, b] = [offered('a', { author: 'Fin', foundBy: site }), offered('b', { author: 'fin', foundBy: site })];
    const { offers, shown, asked, kept } = asking([a, b]);
    await offers.answer(a, 'no');
    expect(asked).toEqual([{ site: 'intercom', author: 'Fin', is: 'person' }]);
    expect(shown()).toEqual([]);
    expect(kept.map(({ words }) => words)).toEqual(['Messages by Fin are a person’s on this site.']);
    await kept[0]?.undo();
    expect(asked.at(-1)).toEqual({ site: 'intercom', author: 'Fin', is: null });
    expect(shown()).toEqual(['a', 'b']);
  });

  it('given a finding without a rule, then an author is kept for the origin of the page', async () => {
    const a = offered('a', { author: 'Fin', foundBy: { site: 'generic', version: '', variant: null } });
    const { offers, asked } = asking([a]);
    await offers.answer(a, 'yes');
    expect(asked).toEqual([{ site: window.origin, author: 'Fin', is: 'assistant' }]);
  });

  it('given the answer cannot be kept, then it says so and the question stays', async () => {
    const a = offered('a', { author: 'Fin' });
    const { offers, shown } = asking([a], [], false);
    expect(await offers.answer(a, 'yes')).toEqual(failure('storage-full'));
    expect(shown()).toEqual(['a']);
  });

  it('given authors of whom nothing is known, then each is asked about once, at their newest message, where it stands', async () => {
    const [one, two, three] = [message('1'), message('2'), message('3')];
    const sure = aResponse('sure', { element: two });
    const { offers, shown } = asking([sure], [{ name: 'Fin', site: 'desk', elements: [one, three] }]);
    const { added } = offers.refresh();
    expect(shown()).toEqual(['sure', '? Fin']);
    expect(offers.responseAt(three)).toMatchObject({ author: 'Fin', asserted: false });
    expect(offers.isQuiet()).toBe(false);
    await offers.answer(added[0] as Response, 'later');
    expect(shown()).toEqual(['sure']);
    expect(offers.isQuiet()).toBe(true);
    expect(offers.responseAt(three)).toBeNull();
  });

  it('given an author who was named meanwhile, when detection moves on, then the question goes', () => {
    const authors = [{ name: 'Fin', site: 'desk', elements: [message('1')] }];
    const { offers, shown } = asking([], authors);
    offers.refresh();
    expect(shown()).toEqual(['? Fin']);
    authors.splice(0);
    expect(offers.refresh().removed.map(({ author }) => author)).toEqual(['Fin']);
    expect(shown()).toEqual([]);
  });
});
