/** Exchanges of the simplest kind. */
import type { WireEvent } from '../review/wire.ts';
import type { BatchOutcome, Connector, Destination, Exchange, HttpReply, HttpRequest } from './types.ts';

type Encode = (events: readonly WireEvent[], destination: Destination, now: number) => Promise<HttpRequest>;
type Decode = (reply: HttpReply, events: readonly WireEvent[], now: number) => BatchOutcome;

/** One request for all events, whose reply tells what became of them; the probe is the same without events. */
export function single(encode: Encode, decode: Decode): Pick<Connector, 'exchange' | 'probe'> {
  async function* exchange(events: readonly WireEvent[], destination: Destination, now: number): Exchange {
    return decode(yield await encode(events, destination, now), events, now);
  }
  return { exchange, probe: (destination, now) => exchange([], destination, now) };
}
