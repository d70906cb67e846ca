/** Conversations of any length for the rows: each in a scroll container, in markup that a rule knows, with nested markdown. */

/** `cv`: turns far away are left out by `content-visibility: auto`, as large products do; `plain`: all are laid out. */
export type Kind = 'cv' | 'plain';

const words =
  'the tent weighs two kilos and stands in wind as long as its pegs hold which they do in firm ground and on sand with stones'.split(
    ' ',
  );

/** `count` words, others for each `from`. */
export const prose = (count: number, from: number): string =>
  Array.from({ length: count }, (_, at) => words[(at * 7 + from * 3 + ((at * from) >> 3)) % words.length]).join(' ');

/** The inside of an answer of about 150 words. */
const answer = (at: number): string =>
  `<h3>${prose(4, at)}</h3><p>${prose(60, at)} <b>${at}</b></p><ul><li>${prose(20, at + 1)}</li><li>${prose(20, at + 3)}</li></ul><p>${prose(40, at + 5)} <code>${prose(2, at)}</code></p>`;

/**
 * How roles are marked: `roles` declares them, as ChatGPT does, with an id for each message; `classes` names answers by a class,
 * as Claude does, with an attribute that says whether one is being written. See lib/site.ts for their addresses.
 */
export type Markup = 'roles' | 'classes';

/** Message `at` of a thread: a question when it is even, an answer when it is odd. */
export const turn = (at: number, inside = answer(at), markup: Markup = 'roles'): string => {
  const question = `<p>${prose(20, at)}?</p>`;
  if (markup === 'classes')
    return at % 2 === 0
      ? `<article><div data-testid="user-message">${question}</div></article>`
      : `<article><div data-is-streaming="false"><div class="font-claude-response"><div class="standard-markdown">${inside}</div></div></div></article>`;
  return at % 2 === 0
    ? `<article><div data-message-author-role="user" data-message-id="u${at}">${question}</div></article>`
    : `<article><div data-message-author-role="assistant" data-message-id="a${at}"><div class="markdown">${inside}</div></div></article>`;
};

/**
 * A page with `messages` messages, every second an answer, that scrolls in `main`. The roles are declared, so that the product
 * finds the answers on any address.
 */
export function thread(messages: number, kind: Kind, markup: Markup = 'roles'): string {
  const style = kind === 'cv' ? 'content-visibility:auto;contain-intrinsic-size:auto 300px' : '';
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Thread</title><style>html,body{height:100%;margin:0}body{display:flex;flex-direction:column;font:16px/1.5 sans-serif}main{flex:1;overflow-y:auto;padding:0 10%}article{${style}}form{height:48px}</style></head><body><main>${Array.from({ length: messages }, (_, at) => turn(at, answer(at), markup)).join('')}</main><form><textarea aria-label="Message"></textarea></form></body></html>`;
}
