/** What moved between two versions of the guidelines. Pure. */
import type { Clause, Guidelines, GuidelinesView } from './project.ts';

const same = (a: Clause, b: Clause) => canonical(a) === canonical(b);
const canonical = ({ id, title, text, labels, dimensions, help, good, bad }: Clause) =>
  JSON.stringify([id, title, text, labels ?? [], dimensions ?? [], help ?? '', good ?? '', bad ?? '']);

/** Titles of what was added, changed and removed; null where nothing was, or there is nothing to compare with. */
export function newsSince(before: Guidelines | null, after: Guidelines): GuidelinesView['news'] {
  if (before === null || before.version === after.version) return null;
  const found = (list: readonly Clause[], id: string) => list.find((clause) => clause.id === id);
  const added = after.clauses.filter(({ id }) => !found(before.clauses, id));
  const removed = before.clauses.filter(({ id }) => !found(after.clauses, id));
  const changed = after.clauses.filter((clause) => {
    const old = found(before.clauses, clause.id);
    return old !== undefined && !same(old, clause);
  });
  if (added.length + removed.length + changed.length === 0) return null;
  const titles = (list: readonly Clause[]) => list.map(({ title }) => title);
  return { since: before.version, added: titles(added), changed: titles(changed), removed: titles(removed) };
}
