/** Messages of authors of whom nobody has said whether they are AI, so that the reviewer can be asked. */
import { foldAuthor } from '../author-name.ts';
import type { UnknownAuthor } from '../types.ts';
import { compareAcross } from './roots.ts';

/** More than anybody could be asked about. */
const messageLimit = 2_000;
const authorLimit = 50;

export function createStrangers() {
  const messages = new Map<Element, { readonly name: string; readonly site: string }>();
  let told = '';
  let changed = false;

  return {
    /** Notes who wrote a message that is no response; a null name or role `known` takes it off the list. */
    note(element: Element, name: string | null, site: string): void {
      const known = messages.get(element);
      if (known?.name === name || (!known && name === null)) return;
      changed = true;
      if (name === null || messages.size >= messageLimit) messages.delete(element);
      else messages.set(element, { name, site });
    },
    /** Lets go of messages that have left the page. */
    prune(): void {
      for (const element of messages.keys()) {
        if (element.isConnected) continue;
        messages.delete(element);
        changed = true;
      }
    },
    forget(): void {
      changed ||= messages.size > 0;
      messages.clear();
    },
    /** Each author once, in the order of their first messages. */
    list(): readonly UnknownAuthor[] {
      const authors = new Map<string, { name: string; site: string; elements: Element[] }>();
      for (const [element, { name, site }] of messages) {
        const key = foldAuthor(name);
        const author = authors.get(key) ?? { name, site, elements: [] };
        if (element.isConnected) author.elements.push(element);
        if (authors.size < authorLimit) authors.set(key, author);
      }
      const shown = [...authors.values()].filter(({ elements }) => elements.length > 0);
      for (const { elements } of shown) elements.sort(compareAcross);
      return shown;
    },
    /** Whether other authors are unknown than the last time. */
    takeChange(): boolean {
      if (!changed) return false;
      changed = false;
      const names = [...new Set([...messages.values()].map(({ name }) => name))].sort().join('\n');
      const other = names !== told;
      told = names;
      return other;
    },
  };
}
