/**
 * Documents that the user lent to Countersign by a click, on sites that are not on: each for itself, until the tab goes
 * elsewhere. The browser's own permission (`activeTab`) ends with the document as well. Kept in `storage.session`,
 * because the background dies between two messages; never on the disk.
 */
import type { Browser } from '../../utils/browser.ts';

const KEY = 'lent';
/** Documents that are remembered; older ones can be lent again. */
const MOST = 50;

/** A document in a tab. `documentId` is '' where the browser does not tell, and such a one is never lent. */
export interface LentDocument {
  readonly tabId: number;
  readonly documentId: string;
  readonly origin: string;
}

export interface Lent {
  lend(document: LentDocument): Promise<void>;
  /** This very document was lent. */
  covers(document: LentDocument): Promise<boolean>;
}

const nameOf = ({ tabId, documentId, origin }: LentDocument) => `${tabId} ${documentId} ${origin}`;

export function createLent(session: Pick<Browser['storage']['session'], 'get' | 'set'>): Lent {
  const read = async () => ((await session.get(KEY))[KEY] as readonly string[] | undefined) ?? [];
  return {
    async lend(document) {
      if (document.documentId === '') return;
      const others = (await read()).filter((name) => name !== nameOf(document));
      await session.set({ [KEY]: [...others.slice(1 - MOST), nameOf(document)] });
    },
    async covers(document) {
      return document.documentId !== '' && (await read()).includes(nameOf(document));
    },
  };
}
