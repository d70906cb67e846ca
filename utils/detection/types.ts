/** What detection finds on a page, and how a site rule describes where to find it. */
import type { Turn } from '../review/schema.ts';

/** How a message is told to be AI-written; confidence is what the evidence adds up to. */
export interface Evidence {
  /** `rule`: a site rule says so; `declared`: the page declares it; `generic`: the finder inferred it; `manual`: a person pointed at it. */
  readonly kind: 'rule' | 'declared' | 'generic' | 'manual';
  /** In words, for the reviewer who asks why. */
  readonly detail: string;
  /** -1 to 1; what speaks against AI is negative. The sum, cut to 0 and 1, is the confidence. */
  readonly weight: number;
}

/**
 * Who wrote a message. `user`: who asks, in a support tool the customer. `agent`: a person who answers. `note`: internal, for
 * colleagues. `draft`: an AI's proposal that nobody has sent yet. `unknown` wherever the page gives no reason: an `assistant`
 * on a person's words is the worst error of all.
 */
export type Role = 'assistant' | 'user' | 'agent' | 'note' | 'draft' | 'unknown';

/** An assistant message on the page, the thing under review. Lives as long as its element is on the page. */
export interface Response {
  /** Stable across re-render, virtualization and reload: `site|conversation|identity`; see `identity.ts`. Unsettled responses without a native id have a provisional key. */
  readonly key: string;
  /** The outermost element of the message: what the toolbar follows. */
  readonly element: Element;
  /** The elements that hold the answer's text, in document order, never empty. */
  readonly body: readonly Element[];
  /** It stopped growing. A vote of signals, and revocable. */
  readonly settled: boolean;
  readonly role: 'assistant' | 'draft';
  readonly evidence: readonly Evidence[];
  /** What the evidence adds up to, 0 to 1. */
  readonly confidence: number;
  /** The confidence reaches the user's threshold. What does not is offered: the reviewer is asked whether it is AI. */
  readonly asserted: boolean;
  /** The author's name as the page shows it, where it shows one. */
  readonly author: string | null;
  /** Shared by the answers to one prompt (side by side, pager, regenerated); null while only one is known. */
  readonly variantOf: string | null;
  /** `site`: id of the rule; `generic` and `manual` where no rule was written by anybody. */
  readonly foundBy: { readonly site: string; readonly version: string; readonly variant: string | null };
  readonly messageId: string | null;
  readonly conversationKey: string | null;
}

/** The text of a response, read when somebody needs it. */
export interface CapturedText {
  /** Plain text, blocks separated by newlines. */
  readonly text: string;
  readonly markdown: string;
  readonly truncated: boolean;
  /** Length in UTF-16 code units before truncation. */
  readonly length: number;
}

/** A response whose key is another one now; what was kept under `from` belongs to `response.key`. */
interface Rekeyed {
  readonly from: string;
  readonly response: Response;
}

/** What the overlay is told when the page moves on. Nothing is told while nothing changes. */
export interface DetectionChange {
  /**
   * To be applied first: a provisional key became the final one, or the site named the conversation. Each response here
   * is among `changed` or `added` as well.
   */
  readonly rekeyed: readonly Rekeyed[];
  readonly added: readonly Response[];
  /** Same key, new element, new text or new `settled`. */
  readonly changed: readonly Response[];
  readonly removed: readonly Response[];
  /** The conversation that the page shows now; null where the site has not named it yet. */
  readonly conversationKey: string | null;
}

/** What the page is to detection, on demand: for the popup, the picker, `npm run inspect` and the health report. JSON-safe. */
export interface Survey {
  readonly url: string;
  /** The rule that applies; null where only the finder or a person found something, or nobody. */
  readonly rule: {
    readonly site: string;
    readonly name: string;
    readonly version: string;
    readonly origin: RuleOrigin;
  } | null;
  /** All messages in document order, of whatever role. */
  readonly messages: readonly SurveyedMessage[];
  readonly conversationKey: string | null;
  /** A selector that finds the composer now; null where there is none. */
  readonly composer: string | null;
  readonly health: Health;
  /** How long detection has worked on this page since it loaded, in ms. */
  readonly ms: number;
}

export interface SurveyedMessage {
  readonly role: Role;
  readonly author: string | null;
  readonly text: string;
  readonly markdown: string;
  readonly confidence: number;
  readonly asserted: boolean;
  readonly evidence: readonly Evidence[];
  readonly settled: boolean;
  readonly truncated: boolean;
  readonly messageId: string | null;
  readonly model: string | null;
  readonly variantOf: string | null;
}

/** Where a rule comes from; a later one in this list wins over an earlier one for the same address. */
export type RuleOrigin = 'bundled' | 'team' | 'user';

/**
 * How detection fares on this page. `idle`: nothing to find yet. `working`: the rule finds answers. `fallback`: the finder does,
 * without a rule. `changed`: the site has a rule, its messages are there by other signs, and the rule finds none.
 * `slow`: a rule was turned off because it held up the page. `broken`: nothing of the rule can be used.
 */
