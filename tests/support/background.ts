/** A running background with a browser around it, and callers of every kind. */
import 'fake-indexeddb/auto';
import { start } from '../../entrypoints/background/start.ts';
import { siteRules } from '../../utils/detection/sites/index.ts';
import type { Call } from '../../utils/messaging/client.ts';
import { contentClient, editorClient, pageClient } from '../../utils/messaging/client.ts';
import type { Answer, ContentCalls, EditorCalls, Envelope, PageCalls } from '../../utils/messaging/contract.ts';
import type { RawSender } from '../../utils/messaging/sender.ts';
import type { CountersignDatabase } from '../../utils/storage/database.ts';
import { FakeExtension, type FakeTab } from './fake-extension.ts';
import { NOON, openDatabase } from './stored.ts';

/** A background, the browser around it and the time that both see. */
export interface Background {
  readonly extension: FakeExtension;
  readonly database: CountersignDatabase;
  readonly requests: Request[];
  /** ms since 1970; tests move it. */
  now: number;
  /** Calls from the overlay of a tab. */
  content(tab: FakeTab, frameId?: number): Call<ContentCalls>;
  /** Calls from an editor frame in a tab. */
  editor(tab: FakeTab, frameId?: number): Call<EditorCalls>;
  readonly page: Call<PageCalls>;
  /** Ends this worker and starts another on the same database, as the browser does after 30 s. */
  restart(): void;
}

/** What the endpoint answers when a test does not say otherwise: each event is stored. */
async function storeAll(request: Request): Promise<Response> {
  const events = (await request.clone().json()) as { id: string }[];
  return Response.json({ results: events.map(({ id }) => ({ id, status: 'stored' })) });
}

export async function startBackground(
  endpoint: (request: Request) => Promise<Response> = storeAll,
): Promise<Background> {
  const extension = new FakeExtension();
  const database = await openDatabase();
  const requests: Request[] = [];
  const fetcher = async (...args: Parameters<typeof fetch>) => {
    const request = new Request(...args);
    requests.push(request);
    return endpoint(request);
  };
  const background = { now: NOON };
  const run = () =>
    start(extension.browser, {
      database,
      fetch: fetcher,
      bundledRules: async () => siteRules,
      now: () => background.now,
    });
  const sendAs = (sender: RawSender) => async (envelope: Envelope) =>
    // As through the browser: JSON there and back.
    extension.send(JSON.parse(JSON.stringify(envelope)), { id: 'countersign', ...sender });
  run();
  return Object.assign(background, {
    extension,
    database,
    requests,
    content: (tab: FakeTab, frameId = 0) => {
      const origin = new URL(tab.url).origin;
      return contentClient({
        send: sendAs({ url: tab.url, origin, tab, frameId, documentId: `${tab.id}-${frameId}` }),
      });
    },
    editor: (tab: FakeTab, frameId = 12) => {
      const url = 'chrome-extension://countersign/editor.html';
      return editorClient({ send: sendAs({ url, tab, frameId, documentId: `${tab.id}-${frameId}` }) });
    },
    page: pageClient({ send: sendAs({ url: 'chrome-extension://countersign/workbench.html' }) }),
    restart: () => {
      for (const event of Object.values(extension.events)) event.listeners.splice(0);
      run();
    },
  });
}

/** The value of an answer that must be a success. */
export function value<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(`refused: ${answer.error.code} ${answer.error.field ?? ''}`);
  return answer.value;
}

/** What a refused call answers. */
export const refused = (code: string, field?: string) => ({ ok: false, error: field ? { code, field } : { code } });
