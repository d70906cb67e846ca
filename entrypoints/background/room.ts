/** The parts that the background's handlers share: those that every start makes, and those that come with the first message. */
import type { Browser } from '../../utils/browser.ts';
import type { Destination } from '../../utils/connectors/types.ts';
import type { Trace } from '../../utils/review/schema.ts';
import type { CountersignDatabase } from '../../utils/storage/database.ts';
import type { ProbeResult } from '../../utils/sync/types.ts';
import type { BundledRules } from './bundled-rules.ts';
import type { Insert } from './composing.ts';
import type { Delivery } from './delivery.ts';
import type { TabHealth } from './health.ts';
import type { RulePacks } from './late-packs.ts';
import type { Lent } from './lent.ts';
import type { Moved } from './moved.ts';
import type { Pointing } from './pointing.ts';
import type { Pushes } from './push.ts';
import type { Reopen } from './reopening.ts';
import type { Sites } from './sites.ts';

/** Where requests go through; tests give another. */
export interface Network {
  readonly fetch?: typeof fetch;
}

/** What every start of the background makes. */
export interface Core {
  readonly database: CountersignDatabase;
  readonly delivery: Delivery;
  readonly pushes: Pushes;
  readonly sites: Sites;
  readonly pointing: Pick<Pointing, 'pick'>;
  readonly health: TabHealth;
  readonly bundledRules: BundledRules;
  readonly packs: RulePacks;
  /** Other rules are in force from now on: registers the overlay accordingly, and tells every document. */
  readonly rulesChanged: () => Promise<void>;
  /** The user has paused everything. */
  readonly isPaused: () => Promise<boolean>;
  /** The user has agreed to sending, where the browser asks. */
  readonly mayTransmit: () => Promise<boolean>;
  /** Counts, pauses or settings changed: show it on the toolbar button. */
  readonly showBadge: () => Promise<void>;
  /** ms since 1970. */
  readonly now: () => number;
}

export interface Room extends Core {
  /** `storage.session`: what lasts until the browser is closed. */
  readonly session: Browser['storage']['session'];
  readonly permissions: Pick<Browser['permissions'], 'remove'>;
  /** Documents that the user lent by a click although their site is not on. */
  readonly lent: Lent;
  /** Shows an answer on its page. */
  readonly reopen: Reopen;
  readonly moved: Moved;
  /** Puts a text where the reviewer writes on a page. */
  readonly insert: Insert;
  readonly probe: (destination: Destination) => Promise<ProbeResult>;
  readonly sendSample: (destination: Destination, trace: Trace | null) => Promise<ProbeResult>;
  /** Empties everything, as it was when the extension was installed. */
  readonly removeEverything: () => Promise<void>;
}