export interface Health {
  readonly state: 'idle' | 'working' | 'fallback' | 'changed' | 'slow' | 'broken';
  /** In words, with one next step; null where all is well. */
  readonly message: string | null;
  /** What each selector of the rule matches now; -1 where the browser refuses it. Never a text of the page. */
  readonly selectors: readonly {
    readonly variant: string | null;
    readonly field: string;
    readonly selector: string;
    readonly matched: number;
  }[];
  /** How many responses were found by what, and how many of them still grow. */
  readonly found: {
    readonly rule: number;
    readonly generic: number;
    readonly manual: number;
    readonly growing: number;
  };
}

/** "Messages by NAME are AI", or are not: said once by a reviewer or a team, kept per site. */
export interface AuthorRule {
  /** Id of a site rule, or an origin where the site has none. */
  readonly site: string;
  /** As the page shows it, white space collapsed; compared without case. */
  readonly author: string;
  readonly is: 'assistant' | 'person';
}

/** Rules and authors as a team publishes them, and as a file keeps them. `docs/site-rules.md` shows one. */
export interface RulePack {
  readonly format: 'countersign-rules';
  readonly version: string;
  readonly rules: readonly SiteRule[];
  readonly authors?: readonly AuthorRule[] | undefined;
}

/** What detection needs to know on one document. */
export interface PageRules {
  /**
   * Checked. All that name some address of this document's host, and those of products that any site may embed, so that
   * a page which moves on needs to ask nobody. At one address those apply whose patterns name it, of the last origin in
   * `RuleOrigin` that has any; where none does, those without addresses whose signature is there. A document without an
   * address of its own (`about:`) is at the root of its origin. Each id occurs once.
   */
  readonly rules: readonly (SiteRule & { readonly origin: RuleOrigin })[];
  readonly authors: readonly AuthorRule[];
  /** Confidence from which a response is asserted, 0 to 1. */
  readonly threshold: number;
  /** Whether the finder may look where no rule finds anything. */
  readonly generic: boolean;
}

/** Rules derived from what a person pointed at. */
interface Proposal {
  readonly rule: SiteRule;
  /** Narrower and wider ones, from narrow to wide. */
  readonly alternatives: readonly SiteRule[];
}

/** One message that a rule would find. */
export interface Preview {
  readonly element: Element;
  readonly role: Role;
  readonly author: string | null;
}

/** An author of whom it is not known whether they are a person. */
export interface UnknownAuthor {
  readonly name: string;
  /** What `keepAuthor` wants: the rule's id, or the page's origin. */
  readonly site: string;
  /** Their messages, in document order, never empty. */
  readonly elements: readonly Element[];
}

/** A response as it is read for a review; without `context` where nothing was said before the prompt, or nobody asked. */
export interface Captured extends CapturedText {
  readonly prompt: string | null;
  readonly context?: readonly Turn[];
  readonly model: string | null;
}

/** What a text is read from: the elements that hold it, what is left out of them, and the part of them that it is. */
export interface TextSource {
  readonly bodies: readonly Element[];
  readonly without: string;
  /** Around code that has a header. */
  readonly codeBlock: string | undefined;
  readonly range: Range | null;
}

/** Finds responses on one document until its signal aborts. Constructed inert. */
export interface Detector {
  /**
   * Starts observing; the first call of `onChange` reports what is there already, at once where the rule is known by
   * address. No call on a page without responses. May be called again after its signal aborted. `onHealth` hears each new
   * state of the page's health, once.
   */
  start(
    signal: AbortSignal,
    onChange: (change: DetectionChange) => void,
    onHealth?: (state: Health['state']) => void,
  ): void;
  /** Responses on the page now, in document order. A `Response` is a snapshot: after a change, ask again. */
  responses(): readonly Response[];
  /** The response that contains this node, if any; crosses open shadow roots. */
  responseAt(node: Node): Response | null;
  /**
   * Reads a response's text, Markdown, prompt and model now. `promptLimit` in characters, 0 to leave out what was said before;
   * `turns`: how many messages before the prompt are read, 0 where absent.
   */
  capture(response: Response, promptLimit: number, turns?: number): Captured;
  /** The prompt alone, as `capture` has it: the answer is not read. */
  prompt(response: Response, limit: number): string | null;
  /** What the text of a response is read from now, for those who look up where in it something is. */
  source(response: Response): TextSource;
  /** A person says that this is an AI answer: a response from now on, until it leaves the page. Null where it has no text. */
  include(what: Element | Range): Response | null;
  /**
   * Derives a rule from one or two answers that a person pointed at, and others from narrow to wide to choose among;
   * none of them matches what is in `not`. Null where nothing can be derived.
   */
  propose(examples: readonly Element[], not: readonly Element[]): Proposal | null;
  /** What a rule would find on the page now, whether or not it is kept: in document order, at most 2,000. */
  preview(rule: SiteRule): readonly Preview[];
  /** Authors that the page names and nobody has said of whether they are AI; none where all is known. Cheap. */
  authors(): readonly UnknownAuthor[];
  /** Takes what the background knows now, after a rule was made or an author named. */
  use(rules: PageRules): void;
  /** The rule that the page goes by; null where none does. Cheap, unlike `survey`, which reads the whole page. */
  rule(): Survey['rule'];
  survey(): Survey;
}

