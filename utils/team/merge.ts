/** The reviewer's own settings with a team's, and back. Pure. */
import { canonicalJson } from '../review/hash.ts';
import type { Settings } from '../storage/settings-shape.ts';
import type { TeamSettings } from './types.ts';

type Item = object | string;

/** By what entries of a list are the same: of two, the team's counts. */
const keys: Readonly<Record<string, (item: never) => string>> = {
  customerRules: ({ id }: { id: string }) => id,
  alsoRedact: ({ kind, value }: { kind: string; value: string }) => `${kind} ${value}`,
  gateOn: (origin: string) => origin,
  deltaOn: (origin: string) => origin,
  traces: ({ origin }: { origin: string }) => origin,
};
const keyOf = (name: string, item: Item) => keys[name]?.(item as never) ?? '';
const isSame = (a: unknown, b: unknown) => canonicalJson(a) === canonicalJson(b);

/** What the reviewer has, and what the team adds to it: lists grow, single values are the team's. */
export function mergedSettings(own: Settings, team: TeamSettings): Settings {
  const fields = Object.entries(team).map(([name, value]) => {
    if (!(name in keys)) return [name, value];
    const added = value as readonly Item[];
    const replaced = new Set(added.map((item) => keyOf(name, item)));
    const mine = (own[name as keyof Settings] as readonly Item[]).filter((item) => !replaced.has(keyOf(name, item)));
    return [name, [...mine, ...added]];
  });
  return { ...own, ...Object.fromEntries(fields) };
}

/**
 * `now` without what the team set, `before` being how it was. What the reviewer has changed since is theirs and stays; entries
 * of theirs that the team's stood in the place of come back.
 */
export function withoutTeam(now: Settings, before: Settings, team: TeamSettings): Settings {
  const merged = mergedSettings(before, team);
  const fields = Object.entries(team).map(([name, value]) => {
    const field = name as keyof Settings;
    if (isSame(now[field], merged[field])) return [name, before[field]];
    if (!(name in keys)) return [name, now[field]];
    const added = value as readonly Item[];
    const left = (now[field] as readonly Item[]).filter((item) => !added.some((one) => isSame(one, item)));
    const there = new Set(left.map((item) => keyOf(name, item)));
    const displaced = (before[field] as readonly Item[]).filter(
      (item) => added.some((one) => keyOf(name, one) === keyOf(name, item)) && !there.has(keyOf(name, item)),
    );
    return [name, [...left, ...displaced]];
  });
  return { ...now, ...Object.fromEntries(fields) };
}
