/** What the gate beside a composer, and its frame, may ask for. What answers is loaded with the first question. */
import type { Handlers } from '../../../utils/messaging/server.ts';
import type { Room } from '../room.ts';
import type { Sending } from '../sending.ts';

type ContentVerbs =
  | 'openComposer'
  | 'weighDraft'
  | 'holdDraft'
  | 'notePassed'
  | 'keepDelta'
  | 'labelDelta'
  | 'keepComposer';

const loading = new WeakMap<Room, Promise<Sending>>();

function sendingOf(room: Room): Promise<Sending> {
  const known = loading.get(room);
  if (known) return known;
  const sending = import('../sending.ts').then(({ createSending }) => createSending(room));
  loading.set(room, sending);
  return sending;
}

export const composerHandlers = (room: Room): Pick<Handlers['content'], ContentVerbs> => ({
  openComposer: async (_, from) => (await sendingOf(room)).openComposer(from),
  weighDraft: async (body, from) => (await sendingOf(room)).weighDraft(body, from),
  holdDraft: async (body, from) => (await sendingOf(room)).holdDraft(body, from),
  notePassed: async (body, from) => (await sendingOf(room)).notePassed(body, from),
  keepDelta: async (body, from) => (await sendingOf(room)).keepDelta(body, from),
  labelDelta: async (body, from) => (await sendingOf(room)).labelDelta(body, from),
  keepComposer: async (body, from) => (await sendingOf(room)).keepComposer(body, from),
});

export const gateFrameHandlers = (room: Room): Pick<Handlers['editor'], 'claimGate' | 'decideDraft'> => ({
  claimGate: async (body, frame) => (await sendingOf(room)).claimGate(body, frame),
  decideDraft: async (body, frame) => (await sendingOf(room)).decideDraft(body, frame),
});
