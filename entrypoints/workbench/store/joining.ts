/** Joining a team, step by step: read the invitation, show what would change, ask once, do it. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { TeamPlan } from '../../../components/team/types.ts';
import type { Browser } from '../../../utils/browser.ts';
import type { HttpReply } from '../../../utils/connectors/types.ts';
import { send, TIMEOUT_MS } from '../../../utils/delivery/transport.ts';
import { report } from '../../../utils/errors.ts';
import type { Call } from '../../../utils/messaging/client.ts';
import { dataCollection, mayTransmit } from '../../../utils/messaging/consent.ts';
import type { PageCalls } from '../../../utils/messaging/contract.ts';
import { webPatterns } from '../../../utils/messaging/site-pattern.ts';
import { err, ok, type Result } from '../../../utils/result.ts';
import { storedProject } from '../../../utils/storage/current-project.ts';
import type { CountersignDatabase } from '../../../utils/storage/database.ts';
import { managedTerms } from '../../../utils/storage/managed.ts';
import { storedTeam } from '../../../utils/storage/membership.ts';
import { teamRows } from '../../../utils/storage/rules.ts';
import { ownSettings } from '../../../utils/storage/settings.ts';
import { storedPack } from '../../../utils/storage/stored-rules.ts';
import { readTeamLink, unpackTeam } from '../../../utils/team/team-link.ts';
import { readTeam, TEAM_LIMIT } from '../../../utils/team/team-schema.ts';
import type { TeamSource } from '../../../utils/team/types.ts';
import { missingSites, type Present, teamPlan } from './team-plan.ts';

/** A team file that was read, with what is needed to join. */
interface Offer {
  readonly plan: TeamPlan;
  readonly json: string;
  readonly source: TeamSource | null;
  /** What the browser is to be asked for in the click. */
  readonly asks: { readonly origins: readonly string[]; readonly consent: boolean };
}

export interface Joining {
  readonly busy: ReadonlySignal<boolean>;
  /** Why the last thing did not work. */
  readonly problem: ReadonlySignal<string | null>;
  readonly offer: ReadonlySignal<Pick<Offer, 'plan'> | null>;
  /** Looks at what a link leads to. */
  readonly lookAtLink: (link: string) => Promise<void>;
  readonly lookAtFile: (file: Pick<File, 'name' | 'size' | 'text'>) => Promise<void>;
  /** Asks where the team came from whether there is a new version. */
  readonly check: () => Promise<void>;
  /** Call it within the click: the browser asks for its permissions only there. Answers the team's name once it is done. */
  readonly join: () => Promise<string | null>;
  readonly leave: (owed: 'keep' | 'discard') => Promise<boolean>;
  readonly cancel: () => void;
}

interface JoiningParts {
  readonly database: CountersignDatabase;
  readonly permissions: Pick<Browser['permissions'], 'getAll' | 'request' | 'remove'>;
  readonly call: Call<PageCalls>;
  readonly fetch?: typeof fetch;
}

/** What is wrong with a reply, in words; null for a whole one. */
function refusal(reply: HttpReply | null): string | null {
  if (reply === null)
    return 'The server cannot be reached, or does not admit extensions. If you can open the link in a tab, save the file and choose it here.';
  const { status, end } = reply;
  if (status === 0 || (status >= 300 && status < 400)) return 'The link leads elsewhere; use the one that it leads to.';
  if (status === 401 || status === 403)
    return 'The server refuses the invitation: it was taken back, or is not whole. Ask for a new one.';
  if (status !== 200) return `There is no team file at this link (the server answered ${status}).`;
  return end === 'whole' ? null : 'The team file is larger than 2 MB, or broke off.';
}