/** Where a value is read: an attribute or the text of an element, relative to the message. */
export interface Locator {
  /** Default: the message itself. Looked up on and inside the message, or on it and upwards with `in: 'ancestor'`, or in the whole page. */
  readonly selector?: string;
  readonly in?: 'message' | 'ancestor' | 'page';
  /** Default: the text content. */
  readonly attribute?: string;
  /** First capture group of this regular expression is the value; no match, no value. */
  readonly pattern?: string;
}

/** One renderer of a site. A vendor runs up to four at once, so a rule is a union of these. */
export interface RuleVariant {
  readonly id: string;
  /** Selects assistant messages; of nested matches the outermost counts. A variant has this, or `row`, or `draft`. */
  readonly assistant?: string;
  /**
   * Selects messages of whatever author, where the page does not mark who is AI. Who wrote one is told, in this order, by the
   * selectors of this variant, by an author rule, by `badge`; else it is `unknown` and no response.
   */
  readonly row?: string;
  /** The name of a message's author, relative to the message. */
  readonly author?: Locator;
  /** In a message: what marks its author as AI, such as a "Bot" label. */
  readonly badge?: Locator;
  /** Selects messages of people who answer, and internal notes. They are never responses, whatever else matches. */
  readonly agent?: string;
  readonly note?: string;
  /** Selects an AI's proposal in or beside the composer. */
  readonly draft?: string;
  /** Around answers to the same prompt that stand side by side; answers behind a pager are known by their prompt. */
  readonly group?: string;
  /** Selects what holds the answer, inside the message; default: the message itself. No non-empty body, no response. */
  readonly body?: string;
  /** Selects user messages, for the prompt. */
  readonly user?: string;
  /** The part of a user message that is its text. */
  readonly userBody?: string;
  /** Inside the body, never part of the answer: reasoning, the site's buttons, hidden headings. */
  readonly exclude?: readonly string[];
  /** Around a code block together with its header, whose text is the language. */
  readonly codeBlock?: string;
  readonly messageId?: Locator;
  /** A key of the virtual row, where the message has no id of its own. */
  readonly rowKey?: Locator;
  readonly model?: Locator;
  /** Matches the message, something inside it or around it while it grows. */
  readonly streaming?: string;
  /** In or after the message, and before the next one, once it is complete. */
  readonly done?: string;
  /** How long its text must stand still to count as settled, in ms, where the flags of this renderer lie or are missing. */
  readonly quietMs?: number;
}

/** Declarative description of how one site marks its messages. Data, never code: JSON-shaped, checked by zod where it enters. */
export interface SiteRule {
  readonly id: string;
  readonly name: string;
  /** Changes whenever the rule does; stored on every review. */
  readonly version: string;
  /** Match patterns of the addresses. Empty: a product that any site may embed, recognised by `signature`. */
  readonly matches: readonly string[];
  /**
   * People answer here as well: the finder then goes by labels, declared roles and what was said about authors, never by two
   * kinds of rows.
   */
  readonly mixed?: boolean;
  /** The page lists its newest message first: whose prompt is whose is not told by their order, and none is read. */
  readonly newestFirst?: boolean;
  /** Must be on the page (open shadow roots included) for the rule to apply. */
  readonly signature?: string;
  /**
   * Instead of a signature: selects the frame that the document stands in, for chats whose frame has no address of its own.
   * Known for frames of the same origin only.
   */
  readonly frame?: string;
  /** None where nothing is known of the messages, only of the page: the finder looks for them. */
  readonly variants: readonly RuleVariant[];
  /** Regular expressions over path and query; the first capture group is the conversation key. */
  readonly conversation?: readonly string[];
  /** On the page while any answer is being written. */
  readonly busy?: string;
  readonly composer?: string;
  /** Selects the button that sends what stands in the composer; where absent, buttons are told by their name. */
  readonly send?: string;
  /**
   * Why a match may well not be AI, in words for the reviewer. The evidence then weighs too little to assert anything by itself:
   * a match is offered, unless another sign, such as a label or what was said about the author, adds to it.
   */
  readonly caveat?: string;
  /** What the reviewer should know besides, in words; costs no weight. */
  readonly remark?: string;
  /** Where the facts come from, when they were checked, and how sure they are. */
  readonly provenance: {
    readonly source: string;
    readonly date: string;
    readonly confidence: 'high' | 'medium' | 'low';
  };
}
