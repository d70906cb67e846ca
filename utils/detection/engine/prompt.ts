/** The user message that a response answers. */
import type { CompiledRule } from './compile.ts';
import { compareAcross, type Root } from './roots.ts';

/** The nearest user message before `message` in document order, across open shadow roots; null where there is none. */
export function promptBefore(message: Element, rule: CompiledRule, roots: Iterable<Root>): Element | null {
  const users = rule.variants.map(({ user }) => user).filter((user) => user !== undefined);
  if (users.length === 0) return null;
  let nearest: Element | null = null;
  for (const root of roots) {
    for (const user of root.querySelectorAll(users.join(','))) {
      if (user.contains(message) || message.contains(user) || compareAcross(user, message) > 0) continue;
      // Of nested user messages the outermost counts.
      if (nearest?.contains(user)) continue;
      if (!nearest || compareAcross(nearest, user) < 0) nearest = user;
    }
  }
  return nearest;
}
