/** What answers messages. A part of its own: it brings the schemas, and an alarm or a browser event needs none of them. */
import { late } from '../../utils/late.ts';
import { bodies } from '../../utils/messaging/bodies.ts';
import type { Caller } from '../../utils/messaging/contract.ts';
import type { Listener } from '../../utils/messaging/ear.ts';
import { createListener, type Handlers, type ServerParts } from '../../utils/messaging/server.ts';
import { contentHandlers } from './handlers/content.ts';
import { guardHandlers } from './handlers/guard.ts';
import type { Room } from './room.ts';

export { furnish } from './furnishing.ts';

type AnyHandlers = Readonly<Record<string, (body: unknown, from: unknown) => Promise<unknown>>>;

/** All handlers of one kind of caller, whose code loads when the first of them is asked for. */
function onDemand<Kind extends Caller>(kind: Kind, load: () => Promise<Handlers[Kind]>): Handlers[Kind] {
  const loaded = late(load as unknown as () => Promise<AnyHandlers>);
  const entries = Object.keys(bodies[kind]).map((call) => [
    call,
    async (body: unknown, from: unknown) => (await loaded())[call]?.(body, from),
  ]);
  return Object.fromEntries(entries) as Handlers[Kind];
}

/** Nothing is answered before `ready`, but that the database does not open. */
export function createAnswering(room: Room, ready: Promise<unknown>, parts: ServerParts): Listener {
  const handlers: Handlers = {
    content: contentHandlers(room),
    editor: onDemand('editor', async () => (await import('./handlers/editor.ts')).editorHandlers(room)),
    page: onDemand('page', async () => (await import('./handlers/page.ts')).pageHandlers(room)),
  };
  return createListener(guardHandlers(handlers, room.database, ready), parts);
}
