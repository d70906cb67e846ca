/** Decides which response a message on the page is: a new one, a known one in new nodes, or one whose id has changed. */
import { nativeIdentity, printIdentity, provisionalIdentity, rowIdentity } from '../identity.ts';
import type { CompiledVariant } from './compile.ts';
import { locate, printOf, promptBodies, type Reading } from './read.ts';
import type { Entry, Thread } from './thread.ts';

/** Texts remembered per page load, to know a message again whose prompt is not on the page. */
const memoryLimit = 5_000;

/** The identity that the site gives a message, or null. */
export function givenIdentity(element: Element, variant: CompiledVariant): string | null {
  const messageId = locate(variant.messageId, element);
  if (messageId !== null) return nativeIdentity(messageId);
  const rowKey = locate(variant.rowKey, element);
  return rowKey === null ? null : rowIdentity(rowKey);
}

export function createNaming(thread: Thread, conversation: () => string | null) {
  /** By text: the identity that was given to it, and whether its prompt was known. */
  const memory = new Map<string, { readonly identity: string; readonly prompted: boolean }>();

  const hashOf = (prompt: Element | null, variant: CompiledVariant) => {
    if (!prompt) return null;
    const print = printOf(promptBodies(prompt, variant.rule), variant.without);
    return print.size > 0 ? print.hash : null;
  };

  /** The identity from prompt and text; without the prompt, the one that the text had when its prompt was there. */
  const printed = (promptHash: string | null, textHash: string) => {
    const seen = promptHash === null ? memory.get(textHash) : undefined;
    return seen?.prompted ? seen.identity : printIdentity(promptHash, textHash);
  };

  const remember = (entry: Entry) => {
    if (entry.promptHash === undefined) return;
    const seen = memory.get(entry.print.hash);
    const prompted = entry.promptHash !== null;
    if (seen?.prompted && !prompted) return;
    if (memory.size < memoryLimit) memory.set(entry.print.hash, { identity: entry.identity, prompted });
  };

  return {
    /**
     * Puts a message on the page. `growing`: nothing says that it is complete. `alone`: it came by itself after the page
     * was there, so what it says now is hardly all.
     */
    adopt(element: Element, reading: Reading, prompt: Element | null, growing: boolean, alone: boolean): Entry {
      const { variant, bodies, print } = reading;
      const given = givenIdentity(element, variant);
      const promptHash = given === null ? hashOf(prompt, variant) : undefined;
      const look = { element, body: bodies, settled: !growing };
      const here = (entry: Entry) =>
        entry.variant.rule === variant.rule && entry.response.conversationKey === conversation();

      const identity = given ?? printed(promptHash ?? null, print.hash);
      // The same response in new nodes, or the same answer under another id.
      const returned =
        thread.gone((entry) => here(entry) && entry.identity === identity) ??
        thread.gone((entry) => here(entry) && entry.print.hash === print.hash && entry.promptHash === promptHash) ??
        // Whole messages are rendered anew while they grow.
        thread.gone(
          (entry) =>
            here(entry) &&
            !entry.response.settled &&
            growing &&
            (given === null) === (entry.promptHash !== undefined) &&
            (given !== null || entry.promptHash === promptHash),
        );
      if (returned) {
        thread.revive(returned, { ...look, messageId: locate(variant.messageId, element) });
        returned.print = print;
        if (returned.identity !== identity && (given !== null || !growing)) {
          returned.final = true;
          thread.rekey(returned, identity);
        }
        return returned;
      }

      const seen = memory.get(print.hash);
      const final = given !== null || !growing || !alone || seen?.identity === identity;
      const entry = thread.add(
        { variant, print, promptHash, identity: final ? identity : provisionalIdentity(), final },
        {
          ...look,
          evidence: variant.evidence,
          foundBy: variant.foundBy,
          messageId: locate(variant.messageId, element),
          conversationKey: conversation(),
        },
      );
      // It was here without its prompt before; now the prompt is there, and with it the final key.
      if (promptHash && seen && !seen.prompted) thread.inherit(entry, seen.identity);
      if (!growing) remember(entry);
      return entry;
    },

    /** Gives a response the identity that its nodes have now. `prompt` is asked for only where it is needed. */
    rename(entry: Entry, reading: Reading, prompt: () => Element | null): void {
      const { element } = entry.response;
      const given = givenIdentity(element, reading.variant);
      entry.print = reading.print;
      if (given === null) entry.promptHash = hashOf(prompt(), reading.variant);
      const identity = given ?? printed(entry.promptHash ?? null, reading.print.hash);
      entry.final = true;
      if (identity !== entry.identity) {
        thread.rekey(entry, identity);
        thread.update(entry, { messageId: locate(reading.variant.messageId, element) });
      }
      remember(entry);
    },
  };
}

export type Naming = ReturnType<typeof createNaming>;
