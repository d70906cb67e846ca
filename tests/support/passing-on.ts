/** A collector that passes on what it stores, without a socket: a project of its own, its destinations, and a clock that can be put on. */
import { createFanOut, type FanOut } from '../../collector/fan-out/fan-out.ts';
import { createSecrets, type SecretsOf } from '../../collector/fan-out/secrets.ts';
import { createLog } from '../../collector/log.ts';
import type { Database } from '../../collector/store/database.ts';
import type { Counts, DeadLetter, Delivery } from '../../collector/store/deliveries.ts';
import { createToken } from '../../collector/store/tokens.ts';
import { aClient, type Client } from './collector.ts';

interface Shown {
  readonly id: string;
  readonly counts: Counts;
  readonly notBefore: string;
}

/** Whatever of it an answer of /v1/destinations and /v1/deliveries has. */
interface Answer extends Shown {
  readonly destinations: readonly Shown[];
  readonly dead: readonly DeadLetter[];
  readonly deliveries: readonly Delivery[];
  readonly error: { readonly code: string; readonly message: string; readonly field?: string };
}

export interface PassingOn extends Client {
  /** All that was logged. */
  readonly lines: string[];
  /** Asks /v1/destinations as an operator; a body is sent as JSON. */
  ask(method: string, path: string, body?: unknown): Promise<{ readonly status: number; readonly body: Answer }>;
  /** Sets up a destination, and answers its place. */
  add(id: string, settings: Record<string, unknown>): Promise<{ readonly project: string; readonly id: string }>;
  /** The counts of each destination, by id. */
  counts(): Promise<Record<string, Counts>>;
  /** Begins another process that passes on from the same database; stopped with the others. */
  another(): FanOut;
  /** Puts the clock on, past any backoff and lease, and looks again. */
  later(ms?: number): void;
  stop(): Promise<void>;
}

/** `passes` false: nothing is sent until `another` begins. */
export async function passingOn(
  database: Database,
  { passes = true, secretsOf = createSecrets([]) as SecretsOf } = {},
): Promise<PassingOn> {
  const lines: string[] = [];
  const log = createLog((line) => lines.push(line));
  let ahead = 0;
  const now = async () => Date.now() + ahead;
  const running: FanOut[] = [];
  const another = () => {
    const fanOut = createFanOut({ database, log, secretsOf, now, random: () => 0, pollMs: 50 });
    running.push(fanOut);
    fanOut.wake();
    return fanOut;
  };
  if (passes) another();
  const wake = () => {
    for (const fanOut of running) fanOut.wake();
  };
  const client = await aClient(database, { log, secretsOf, onOwed: wake });
  const { token } = await createToken(database, client.project, 'operate');
  const ask: PassingOn['ask'] = async (method, path, body) => {
    const response = await client.app.request(`http://localhost/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  };
  return {
    ...client,
    lines,
    ask,
    another,
    async add(id, settings) {
      const { status, body } = await ask('PUT', `/destinations/${id}`, {
        name: id,
        connector: 'countersign',
        ...settings,
      });
      if (status !== 201) throw new Error(JSON.stringify(body));
      return { project: client.project, id };
    },
    async counts() {
      const { body } = await ask('GET', '/destinations');
      return Object.fromEntries(body.destinations.map(({ id, counts }) => [id, counts]));
    },
    later(ms = 3_700_000) {
      ahead += ms;
      wake();
    },
    stop: async () => {
      await Promise.all(running.splice(0).map((fanOut) => fanOut.stop(1000)));
    },
  };
}
