/** Decides which response a message on the page is: a new one, a known one in new nodes, or one whose id has changed. */
import { printIdentity, provisionalIdentity } from '../identity.ts';
import type { Evidence } from '../types.ts';
import type { CompiledVariant } from './compile.ts';
import { promptHashOf, type Reading } from './read.ts';
import { confidenceOf, type Judgement } from './roles.ts';
import type { Entry, Thread } from './thread.ts';

/** Texts remembered per page load, to know a message again whose prompt is not on the page. */
const memoryLimit = 5_000;

/** What a judgement says about a response; `claim` is what a person said about it besides. */
export function judged({ role, author, evidence }: Judgement, threshold: number, claim: readonly Evidence[] = []) {
  const all = claim.length > 0 ? [...evidence, ...claim] : evidence;
  const confidence = confidenceOf(all);
  return { role: role as 'assistant' | 'draft', author, evidence: all, confidence, asserted: confidence >= threshold };
}

type Judged = ReturnType<typeof judged>;

/** Whether two judgements say the same. */
export const sameLook = (one: Judged, other: Judged) =>
  one.role === other.role &&
  one.author === other.author &&
  one.asserted === other.asserted &&
  one.evidence.length === other.evidence.length &&
  one.evidence.every(({ detail, weight }, at) => {
    const evidence = other.evidence[at];
    return detail === evidence?.detail && weight === evidence.weight;
  });

/** `threshold`: the confidence from which a response is asserted. */
export function createNaming(thread: Thread, conversation: () => string | null, threshold: () => number) {
  /** By text: the identity that was given to it, and whether its prompt was known. */
  const memory = new Map<number, { readonly identity: string; readonly prompted: boolean }>();

  const hashOf = (prompt: Element | null, variant: CompiledVariant) => prompt && promptHashOf(prompt, variant);

  /** The identity from prompt and text; without the prompt, the one that the text had when its prompt was there. */
  const printed = (promptHash: number | null, textHash: number) => {
    const seen = memory.get(textHash);
    return promptHash === null && seen?.prompted ? seen.identity : printIdentity(promptHash, textHash);
  };

  const remember = ({ promptHash, print, identity }: Entry) => {
    if (promptHash === undefined || memory.size >= memoryLimit) return;
    const prompted = promptHash !== null;
    if (prompted || !memory.get(print.hash)?.prompted) memory.set(print.hash, { identity, prompted });
  };

  return {
    /**
     * Puts a message on the page. `growing`: nothing says that it is complete. `alone`: it came by itself after the page
     * was there, so what it says now is hardly all.
     */
    adopt(element: Element, reading: Reading, prompt: () => Element | null, growing: boolean, alone: boolean): Entry {
      const { variant, bodies, print, head, given, messageId, judgement } = reading;
      const conversationKey = conversation();
      const promptHash = given === null ? hashOf(prompt(), variant) : undefined;
      const identity = given ?? printed(promptHash ?? null, print.hash);
      const here = (entry: Entry) =>
        entry.variant.rule.site === variant.rule.site && entry.response.conversationKey === conversationKey;
      const returned =
        thread.gone((entry) => here(entry) && entry.identity === identity) ??
        // The same answer under another id, or a whole message that is rendered anew while it grows.
        thread.gone(
          (entry) =>
            here(entry) &&
            entry.promptHash === promptHash &&
            (entry.print.hash === print.hash || (growing && !entry.response.settled)),
        );
      if (returned) {
        Object.assign(returned, { print, head, variant });
        const look = {
          element,
          body: bodies,
          settled: !growing,
          messageId,
          foundBy: variant.foundBy,
          ...judged(judgement, threshold(), returned.claim),
        };
        thread.revive(returned, look);
        if (returned.identity !== identity && (given !== null || !growing)) thread.rekey(returned, identity);
        return returned;
      }

      const seen = memory.get(print.hash);
      const final = given !== null || !growing || !alone || seen?.identity === identity;
      const name = final ? identity : provisionalIdentity();
      const entry: Entry = {
        response: {
          key: thread.freeKey(variant.rule.site, conversationKey, name),
          element,
          body: bodies,
          settled: !growing,
          ...judged(judgement, threshold()),
          variantOf: null,
          foundBy: variant.foundBy,
          messageId,
          conversationKey,
        },
        variant,
        identity: name,
        ...{ place: null, placed: null, chosen: false, range: null, claim: [] },
        ...{ print, head, promptHash },
      };
      thread.add(entry);
      // It was here without its prompt before; now the prompt is there, and with it the final key.
      if (promptHash && seen && !seen.prompted) thread.inherit(entry, seen.identity);
      if (!growing) remember(entry);
      return entry;
    },

    /** Gives a response the identity that its nodes have now. `prompt` is asked only where it is needed. */
    rename(entry: Entry, { variant, print, head, given, messageId }: Reading, prompt: () => Element | null): void {
      Object.assign(entry, { print, head });
      if (given === null) entry.promptHash = hashOf(prompt(), variant);
      const identity = given ?? printed(entry.promptHash ?? null, print.hash);
      if (identity !== entry.identity) {
        thread.rekey(entry, identity);
        thread.update(entry, { messageId });
      }
      remember(entry);
    },
  };
}
