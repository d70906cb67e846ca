/**
 * Editor frames: a one-time token that proves which response a frame was opened for, and the session that follows it.
 * The frame is web-accessible, so any page can embed it; without a token of its own tab it gets nothing.
 */
import { fail } from '../errors.ts';
import { sha256 } from '../review/hash.ts';
import type { CountersignDatabase, EditorRow } from './database.ts';
import { guarded } from './failures.ts';

/** ms in which a token must be claimed. */
const TOKEN_LIFETIME_MS = 15_000;
/** ms after which a session that was never closed is forgotten: its tab may be gone without a word. */
const SESSION_LIFETIME_MS = 7 * 86_400_000;
/** A page cannot make us keep more snapshots than this. */
const SESSIONS_PER_TAB = 32;

/** A frame as the browser names it; `documentId` is '' where the browser does not tell. */
export interface Frame {
  readonly tabId: number;
  readonly frameId: number;
  readonly documentId: string;
}

/** What an editor is opened for. */
export type EditorRequest = Pick<EditorRow, 'origin' | 'responseKey' | 'snapshot' | 'startWith' | 'visibility'> &
  Partial<Pick<EditorRow, 'selection' | 'variants' | 'gate'>>;

function randomToken(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Prepares an editor for the content script in `parent`; answers the token (64 hexadecimal digits). */
export async function openEditor(
  database: CountersignDatabase,
  parent: Frame,
  request: EditorRequest,
  now: number,
  newToken: () => string = randomToken,
): Promise<string> {
  const token = newToken();
  const tokenHash = await sha256(token);
  const { origin, responseKey, snapshot, startWith, visibility, selection = null, variants = [], gate } = request;
  const claim = { frameId: -1, documentId: '' };
  const from = { tabId: parent.tabId, parentFrameId: parent.frameId, parentDocumentId: parent.documentId };
  const row = {
    tokenHash,
    ...from,
    ...claim,
    origin,
    openedAt: now,
    responseKey,
    snapshot,
    startWith,
    visibility,
    selection,
    variants,
    ...(gate && { gate }),
  };
  await guarded(() =>
    database.transaction('rw', database.editors, async () => {
      await database.editors.filter((old) => isOver(old, now)).delete();
      const open = await database.editors.where('tabId').equals(parent.tabId).sortBy('openedAt');
      const excess = open.slice(0, Math.max(0, open.length - SESSIONS_PER_TAB + 1));
      await database.editors.bulkDelete(excess.map((old) => old.tokenHash));
      await database.editors.add(row);
    }),
  );
  return token;
}

function isOver({ frameId, openedAt }: EditorRow, now: number): boolean {
  return now - openedAt > (frameId === -1 ? TOKEN_LIFETIME_MS : SESSION_LIFETIME_MS);
}

/**
 * Exchanges a token for its session and binds that to the claiming frame. Throws `forbidden` for a token that is unknown,
 * used, older than 15 s, or of another tab; a token that was shown from the wrong place is void from then on.
 */
export async function claimEditor(
  database: CountersignDatabase,
  token: string,
  frame: Frame,
  now: number,
): Promise<EditorRow> {
  const tokenHash = await sha256(token);
  const session = await guarded(() =>
    database.transaction('rw', database.editors, async () => {
      const row = await database.editors.get(tokenHash);
      if (!row || row.frameId !== -1) return null;
      const fits = row.tabId === frame.tabId && row.parentFrameId !== frame.frameId && !isOver(row, now);
      if (!fits) {
        await database.editors.delete(tokenHash);
        return null;
      }
      const claimed = { ...row, frameId: frame.frameId, documentId: frame.documentId };
      await database.editors.put(claimed);
      return claimed;
    }),
  );
  return session ?? fail('forbidden');
}

/** The session of the frame that claimed one; throws `forbidden` for any other frame. */
export async function sessionOf(database: CountersignDatabase, frame: Frame): Promise<EditorRow> {
  const rows = await guarded(() =>
    database.editors.where('[tabId+frameId]').equals([frame.tabId, frame.frameId]).toArray(),
  );
  const own = rows
    .filter((row) => row.documentId === frame.documentId)
    .sort((a, b) => b.openedAt - a.openedAt)
    .at(0);
  return own ?? fail('forbidden');
}

/** Ends a session. */
export async function closeEditor(database: CountersignDatabase, session: EditorRow): Promise<void> {
  await guarded(() => database.editors.delete(session.tokenHash));
}

/** Ends all sessions: when the browser starts, since tab ids begin anew. */
export async function closeAllEditors(database: CountersignDatabase): Promise<void> {
  await guarded(() => database.editors.clear());
}
