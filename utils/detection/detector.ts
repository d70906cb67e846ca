/** The way into this room: finds the responses of a page by site rules. See `types.ts` for the contract. */
import { captureResponse, promptOf, sourceOf } from './capture.ts';
import type { Finder } from './engine/finder.ts';
import { addressOf } from './engine/rules.ts';
import { type Session, startSession } from './engine/session.ts';
import { preview } from './preview.ts';
import { surveyPage } from './survey.ts';
import type { Detector, PageRules, RuleOrigin, SiteRule } from './types.ts';

export interface DetectorOptions extends Partial<Omit<PageRules, 'rules'>> {
  readonly document: Document;
  /** What is known at the start; `use` says it later. */
  readonly rules?: readonly (SiteRule & { readonly origin?: RuleOrigin })[];
  readonly window?: Window & typeof globalThis;
  /** Brings what finds answers without a rule; asked where it is needed. Without it only rules find any. */
  readonly loadFinder?: () => Promise<Finder | null>;
  /** A clock in ms that never runs back. */
  readonly now?: () => number;
  /** How long a response must stand still to count as settled, in ms, instead of the default windows. */
  readonly quietMs?: number;
}

/** Makes a detector for one document. Inert until `start`; never writes to the page and never throws into it. */
export function createDetector(options: DetectorOptions): Detector {
  const { document, rules = [], authors = [], threshold = 0.5, generic = true, quietMs } = options;
  const { now = () => performance.now() } = options;
  const page = options.window ?? (document.defaultView as (Window & typeof globalThis) | null) ?? window;
  let known: PageRules = {
    rules: rules.map((rule) => ({ ...rule, origin: rule.origin ?? 'bundled' })),
    ...{ authors, threshold, generic },
  };
  let session: Session | null = null;
  let finder: Finder | null = null;
  const loadFinder = async () => {
    finder ??= (await options.loadFinder?.()) ?? null;
    return finder;
  };
  return {
    start(signal, onChange, onHealth = () => {}) {
      if (signal.aborted) return;
      signal.addEventListener('abort', () => {
        session = null;
      });
      startSession({ page, rules: known, now, quietMs, loadFinder }, signal, onChange, onHealth, (started) => {
        session = started;
      });
    },
    responses: () => session?.inOrder().map(({ response }) => response) ?? [],
    responseAt(node) {
      const entry = session?.entryAround(node);
      if (!entry) session?.doubt(node);
      return entry?.response ?? null;
    },
    source: (response) => sourceOf(response, session),
    capture(response, promptLimit, turns = 0) {
      return captureResponse(response, promptLimit, session, turns);
    },
    prompt: (response, limit) => promptOf(response, limit, session),
    include: (what) => session?.include(what) ?? null,
    propose(examples, not) {
      if (!finder) void loadFinder();
      return finder?.proposeRule(examples, page, not) ?? null;
    },
    preview: (rule) => (session ? preview(session, page, rule) : []),
    authors: () => session?.authors() ?? [],
    use(rules) {
      known = rules;
      session?.use(rules);
    },
    rule: () => session?.rule() ?? null,
    survey: () => surveyPage(addressOf(page), session),
  };
}