export function createJoining({ database, permissions, call, ...network }: JoiningParts): Joining {
  const busy = signal(false);
  const problem = signal<string | null>(null);
  const offer = signal<Offer | null>(null);
  const fetcher = network.fetch ?? ((...args: Parameters<typeof fetch>) => fetch(...args));

  async function ask({ url, token }: TeamSource): Promise<Result<string, string>> {
    const authorization = token === null ? {} : { authorization: `Bearer ${token}` };
    const headers = { accept: 'application/json', ...authorization };
    const reply = await send({ method: 'GET', url, headers, body: '' }, fetcher, TIMEOUT_MS, TEAM_LIMIT);
    const wrong = refusal(reply);
    return wrong === null && reply ? ok(reply.body) : err(wrong ?? '');
  }

  async function present(granted: readonly string[]): Promise<Present> {
    const [member, destinations, project, { rules }, pack, { settings }, managed] = await Promise.all([
      storedTeam(database),
      database.destinations.toArray(),
      storedProject(database),
      teamRows(database),
      storedPack(database),
      ownSettings(database),
      managedTerms(database),
    ]);
    const locked = new Set(Object.keys(managed.settings));
    return { member, destinations, project, rules, pack, settings, locked, granted };
  }

  async function show(json: string, source: TeamSource | null, fileName: string | null): Promise<string | null> {
    const read = readTeam(json, source);
    if (!read.ok) return `This is no team file that can be used. ${read.error.message}`;
    const team = read.value;
    const granted = webPatterns((await permissions.getAll()).origins);
    const consent = team.destinations.length > 0 && !(await mayTransmit(permissions));
    const plan = teamPlan(team, await present(granted), source, fileName);
    offer.value = { plan, json, source, asks: { origins: missingSites(team.sites, granted), consent } };
    return null;
  }

  /** Does one thing; what it answers, or what went wrong, is the problem. */
  async function run(work: () => Promise<string | null>): Promise<boolean> {
    busy.value = true;
    problem.value = null;
    try {
      problem.value = await work();
    } catch (thrown) {
      report(thrown, 'joining a team');
      problem.value = 'That did not work. Try again.';
    }
    busy.value = false;
    return problem.peek() === null;
  }

  async function showFrom(source: TeamSource): Promise<string | null> {
    const asked = await ask(source);
    return asked.ok ? show(asked.value, source, null) : asked.error;
  }

  return {
    ...{ busy, problem, offer },
    async lookAtLink(typed) {
      await run(async () => {
        const link = readTeamLink(typed);
        if (!link.ok) return link.error;
        if (link.value.to === 'server') return showFrom(link.value.source);
        const json = await unpackTeam(link.value.packed, TEAM_LIMIT);
        return json === null
          ? 'What the link holds is no team file. Copy the whole link again.'
          : show(json, null, null);
      });
    },
    async lookAtFile(file) {
      await run(async () =>
        file.size > TEAM_LIMIT * 2
          ? `${file.name} is too large for a team file.`
          : show(await file.text(), null, file.name),
      );
    },
    async check() {
      await run(async () => {
        const source = (await storedTeam(database))?.source;
        return source ? showFrom(source) : 'The team came from a file.';
      });
    },
    async join() {
      const wanted = offer.peek();
      if (!wanted || wanted.plan.blocked !== null) return null;
      const { json, source, plan } = wanted;
      const origins = [...wanted.asks.origins];
      const request = {
        ...(origins.length > 0 && { origins }),
        // The polyfill's types do not know this kind of permission yet.
        ...(wanted.asks.consent && { data_collection: [...dataCollection] }),
      } as Parameters<typeof permissions.request>[0];
      // Nothing may be awaited before the request: the click would be over.
      const asked = Object.keys(request).length > 0 ? permissions.request(request) : Promise.resolve(true);
      const done = await run(async () => {
        if (!(await asked))
          return 'Not joined: the browser was not allowed what the team asks for. Nothing has changed.';
        const answer = await call('joinTeam', { json, source, granted: origins });
        if (answer.ok) return null;
        if (origins.length > 0) await permissions.remove({ origins });
        return `${answer.error.message} ${answer.error.next}`;
      });
      if (!done) return null;
      offer.value = null;
      return plan.name;
    },
    leave: (owed) =>
      run(async () => {
        const answer = await call('leaveTeam', { owed });
        return answer.ok ? null : `${answer.error.message} ${answer.error.next}`;
      }),
    cancel() {
      offer.value = null;
      problem.value = null;
    },
  };
}
