/** All rules, authors and the team's pack, live, in the shape in which they are shown; and what one can do to them. */
import { computed, type ReadonlySignal } from '@preact/signals';
import type { AuthorEntry, Origin, PackView, RuleEntry } from '../../../components/settings/rules/types.ts';
import type { Problem } from '../../../components/settings/types.ts';
import { countWords, siteName, timeWords } from '../../../components/workbench/wording.ts';
import { siteRules } from '../../../utils/detection/sites/index.ts';
import type { RulePack, SiteRule } from '../../../utils/detection/types.ts';
import type { Call } from '../../../utils/messaging/client.ts';
import type { PageCalls, RulePackState } from '../../../utils/messaging/contract.ts';
import { listAuthors } from '../../../utils/storage/authors.ts';
import type { AuthorRow, CountersignDatabase, RuleRow } from '../../../utils/storage/database.ts';
import { rulePackState } from '../../../utils/storage/rules.ts';
import { listRules, rulesOff } from '../../../utils/storage/stored-rules.ts';
import { type Live, live } from './live.ts';
import { parseRule, today, versionAfter } from './rule-text.ts';

/** The host of a match pattern in words; `*.` stays. */
const hostOf = (pattern: string) => pattern.replace(/^[^:]+:\/\//, '').replace(/\/\*?$/, '');

function whereWords({ matches }: SiteRule, keptFor: string | null): string {
  if (keptFor !== null) return siteName(keptFor);
  if (matches.length === 0) return 'Any site, where it is recognized';
  return [...new Set(matches.map(hostOf))].join(', ');
}

/** The later one of the list stands for an earlier one of the same id. */
const order: readonly Origin[] = ['bundled', 'team', 'user'];

/** What is listed: each sort by name. */
export function ruleEntries(
  bundled: readonly SiteRule[],
  rows: readonly RuleRow[],
  off: readonly string[],
): readonly RuleEntry[] {
  const all = [
    ...bundled.map((rule) => ({ origin: 'bundled' as Origin, rule, keptFor: null })),
    ...rows.map(({ origin, rule, keptFor }) => ({ origin: origin as Origin, rule, keptFor })),
  ];
  const strongest = new Map<string, Origin>();
  for (const { origin, rule } of all) {
    const before = strongest.get(rule.id);
    if (before === undefined || order.indexOf(origin) > order.indexOf(before)) strongest.set(rule.id, origin);
  }
  return all
    .map(({ origin, rule, keptFor }) => {
      const { id, name, version, provenance, remark = null, caveat = remark } = rule;
      const { date, confidence, source } = provenance;
      const used = strongest.get(id) ?? origin;
      return {
        ...{ id, name, origin, version, date, confidence, source, caveat },
        where: whereWords(rule, keptFor),
        on: !off.includes(id),
        replacedBy: used === origin ? null : used,
        json: JSON.stringify(rule, null, 2),
      };
    })
    .sort((one, other) => one.name.localeCompare(other.name, 'en'));
}

/** Whom somebody named; the site by the name of its rule where it has one. */
export function authorEntries(rows: readonly AuthorRow[], rules: readonly RuleEntry[]): readonly AuthorEntry[] {
  const names = new Map(rules.map(({ id, name }) => [id, name]));
  return rows
    .map(({ site, author, is, origin, keptFor }) => ({
      ...{ site, author, is, origin },
      siteName: names.get(site) ?? siteName(site),
      only: keptFor === '' || keptFor === site ? null : siteName(keptFor),
    }))
    .sort((one, other) => `${one.siteName} ${one.author}`.localeCompare(`${other.siteName} ${other.author}`, 'en'));
}

export function packView({ url, version, rules, fetchedAt, triedAt, problem }: RulePackState, now: number): PackView {
  const state =
    version === null
      ? 'No rules yet.'
      : `${countWords(rules, 'rule')} of version ${version}${fetchedAt === null ? '' : `, fetched ${timeWords(fetchedAt, now)}`}.`;
  const tried = triedAt === null ? '' : `Last tried ${timeWords(triedAt, now)}: `;
  return { url, state, problem: problem && `${tried}${problem}` };
}

/** The user's own rules and authors as a file. */
export function ownPack(rows: readonly RuleRow[], authors: readonly AuthorRow[], at: Date): RulePack {
  return {
    format: 'countersign-rules',
    version: today(at),
    rules: rows.filter(({ origin }) => origin === 'user').map(({ rule }) => rule),
    authors: authors.filter(({ origin }) => origin === 'user').map(({ site, author, is }) => ({ site, author, is })),
  };
}

interface Stored {
  readonly rows: readonly RuleRow[];
  readonly authors: readonly AuthorRow[];
  readonly off: readonly string[];
  readonly pack: RulePackState;
}

export interface Rules {
  readonly stored: ReadonlySignal<Live<Stored>>;
  readonly rules: ReadonlySignal<readonly RuleEntry[]>;
  readonly authors: ReadonlySignal<readonly AuthorEntry[]>;
  readonly rename: (rule: RuleEntry, name: string) => Promise<Problem | null>;
  /** Keeps a rule that was written or changed as text, as one of the user's own. `before`: what it was made from. */
  readonly keep: (json: string, before: RuleEntry | null) => Promise<Problem | null>;
}

/** Follows what is stored until `stop` aborts. */
export function createRules(
  database: CountersignDatabase,
  call: Call<PageCalls>,
  stop: AbortSignal,
  now = () => new Date(),
): Rules {
  const read = async (): Promise<Stored> => {
    const [rows, authors, off, pack] = await Promise.all([
      listRules(database),
      listAuthors(database),
      rulesOff(database),
      rulePackState(database),
    ]);
    return { rows, authors, off, pack };
  };
  const stored = live(read, stop);
  const rules = computed(() => {
    const { rows, off } = stored.value.value ?? { rows: [], off: [] };
    return ruleEntries(siteRules, rows, off);
  });
  const save = async (rule: SiteRule): Promise<Problem | null> => {
    const answer = await call('saveRule', { rule });
    return answer.ok ? null : answer.error;
  };
  return {
    stored,
    rules,
    authors: computed(() => authorEntries(stored.value.value?.authors ?? [], rules.value)),
    rename: (rule, name) => save({ ...(JSON.parse(rule.json) as SiteRule), name }),
    async keep(json, before) {
      const parsed = parseRule(json);
      if (!parsed.ok) return parsed.error;
      const rule = parsed.value as SiteRule;
      const changed = before !== null && rule.version === before.version;
      const problem = await save(changed ? { ...rule, version: versionAfter(rule.version, now()) } : rule);
      // Under another id it would be there twice.
      if (problem === null && before?.origin === 'user' && before.id !== rule.id) {
        const answer = await call('removeRule', { id: before.id });
        if (!answer.ok) return answer.error;
      }
      return problem;
    },
  };
}
