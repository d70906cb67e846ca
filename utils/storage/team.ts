/**
 * The team that the reviewer has joined: what it set, and what was there before, so that leaving takes away the one and brings
 * back the other. Joining, a new version and leaving are one transaction each: all of it, or nothing.
 */
import { fail } from '../errors.ts';
import { canonicalJson } from '../review/hash.ts';
import type { Project } from '../review/project.ts';
import { withNewVersions } from '../review/project-diff.ts';
import { mergedSettings, withoutTeam } from '../team/merge.ts';
import type { Team, TeamDestination, TeamSettings, TeamSource } from '../team/types.ts';
import { storedProject } from './current-project.ts';
import type { CountersignDatabase } from './database.ts';
import { countOwed, dropDestination, putDestination } from './destinations.ts';
import { guarded } from './failures.ts';
import { type Before, type Membership, storedTeam, TEAM } from './membership.ts';
import { putProject, putSeen, type Seen, storedSeen } from './projects.ts';
import { freshPack, putPack, putTeamRows, replaceTeam, teamRows } from './rules.ts';
import { ownSettings, putSettings } from './settings.ts';
import { storedPack } from './stored-rules.ts';

/** What becomes of what is still owed to the team when one leaves: `keep` delivers it, `discard` does not. */
export type LeaveChoice = 'keep' | 'discard';

const tablesOf = ({ values, destinations, outbox, counters, rules, authors, rubrics }: CountersignDatabase) => [
  ...[values, destinations, outbox, counters],
  ...[rules, authors, rubrics],
];

const inputOf = ({ id: _, gzip, ...destination }: TeamDestination, id: string | null) => ({
  ...destination,
  id,
  gzip: gzip ?? null,
  options: destination.options ?? {},
  sendPrompt: destination.sendPrompt ?? true,
  sendContext: destination.sendContext ?? false,
});

/** Lets a destination get what it is owed, and nothing new; forgets it where that is nothing. */
async function retire(database: CountersignDatabase, id: string, team: string): Promise<void> {
  const row = await database.destinations.get(id);
  if (row && (await countOwed(database, id)) > 0)
    await database.destinations.put({ ...row, name: `${row.name} (of ${team} before)`.slice(0, 400), former: true });
  else await dropDestination(database, id);
}

async function applyDestinations(
  database: CountersignDatabase,
  team: Team,
  known: Membership['destinations'],
): Promise<Membership['destinations']> {
  const ids: [string, string][] = [];
  for (const destination of team.destinations) {
    const before = Object.hasOwn(known, destination.id) ? known[destination.id] : undefined;
    const there = before !== undefined && (await database.destinations.get(before)) !== undefined;
    const id = await putDestination(database, inputOf(destination, there ? before : null), 'move');
    ids.push([destination.id, id]);
  }
  const gone = Object.entries(known).filter(([id]) => !team.destinations.some((one) => one.id === id));
  for (const [, id] of gone) await retire(database, id, team.name);
  return Object.fromEntries(ids);
}

async function applyProject(database: CountersignDatabase, project: Project, seen: Seen | null) {
  const before = { own: await storedProject(database), seen: await storedSeen(database), teams: project.id };
  // What the reviewer knows of the guidelines by now stays known from one version to the next.
  await putSeen(database, seen ?? before.seen);
  await putProject(database, project);
  return before;
}

async function applyRules(database: CountersignDatabase, rules: NonNullable<Team['rules']>, at: string) {
  const url = 'url' in rules ? rules.url : null;
  const before = { ...(await teamRows(database)), pack: await storedPack(database), url };
  if ('url' in rules) await replaceTeam(database, [], [], at);
  else await replaceTeam(database, rules.rules, rules.authors ?? [], at);
  await putPack(database, url === null ? null : freshPack(url));
  return before;
}

async function applySettings(database: CountersignDatabase, team: TeamSettings) {
  const { stored, settings: own } = await ownSettings(database);
  await putSettings(database, mergedSettings(own, team));
  return { own, wasStored: stored !== undefined, teams: team };
}

