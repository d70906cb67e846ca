/** What the routes share: the parts that the application is made of, and what a request learns on its way. */
import type { SecretsOf } from './fan-out/secrets.ts';
import type { Log, LogFields } from './log.ts';
import type { Database } from './store/database.ts';
import type { Caller } from './store/tokens.ts';

export interface AppParts {
  readonly database: Database;
  readonly log: Log;
  /** The most bytes of a request body, as sent and as unpacked. */
  readonly bodyLimit?: number;
  /** Host names that requests may be addressed to; `null` for any. See middleware/host.ts. */
  readonly hosts?: readonly string[] | null;
  /** Lets commands on this computer manage the tokens of an embedded database, which only one process can open. */
  readonly adminSecret?: string | null;
  /** The tokens of destinations that a file sets up; by default there are none. */
  readonly secretsOf?: SecretsOf;
  /** Told when destinations may be owed something new. */
  readonly onOwed?: () => void;
  /** What destinations are tried with. */
  readonly fetch?: typeof fetch;
}

export interface AppEnv {
  Variables: {
    requestId: string;
    caller: Caller;
    /** What the route adds to the log line of its request. */
    notes: LogFields;
  };
}
