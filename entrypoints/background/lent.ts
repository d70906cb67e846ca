/**
 * Documents that the user lent to Countersign by a click, on sites that are not on: each for itself, until the tab goes
 * elsewhere. The browser's own permission (`activeTab`) ends with the document as well. Kept in `storage.session`,
 * because the background dies between two messages; never on the disk.
 */
import type { Browser } from '../../utils/browser.ts';

/** Documents that are remembered of one tab. */
const PER_TAB = 10;

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
  /** The tab is gone. */
  closed(tabId: number): Promise<void>;
}

const keyOf = ({ tabId }: Pick<LentDocument, 'tabId'>) => `lent ${tabId}`;
const nameOf = ({ documentId, origin }: LentDocument) => `${documentId} ${origin}`;

export function createLent(session: Pick<Browser['storage']['session'], 'get' | 'set' | 'remove'>): Lent {
  const read = async (key: string) => ((await session.get(key))[key] as readonly string[] | undefined) ?? [];
  return {
    async lend(document) {
      if (document.documentId === '') return;
      const key = keyOf(document);
      const others = (await read(key)).filter((name) => name !== nameOf(document));
      await session.set({ [key]: [...others.slice(1 - PER_TAB), nameOf(document)] });
    },
    async covers(document) {
      return document.documentId !== '' && (await read(keyOf(document))).includes(nameOf(document));
    },
    closed: (tabId) => session.remove(keyOf({ tabId })),
  };
}
