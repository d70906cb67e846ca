/** What speaks against AI on a page: the habits of places where people write to each other. */
import type { Evidence } from '../types.ts';
import { sample } from './reading.ts';

const habits: readonly (readonly [selector: string, detail: string, weight: number])[] = [
  [':is(h1,h2,h3) a[href]', 'A link heads it, as with articles', -0.2],
  [
    'a[rel~="author"],a[class*="author" i],[itemprop="author"],a[href*="/user"],a[href*="/profile"],a[href*="/members/"],a[href*="/@"]',
    'Its authors have profiles',
    -0.2,
  ],
  ['[class*="upvote" i],[class*="vote-" i],[aria-label*="upvote" i],[class*="karma" i]', 'People vote on it', -0.15],
  [
    'a[href*="#comment"],a[href*="#post"],a[href*="#issuecomment"],a[href*="/status/"],a[href*="permalink"],[class*="permalink" i]',
    'It has a link of its own, as posts have',
    -0.15,
  ],
  ['a[href^="mailto:"],[class*="mail-header" i]', 'It has a mail address', -0.15],
  ['[class*="read-receipt" i],[aria-label^="Seen by"],[aria-label^="Read by"]', 'It says who has read it', -0.1],
];
const places: readonly (readonly [selector: string, detail: string, weight: number])[] = [
  [
    '[itemtype*="schema.org/Comment"],[itemtype*="schema.org/Review"],[itemtype*="DiscussionForumPosting"],[class*="comments" i],[id*="comments" i],[class*="reviews" i]',
    'It stands among comments or reviews',
    -0.3,
  ],
  [
    '[class*="issue" i],[class*="pull-request" i],[class*="discussion" i],[class*="forum" i]',
    'It stands in a discussion',
    -0.2,
  ],
  ['[itemtype*="Article"],article:not([class]):not([role])', 'It is part of an article', -0.2],
];

/** The habits that most of the messages show. */
export function personSigns(messages: readonly Element[]): Evidence[] {
  const few = sample(messages, 8);
  const evidence: Evidence[] = [];
  for (const [selector, detail, weight] of habits) {
    const count = few.filter((message) => message.querySelector(selector)).length;
    if (count * 2 > few.length) evidence.push({ kind: 'generic', detail, weight });
  }
  for (const [selector, detail, weight] of places) {
    if (few.every((message) => message.closest(selector))) evidence.push({ kind: 'generic', detail, weight });
  }
  return evidence;
}
