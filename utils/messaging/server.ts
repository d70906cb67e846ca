/**
 * What the background's ear hands messages to: decides who asks from what the browser says of the sender, checks the body, and answers with a
 * `Result`, whatever comes in. The one place where foreign data enters the extension.
 */
import type { Browser } from '../browser.ts';
import { asFailure, CountersignError, type Failure, failure, report as reportError } from '../errors.ts';
import { err, ok } from '../result.ts';
import { firstIssue } from '../review/schema.ts';
import { ownChrome } from '../runtime.ts';
import { type BodyRule, bodies } from './bodies.ts';
import type { BodyOf, ReplyOf } from './client.ts';
import type { Answer, Caller, Calls, Envelope } from './contract.ts';
import { isEnvelope, type Listener } from './ear.ts';
import { findUnplain } from './plain.ts';
import { createRateLimiter, type RateLimit } from './rate-limit.ts';
import { type Known, type RawSender, recognise, type Self, type Senders } from './sender.ts';

/** What the background does for each call. A handler throws `CountersignError` for what it expects to fail. */
export type Handlers = {
  readonly [Kind in Caller]: {
    readonly [Verb in keyof Calls[Kind]]: (
      body: BodyOf<Kind, Verb>,
      from: Senders[Kind],
    ) => Promise<ReplyOf<Kind, Verb>>;
  };
};

export interface ServerParts {
  readonly runtime?: Pick<Browser['runtime'], 'id' | 'getURL'>;
  /** ms since 1970. */
  readonly now?: () => number;
  /** Per tab; extension pages are not limited. */
  readonly limit?: RateLimit;
  readonly report?: (thrown: unknown, when: string) => void;
}

/** A path is repeated to whoever sent it, and kept short. */
const FIELD_LENGTH = 200;
const LIMIT: RateLimit = { burst: 50, perSecond: 20 };

type AnyHandler = (body: unknown, from: unknown) => Promise<unknown>;

/** The rule and handler of a call that this kind of caller may make. */
function lookUp(handlers: Handlers, known: Known, call: unknown): [BodyRule<unknown>, AnyHandler] | null {
  if (typeof call !== 'string' || !Object.hasOwn(bodies[known.kind], call)) return null;
  const rules = bodies[known.kind] as unknown as Record<string, BodyRule<unknown>>;
  const own = handlers[known.kind] as unknown as Record<string, AnyHandler>;
  const [rule, handler] = [rules[call], own[call]];
  return rule && handler ? [rule, handler] : null;
}

function checked(body: unknown, rule: BodyRule<unknown>): { readonly body: unknown } | { readonly refused: Failure } {
  const path = findUnplain(body, rule.chars);
  if (path !== null) return { refused: failure('invalid', { field: path || '(root)' }) };
  const parsed = rule.schema.safeParse(body);
  if (parsed.success) return { body: parsed.data };
  return { refused: failure('invalid', { field: firstIssue(parsed.error).field.slice(0, FIELD_LENGTH) }) };
}

/** What listens to messages: answers our own envelopes with a promise and leaves all else to others. */
export function createListener(handlers: Handlers, parts: ServerParts = {}): Listener {
  const { now = Date.now, limit = LIMIT, report = reportError } = parts;
  const { runtime = ownChrome().runtime } = parts;
  const self: Self = { id: runtime.id, url: runtime.getURL('') };
  const allows = createRateLimiter(limit, now);

  async function answer(message: Envelope, sender: RawSender): Promise<Answer<unknown>> {
    const known = recognise(sender, self);
    if (!known) return err(failure('forbidden'));
    if (known.from && !allows(known.from.tabId)) return err(failure('busy'));
    const found = lookUp(handlers, known, message.call);
    if (!found) return err(failure('forbidden'));
    const [rule, handler] = found;
    const result = checked(message.body, rule);
    if ('refused' in result) return err(result.refused);
    try {
      return ok(await handler(result.body, known.from));
    } catch (thrown) {
      if (!(thrown instanceof CountersignError)) report(thrown, `answering ${message.call}`);
      return err(asFailure(thrown));
    }
  }

  return (message, sender) => (isEnvelope(message) ? answer(message, sender) : undefined);
}