/** Brings back what was there before the team, but for its destinations. What the reviewer has put in its place since stays. */
async function revert(database: CountersignDatabase, { project, rules, settings }: Before): Promise<void> {
  if (project) {
    const [now, seen] = [await storedProject(database), await storedSeen(database)];
    if (seen?.project === project.teams) await putSeen(database, project.seen);
    if (now === null || now.id === project.teams) {
      const kept = (await database.rubrics.toArray()).map(({ rubric }) => rubric);
      // Reviews may have been made for the team under a version that says something else in the reviewer's own project.
      const own = project.own && withNewVersions(project.own, project.own, { rubrics: kept, guidelines: null });
      await putProject(database, own);
    }
  }
  if (rules && ((await storedPack(database))?.url ?? null) === rules.url) {
    await putTeamRows(database, rules);
    await putPack(database, rules.pack);
  }
  if (settings) {
    const { settings: now } = await ownSettings(database);
    const own = withoutTeam(now, settings.own, settings.teams);
    const asBefore = !settings.wasStored && canonicalJson(own) === canonicalJson(settings.own);
    await putSettings(database, asBefore ? undefined : own);
  }
}

interface Joining {
  readonly source: TeamSource | null;
  readonly granted: readonly string[];
  /** ms since 1970. */
  readonly now: number;
}

/**
 * Joins a team that was checked, or takes its next version. Throws `invalid` with the field named where the reviewer is in
 * another team, or where a version that reviews were made under would come to say something else; then nothing has changed.
 */
export function joinTeam(database: CountersignDatabase, team: Team, { source, granted, now }: Joining): Promise<void> {
  const at = new Date(now).toISOString();
  return guarded(() =>
    database.transaction('rw', tablesOf(database), async () => {
      const member = await storedTeam(database);
      if (member && member.id !== team.id) {
        const message = `You are in the team “${member.name}”.`;
        fail('invalid', { field: 'id', message, next: 'Leave it before you join another.' });
      }
      const seen = member ? await storedSeen(database) : null;
      if (member) await revert(database, member.before);
      const destinations = await applyDestinations(database, team, member?.destinations ?? {});
      const before: Before = {
        ...(team.project && { project: await applyProject(database, team.project, seen) }),
        ...(team.rules && { rules: await applyRules(database, team.rules, at) }),
        ...(Object.keys(team.settings).length > 0 && { settings: await applySettings(database, team.settings) }),
      };
      const { id, name, version, about } = team;
      const value: Membership = {
        ...{ id, name, version, about, source, destinations, before },
        joinedAt: member?.joinedAt ?? at,
        updatedAt: at,
        granted: [...new Set([...(member?.granted ?? []), ...granted])],
      };
      await database.values.put({ name: TEAM, value });
    }),
  );
}

/**
 * Leaves the team: its destinations with their tokens, its project, rules and settings are gone, and what was there before is
 * back. Reviews stay. Where deliveries still wait, `owed` must say what becomes of them: without it throws `invalid` for the
 * field `owed`. Answers the patterns of the sites that were on for the team alone. Does nothing where there is no team.
 */
export function leaveTeam(database: CountersignDatabase, owed?: LeaveChoice): Promise<readonly string[]> {
  return guarded(() =>
    database.transaction('rw', tablesOf(database), async () => {
      const member = await storedTeam(database);
      if (member === null) return [];
      const ids = Object.values(member.destinations);
      const waiting = (await Promise.all(ids.map((id) => countOwed(database, id)))).reduce((sum, one) => sum + one, 0);
      if (waiting > 0 && owed === undefined) {
        const message = `${waiting} ${waiting === 1 ? 'delivery to the team is' : 'deliveries to the team are'} still waiting.`;
        fail('invalid', { field: 'owed', message, next: 'Choose whether they are still delivered.' });
      }
      for (const id of ids) {
        if (owed === 'keep') await retire(database, id, member.name);
        else await dropDestination(database, id);
      }
      await revert(database, member.before);
      await database.values.delete(TEAM);
      return member.granted;
    }),
  );
}
