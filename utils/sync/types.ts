/** What the sender needs from the outside, and what it offers to the background. */
import type { Connector, ConnectorId } from '../connectors/types.ts';
import type { CountersignDatabase } from '../storage/database.ts';

/** Why the sender is woken. `user` ignores every backoff and wakes paused destinations; the others only send what is due. */
export type WakeReason = 'startup' | 'saved' | 'alarm' | 'online' | 'settings' | 'user';

/** The part of `navigator.locks` that is used: one sender per destination in all contexts of the extension. */
export interface Locks {
  request(
    name: string,
    options: { readonly ifAvailable: true },
    callback: (lock: unknown) => Promise<void>,
  ): Promise<unknown>;
}

export interface SenderParts {
  readonly database: CountersignDatabase;
  /** The code of a connector; from the registry by default. */
  readonly loadConnector?: (id: ConnectorId) => Promise<Connector>;
  readonly fetch?: typeof fetch;
  /** ms since 1970. */
  readonly now?: () => number;
  /** In [0, 1), for the jitter of the backoff. */
  readonly random?: () => number;
  /** `null` where there are none: the leases in the database are then all that keeps two senders apart. */
  readonly locks?: Locks | null;
  /** ms for one request with its reply. */
  readonly timeoutMs?: number;
  /** ms between two requests to the same host, at least. */
  readonly hostGapMs?: number;
  /** Until when nothing is sent but at the user's word, in ms since 1970; null where nothing holds delivery. */
  readonly heldUntil?: () => Promise<number | null>;
  /** Called after each batch: a long backlog makes progress in steps. */
  readonly onBatch?: () => void;
}

/** Delivers the outbox. Holds nothing in memory that matters: it can be thrown away at any time and made anew. */
export interface Sender {
  /**
   * Sends all that is due now, to every destination, and resolves when nothing more is. Never rejects because of an
   * endpoint; calls during a run are answered by that run, which looks again before it ends.
   */
  wake(reason: WakeReason): Promise<void>;
  /**
   * When to wake next, in ms since 1970 (may lie in the past: now); null where nothing is owed that time alone would
   * release. Ask after each `wake` and after each save, and set an alarm.
   */
  nextWakeAt(): Promise<number | null>;
}

export type { ProbeResult } from '../delivery/types.ts';
