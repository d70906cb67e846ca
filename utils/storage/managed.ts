/**
 * What an organisation sets for its reviewers by the browser's managed policy, in force over what is set here. The
 * background checks it and stores it beside the rest, so that everything which reads settings or project has it.
 */
import type { Policy } from '../review/policy.ts';
import type { Project, TriageTerms } from '../review/project.ts';
import type { CountersignDatabase } from './database.ts';
import type { Settings } from './settings-shape.ts';

/** The settings that can be set so: what is kept, what leaves, what waits. Nobody's keys, looks or name. */
export const lockable = [
  'keepPrompt',
  'contextTurns',
  'assertFrom',
  'findWithoutRule',
  'quietHours',
  'holdOnMetered',
  'keepDays',
  'forgetEverywhere',
  'customerRules',
  'allow',
  'alsoRedact',
  'gateOn',
  'deltaOn',
] as const satisfies readonly (keyof Settings)[];
type Lockable = (typeof lockable)[number];

export interface Managed {
  readonly settings: Partial<Pick<Settings, Lockable>>;
  readonly policies: readonly Policy[];
  readonly triage?: TriageTerms | undefined;
  readonly assistance?: Project['assistance'];
  /** What of it could not be understood, and so is not in force: path and words. */
  readonly problems: readonly string[];
}

/** Name of the stored value. */
export const MANAGED = 'managed';
export const nothingManaged: Managed = { settings: {}, policies: [], problems: [] };

/** As last read from the browser. Works inside `liveQuery`, and in any transaction that has the values. */
export async function managedTerms({ values }: CountersignDatabase): Promise<Managed> {
  return ((await values.get(MANAGED))?.value as Managed | undefined) ?? nothingManaged;
}

/** The settings that are in force. */
export const withManagedSettings = (settings: Settings, managed: Managed): Settings => ({
  ...settings,
  ...managed.settings,
  // The reviewer's own terms count before a project's, and so would count before these.
  ...(managed.triage && { triage: withTriage(settings.triage, managed.triage) }),
});

const withTriage = <T extends TriageTerms>(own: T, managed: TriageTerms): T => ({
  ...own,
  ...managed,
  ...(managed.weights && { weights: { ...own.weights, ...managed.weights } }),
});

/** The field of a change that the organisation has set to something else; null where it may be made. */
export function lockedIn(change: Partial<Settings>, managed: Managed): string | null {
  const isOther = (name: keyof Settings, value: unknown) =>
    Object.hasOwn(change, name) && JSON.stringify(change[name]) !== JSON.stringify(value);
  const locked = lockable.find((name) => name in managed.settings && isOther(name, managed.settings[name]));
  if (locked) return locked;
  const { triage } = change;
  return triage && managed.triage && isOther('triage', withTriage(triage, managed.triage)) ? 'triage' : null;
}

/** The project that is in force: the organisation's policies come before the team's, and of two with one id counts its own. */
export function withManagedProject(project: Project, { policies, triage, assistance }: Managed): Project {
  const own = (project.policies ?? []).filter(({ id }) => !policies.some((one) => one.id === id));
  return {
    ...project,
    ...(policies.length > 0 && { policies: [...policies, ...own].slice(0, 64) }),
    ...(triage && { triage: withTriage(project.triage ?? {}, triage) }),
    ...(assistance && { assistance }),
  };
}
