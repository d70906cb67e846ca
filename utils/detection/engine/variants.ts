/**
 * Which responses answer the same prompt: side by side in one container, or one after the other in the same place, behind a
 * pager or written anew. What answers in turn, as a bot that says two things, has places of its own and is no variant.
 */
import type { CompiledRule } from './compile.ts';
import { locate } from './locate.ts';
import { promptHashOf } from './read.ts';
import type { Root } from './roots.ts';
import type { Entry, Thread } from './thread.ts';

/** Selects nothing. */
const nowhere = ':not(*)';
/** Places remembered per page load. */
const memoryLimit = 5_000;

/** Names a prompt: by the site's id, else by its text and what was said before it, because people repeat themselves. */
function nameOf(prompt: Element, before: string, rule: CompiledRule): string {
  for (const variant of rule.variants) {
    const id = locate(variant.messageId, prompt);
    if (id !== null) return `m${id}`;
  }
  const [first] = rule.variants;
  const hash = first ? promptHashOf(prompt, first) : null;
  return hash === null ? '' : `${before}>${hash.toString(36)}`;
}

export function createVariants(thread: Thread) {
  /** The keys of the settled responses that were seen in a place; null where the place turned out to be none. */
  const memory = new Map<string, Set<string> | null>();

  /** Remembers a response under its place, by the key that it has now. */
  const remember = (entry: Entry) => {
    const { place, placed, response } = entry;
    if (!place || !response.settled || placed === response.key) return;
    const keys = memory.get(place) ?? new Set();
    if (placed !== null) keys.delete(placed);
    keys.add(response.key);
    entry.placed = response.key;
    if (memory.size < memoryLimit && memory.get(place) !== null) memory.set(place, keys);
  };

  /** Gives each response of a root that has no place one, in one walk over the messages. */
  function walk(rule: CompiledRule, root: Root): void {
    let prompt: Element | null = null;
    let name: string | null = null;
    let last = '';
    let turn = 0;
    let group: Element | null = null;
    let accepted: Element | null = null;
    // One look at the root spares one at each answer: few pages show several answers to one prompt.
    const grouped = new Set(rule.variants.filter(({ group }) => group !== undefined && root.querySelector(group)));
    for (const element of root.querySelectorAll(rule.messages)) {
      if (accepted?.contains(element)) continue;
      const entry = thread.at(element);
      if (!entry) {
        if (rule.users === '' || !element.matches(rule.users)) continue;
        prompt = accepted = element;
        name = group = null;
        turn = 0;
        continue;
      }
      accepted = element;
      const { response, variant } = entry;
      const around = grouped.has(variant) ? element.closest(variant.group ?? nowhere) : null;
      if (around === null || around !== group) turn += 1;
      group = around;
      if (entry.place === null) {
        if (prompt) name ??= nameOf(prompt, last, rule);
        const inGroup = around && (thread.at(around.querySelector(rule.rows) ?? around) ?? entry).response.key;
        const where = name ? `${name}.${turn}` : (inGroup ?? '');
        const kind = `${response.role[0]}${around ? 'g' : 'v'}:`;
        entry.place = where && `${rule.site}|${response.conversationKey ?? ''}|${kind}${where}`;
      }
      // What was before the next prompt.
      if (response.role === 'assistant') last = response.key;
    }
  }

  /** Tells of each response with a place whether there is another. */
  function settle(): void {
    const here = new Map<string, Set<string>>();
    for (const entry of thread.entries()) {
      const { place, response } = entry;
      if (!place) continue;
      remember(entry);
      here.set(place, (here.get(place) ?? new Set()).add(response.key));
    }
    for (const entry of thread.entries()) {
      const { place, response, variant } = entry;
      if (!place) continue;
      const keys = here.get(place) ?? new Set();
      // Two at once in one place without a container around them: the same words at the same point, asked twice.
      if (keys.size > 1 && !response.element.closest(variant.group ?? nowhere)) memory.set(place, null);
      const known = memory.get(place);
      const all = known === null ? 1 : new Set([...keys, ...(known ?? [])]).size;
      const variantOf = all > 1 ? place : null;
      if (variantOf !== response.variantOf) thread.update(entry, { variantOf });
    }
  }

  return {
    /** Looks at the places anew, where something came or changed its key. */
    look(rules: readonly CompiledRule[], roots: Iterable<Root>): void {
      let moved = false;
      const open = new Set<CompiledRule>();
      for (const { place, placed, response, variant } of thread.entries()) {
        if (place === null) open.add(variant.rule);
        moved ||= place !== '' && placed !== (response.settled ? response.key : null);
      }
      if (open.size > 0) for (const root of roots) for (const rule of rules) if (open.has(rule)) walk(rule, root);
      if (open.size > 0 || moved) settle();
      for (const entry of thread.entries()) entry.place ??= '';
    },
    /** The responses belong to a conversation that has got its name only now. */
    rename(): void {
      for (const entry of thread.entries()) Object.assign(entry, { place: null, placed: null });
    },
  };
}
