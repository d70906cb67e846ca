/**
 * What the toolbar may stand at: the answers that detection is sure of, and the questions that are worth asking. A
 * response below the threshold is offered, an author of whom nothing is known is asked about once; what was answered, or
 * waved away, is not asked again on this page.
 */
import type { OfferCommand } from '../../components/toolbar/view.ts';
import type { DetectionChange, Detector, Response, UnknownAuthor } from '../../utils/detection/types.ts';
import type { Failure } from '../../utils/errors.ts';
import type { Call } from '../../utils/messaging/client.ts';
import type { ContentCalls } from '../../utils/messaging/contract.ts';

/** As much of a detector as the toolbar needs to know where it may stand. */
export interface Field extends Pick<Detector, 'responses' | 'responseAt'> {
  /** Asks only about what the reviewer points at: they have waved a question away. */
  isQuiet(): boolean;
}

export interface Offers extends Field {
  /** Detection moved on: the questions that came, and those that went. */
  refresh(): Pick<DetectionChange, 'added' | 'removed'>;
  /** Takes the reviewer's answer; null where all went well. */
  answer(response: Response, command: OfferCommand): Promise<Failure | null>;
}

interface OffersParts {
  readonly detector: Detector;
  readonly call: Call<ContentCalls>;
  /** "Yes", and no author to go by: lets the reviewer say which others are alike. */
  readonly propose: (example: Element) => void;
  /** An answer was kept, in words; it can be taken back. */
  readonly onKept: (words: string, undo: () => Promise<Failure | null>) => void;
  /** What may be asked has changed. */
  readonly onChange: () => void;
}

const QUESTION = 'question|';
/** Rules that nobody wrote: what is said of an author there is kept for the page's origin. */
const unwritten = /^(?:generic|manual)$/;

const isBefore = (a: Response, b: Response) =>
  (a.element.compareDocumentPosition(b.element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;

/** A question about an author stands at the newest of their messages, as if that were a response. */
function questionOf({ name, site, elements }: UnknownAuthor): Response {
  const element = elements.at(-1) as Element;
  return {
    key: `${QUESTION}${site}|${name}`,
    element,
    body: [element],
    settled: true,
    role: 'assistant',
    evidence: [],
    confidence: 0,
    asserted: false,
    author: name,
    variantOf: null,
    foundBy: { site, version: '', variant: null },
    messageId: null,
    conversationKey: null,
  };
}

const siteOf = ({ foundBy: { site } }: Response) => (unwritten.test(site) ? window.origin : site);

export function createOffers({ detector, call, propose, onKept, onChange }: OffersParts): Offers {
  const silenced = new Set<string>();
  let quiet = false;
  let questions = new Map<string, Response>();

  const itself = ({ key }: Response) => `response ${key}`;
  /** What is asked once: about an author, or else about a conversation. */
  const subject = (response: Response) =>
    response.author === null
      ? `conversation ${response.conversationKey}`
      : `author ${siteOf(response)} ${response.author.toLowerCase()}`;
  // What still grows is not asked about yet: it may well show by itself what it is.
  const isOpen = (response: Response) =>
    response.asserted ? !silenced.has(itself(response)) : response.settled && !silenced.has(subject(response));

  function responses(): readonly Response[] {
    const found = detector.responses().filter(isOpen);
    const open = [...questions.values()].filter((each) => each.element.isConnected && isOpen(each));
    // Few questions among many answers: each is put where it belongs.
    for (const question of open) {
      const at = found.findLastIndex((each) => isBefore(each, question));
      found.splice(at + 1, 0, question);
    }
    return found;
  }

  const silence = (response: Response) => {
    silenced.add(response.asserted ? itself(response) : subject(response));
    onChange();
  };

  return {
    responses,
    isQuiet: () => quiet,
    responseAt(node) {
      const response = detector.responseAt(node);
      if (response) return isOpen(response) ? response : null;
      const element = node instanceof Element ? node : node.parentElement;
      return [...questions.values()].find((each) => isOpen(each) && each.element.contains(element)) ?? null;
    },
    refresh() {
      const before = questions;
      questions = new Map(detector.authors().map((author) => [questionOf(author).key, questionOf(author)]));
      return {
        added: [...questions.values()],
        removed: [...before].filter(([key]) => !questions.has(key)).map(([, response]) => response),
      };
    },
    async answer(response, command) {
      const { author, element } = response;
      quiet ||= command === 'later';
      if (command === 'later' || (command === 'no' && author === null)) silence(response);
      else if (author === null) propose(element);
      else {
        const is = command === 'yes' ? 'assistant' : 'person';
        const named = { site: siteOf(response), author };
        const answer = await call('keepAuthor', { ...named, is });
        if (!answer.ok) return answer.error;
        // Detection knows it from now on; a person's messages go at once.
        if (is === 'person') silence(response);
        const words = `Messages by ${author} are ${is === 'person' ? 'a person’s' : 'AI answers'} on this site.`;
        onKept(words, async () => {
          const back = await call('keepAuthor', { ...named, is: null });
          if (!back.ok) return back.error;
          silenced.delete(subject({ ...response, asserted: false }));
          onChange();
          return null;
        });
      }
      return null;
    },
  };
}
