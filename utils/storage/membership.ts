/** The team that the reviewer is in: as it is stored, and as pages show it, without its tokens. Reads without the schemas of what it sets. */
import type { Project } from '../review/project.ts';
import type { TeamSettings, TeamSource } from '../team/types.ts';
import type { AuthorRow, CountersignDatabase, RuleRow } from './database.ts';
import type { Seen } from './projects.ts';
import type { Settings } from './settings-shape.ts';
import type { StoredPack } from './stored-rules.ts';

/** Name of the stored value. */
export const TEAM = 'team';

/** How things were before the team set theirs; absent where it sets nothing of the kind. */
export interface Before {
  readonly project?: { readonly own: Project | null; readonly seen: Seen | null; readonly teams: string };
  readonly rules?: {
    readonly rules: readonly RuleRow[];
    readonly authors: readonly AuthorRow[];
    readonly pack: StoredPack | null;
    /** Where the team's come from; null where they were in its file. */
    readonly url: string | null;
  };
  readonly settings?: { readonly own: Settings; readonly wasStored: boolean; readonly teams: TeamSettings };
}

/** As it is stored. The token in `source` stays in this database and in the requests that ask for the file. */
export interface Membership {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly about: string | null;
  /** ISO times. */
  readonly joinedAt: string;
  readonly updatedAt: string;
  /** Where a new version is asked for; null for a file. */
  readonly source: TeamSource | null;
  /** The ids here of the team's destinations, by its own. */
  readonly destinations: Readonly<Record<string, string>>;
  /** Match patterns of the sites that were turned on for the team, and were off before. */
  readonly granted: readonly string[];
  readonly before: Before;
}

export interface TeamView extends Pick<Membership, 'id' | 'name' | 'version' | 'about' | 'joinedAt' | 'updatedAt'> {
  /** Where a new version can be asked for; null where the team came from a file. */
  readonly url: string | null;
  /** The ids of its destinations here. */
  readonly destinations: readonly string[];
  readonly sites: readonly string[];
}

/** With its tokens: for the background, and for asking for a new version. null where the reviewer is in none. */
export const storedTeam = async ({ values }: CountersignDatabase): Promise<Membership | null> =>
  ((await values.get(TEAM))?.value as Membership | undefined) ?? null;

/** null where the reviewer is in none. Works inside `liveQuery`. */
export async function teamView(database: CountersignDatabase): Promise<TeamView | null> {
  const stored = await storedTeam(database);
  if (!stored) return null;
  const { id, name, version, about, joinedAt, updatedAt, source, destinations, granted } = stored;
  const shown = { id, name, version, about, joinedAt, updatedAt };
  return { ...shown, url: source?.url ?? null, destinations: Object.values(destinations), sites: granted };
}
