/** Derives a rule from a page that no rule knows. See docs/detection-scores.md for how it decides. */
import { foldAuthor } from '../author-name.ts';
import { conversationOf } from '../identity.ts';
import type { Evidence, SiteRule } from '../types.ts';
import { collectMarks } from './collect.ts';
import type { Guess, Setting } from './guess.ts';
import { markedGuesses } from './marked.ts';
import { pairsUnder } from './pairs.ts';
import { composersIn, controls, isTalk } from './reading.ts';
import { forgetNames, outermost, selectorFor } from './selectors.ts';
import { grownGuess, shapedGuess } from './unmarked.ts';

/** What the finder looks at. */
export interface FinderPage {
  readonly document: Document;
  /** The document and its open shadow roots, as far as they are known. */
  readonly roots: Iterable<Document | ShadowRoot>;
  readonly location: Pick<Location, 'href' | 'host'>;
  /** Elements whose text was seen growing, the latest last. */
  readonly growth: readonly Element[];
  /** The rule that names this address and finds nothing any more. */
  readonly rule?: SiteRule;
  /** Names that a person said are an AI's on this site. */
  readonly authors?: readonly string[];
}

export interface Induced {
  readonly rule: SiteRule;
  /** What speaks for and against every message that the rule finds. */
  readonly evidence: readonly Evidence[];
}

/** Below this there is no reason to ask anybody. */
const silence = 0.32;
/** The time for one look, in ms; a step that has begun is ended. A small page cannot take long, however busy the computer. */
const budgetMs = (elements: number): number => (elements > 5_000 ? 30 : elements > 1_500 ? 150 : 600);
/** From here on no further supposition is looked for. */
const enough = 0.5;
const version = '2026-11-21';

/** A rule made of one supposition. */
export function ruleFrom(
  guess: Pick<Guess, 'variant'>,
  { root, composers }: Pick<Setting, 'root' | 'composers'>,
): SiteRule {
  const composer = composers.at(-1);
  const selector = composer && selectorFor([composer], root);
  const streaming = '[aria-busy="true"],[data-is-streaming="true"],[data-streaming="true"]';
  const flagged = root.querySelector(streaming) !== null;
  return {
    id: 'generic',
    name: 'The finder',
    version,
    matches: [],
    variants: [flagged ? { ...guess.variant, streaming } : guess.variant],
    ...(selector ? { composer: selector } : {}),
    provenance: { source: 'induced from the page', date: version, confidence: 'low' },
  };
}

/** More certain, or certain as well and about the same messages and more. */
function isBetter(one: Guess, other: Guess): boolean {
  if (Math.min(one.total, other.total) < enough || one.messages.length === other.messages.length)
    return one.total > other.total + 1e-9;
  const [wide, narrow] = one.messages.length > other.messages.length ? [one, other] : [other, one];
  const isSame = (message: Element) =>
    wide.messages.some((each) => each === message || each.contains(message) || message.contains(each));
  return narrow.messages.every(isSame) ? wide === one : one.total > other.total + 1e-9;
}

function isConversation({ rule, location }: FinderPage): boolean {
  const { pathname, search, hash } = new URL(location.href);
  return (
    conversationOf(
      (rule?.conversation ?? []).map((pattern) => new RegExp(pattern)),
      pathname + search + hash,
    ) !== null
  );
}

function settingOf(
  page: FinderPage,
  root: Document | ShadowRoot,
  own: readonly Element[],
  everywhere: readonly Element[],
  isLate: () => boolean,
) {
  const growth = page.growth.filter((element) => element.isConnected && root.contains(element));
  const log = Array.from(root.querySelectorAll('[role="log"],[role="feed"]')).slice(-2);
  const marks = collectMarks(
    root,
    [...growth.slice(-1), ...own.slice(-2), ...log],
    new Set(page.authors?.map(foldAuthor)),
  );
  const holders = marks.user
    .flatMap(({ mark, elements }) => (mark.kind === 'class' ? elements.filter(isTalk) : elements))
    .filter((element) => !element.closest(controls));
  const inOrder = (a: Element, b: Element) =>
    a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
  const setting: Setting = {
    root,
    composers: own.length > 0 ? own : everywhere,
    growth,
    users: marks.user,
    userElements: outermost([...new Set(holders)].slice(-600).sort(inOrder)),
    rule: page.rule,
    inConversation: isConversation(page),
    isLate,
  };
  return { setting, marks };
}

/**
 * A rule for what this page shows now, with page-level evidence; null where nothing on it looks like an AI's messages.
 * A variant with a `badge` has no evidence for the badge among it: that is each message's own. Reads only, and bounded.
 */
export function induceRule(page: FinderPage): Induced | null {
  forgetNames();
  const until = performance.now() + budgetMs(page.document.getElementsByTagName('*').length);
  const isLate = () => performance.now() > until;
  const roots = [...new Set([page.document, ...page.roots])];
  const fields = new Map(roots.map((root) => [root, composersIn(root)]));
  const everywhere = [...fields.values()].flat().slice(-6);
  let best: { guess: Guess; setting: Setting } | null = null;
  for (const root of roots.slice(0, 64)) {
    const { setting, marks } = settingOf(page, root, fields.get(root) ?? [], everywhere, isLate);
    const guesses = markedGuesses(marks.ai, marks.agent, setting);
    // Where people answer too, two kinds of rows say nothing; where signs suffice, they need not say anything.
    if (!page.rule?.mixed && !guesses.some(({ total }) => total >= enough)) {
      const pairs = pairsUnder(root, setting);
      const guess = grownGuess(setting, pairs) ?? shapedGuess(setting, pairs);
      if (guess) guesses.push(guess);
    }
    for (const guess of guesses) if (!best || isBetter(guess, best.guess)) best = { guess, setting };
  }
  if (!best || best.guess.total < silence) return null;
  return { rule: ruleFrom(best.guess, best.setting), evidence: best.guess.evidence };
}
