/**
 * Answers that stand on their page under another key than when they were judged: found again by their text when the reviewer
 * reopened them. Until the next revision takes the new key, the review of the old one is theirs. Kept in `storage.session`.
 */
import type { Browser } from '../../utils/browser.ts';

const KEY = 'moved';
/** As many are remembered; an older one is found again when it is reopened again. */
const MOST = 200;

type Move = readonly [site: string, to: string, from: string];

export interface Moved {
  note(site: string, to: string, from: string): Promise<void>;
  /** The former keys of those of these answers that moved, by the present one. */
  of(site: string, keys: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

export function createMoved(session: Pick<Browser['storage']['session'], 'get' | 'set'>): Moved {
  const read = async () => ((await session.get(KEY))[KEY] as readonly Move[] | undefined) ?? [];
  return {
    async note(site, to, from) {
      const others = (await read()).filter((one) => one[0] !== site || one[1] !== to);
      await session.set({ [KEY]: [...others.slice(1 - MOST), [site, to, from]] });
    },
    async of(site, keys) {
      const wanted = new Set(keys);
      const its = (await read()).filter((one) => one[0] === site && wanted.has(one[1]));
      return new Map(its.map(([, to, from]) => [to, from]));
    },
  };
}
