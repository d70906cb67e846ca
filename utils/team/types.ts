/** A team as one file: where its reviews go, what they are judged by, and where. What is checked of it is in `team-schema.ts`. */
import type { Destination } from '../connectors/types.ts';
import type { RulePack } from '../detection/types.ts';
import type { Project } from '../review/project.ts';
import type { Settings } from '../storage/settings-shape.ts';

/** The settings that a team may set. What is kept here stays kept and what is redacted stays redacted: it can only add to that. */
export const teamSettingNames = [
  'keepPrompt',
  'contextTurns',
  'customerRules',
  'alsoRedact',
  'gateOn',
  'deltaOn',
  'traces',
] as const satisfies readonly (keyof Settings)[];
export type TeamSettings = Partial<Pick<Settings, (typeof teamSettingNames)[number]>>;

/** A destination of the team; its id is the team's own, unique in the file, and the same from one version to the next. */
export interface TeamDestination extends Omit<Destination, 'token' | 'secret'> {
  /** null for none. */
  readonly token: string | null;
  readonly secret: string | null;
}

/** The team's site rules: all of them, or where they are fetched from, once a day. */
type TeamRules = RulePack | { readonly url: string };

/** What a team file says, checked, every address whole and every token in its place. */
export interface Team {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  /** Whom to ask, in the team's own words; null where it says nothing. */
  readonly about: string | null;
  readonly destinations: readonly TeamDestination[];
  readonly project: Project | null;
  readonly rules: TeamRules | null;
  /** Web origins that Countersign is turned on for. */
  readonly sites: readonly string[];
  readonly settings: TeamSettings;
}

/** Where a team file came from, and may be asked for again; the token is what the link carried. */
export interface TeamSource {
  readonly url: string;
  readonly token: string | null;
}
