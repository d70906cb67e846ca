/** What a team file would change, in words, from what is set here now. Pure. */
import type { PlanLine, PlanPart, TeamPlan } from '../../../components/team/types.ts';
import { sendsSentence } from '../../../components/workbench/sends-words.ts';
import { countWords, siteName } from '../../../components/workbench/wording.ts';
import { abouts } from '../../../utils/connectors/abouts.ts';
import { readAddress } from '../../../utils/connectors/address.ts';
import { sitePattern } from '../../../utils/messaging/site-pattern.ts';
import { canonicalJson } from '../../../utils/review/hash.ts';
import type { Demand, Policy } from '../../../utils/review/policy.ts';
import { demandWords } from '../../../utils/review/policy-words.ts';
import { builtInProject, type Project } from '../../../utils/review/project.ts';
import { projectChanges } from '../../../utils/review/project-diff.ts';
import type { DestinationRow, RuleRow } from '../../../utils/storage/database.ts';
import type { Membership } from '../../../utils/storage/membership.ts';
import type { Settings } from '../../../utils/storage/settings-shape.ts';
import type { StoredPack } from '../../../utils/storage/stored-rules.ts';
import { mergedSettings, withoutTeam } from '../../../utils/team/merge.ts';
import type { Team, TeamDestination, TeamSettings, TeamSource } from '../../../utils/team/types.ts';

/** What is set here. */
export interface Present {
  readonly member: Membership | null;
  readonly destinations: readonly DestinationRow[];
  readonly project: Project | null;
  /** The team's rules, wherever they came from. */
  readonly rules: readonly RuleRow[];
  readonly pack: StoredPack | null;
  /** The reviewer's own, the team's among them. */
  readonly settings: Settings;
  /** Names of the settings that the organisation has set. */
  readonly locked: ReadonlySet<string>;
  /** Match patterns that the browser permits. */
  readonly granted: readonly string[];
}

const q = (text: string) => `“${text}”`;
const isSame = (a: unknown, b: unknown) => canonicalJson(a) === canonicalJson(b);

/** Of a token only what tells it from another. */
export const tokenWords = (token: string | null): string =>
  token === null
    ? 'Without a token.'
    : token.length < 16
      ? 'With a token.'
      : `With a token that ends in ${token.slice(-4)}.`;

const addressWarning = (url: string): string | null => {
  const read = readAddress(url);
  return read.ok ? read.value.warning : read.error;
};

function destinationWords({
  connector,
  url,
  sends,
  sendPrompt,
  sendContext,
  token,
  secret,
  options = {},
}: TeamDestination) {
  const { name, fields } = abouts[connector];
  const labels = Object.entries(options).map(([key, value]) => {
    const label = fields.find((field) => field.name === key)?.label ?? key;
    return `${label}: ${value.length > 80 ? `${value.slice(0, 80)}…` : value}`;
  });
  const signed = secret === null ? [] : ['Each request is signed.'];
  return [
    `${name} at ${url}`,
    `${sendsSentence(sends ?? 'redacted', sendPrompt, sendContext)}.`,
    tokenWords(token),
    ...signed,
    ...labels,
  ];
}

function destinationWarning(
  { connector, url, sends }: TeamDestination,
  others: readonly DestinationRow[],
): string | null {
  const { runs } = abouts[connector];
  const twice = others.find((one) => one.url === url && one.connector === connector);
  const all = [
    addressWarning(url),
    sends === 'text' ? 'Text leaves as it is stored, with whatever personal data is in it.' : null,
    runs.where === 'collector' ? runs.why : null,
    twice ? `Your own ${q(twice.name)} goes to the same address: reviews would arrive there twice.` : null,
  ];
  return all.filter((one) => one !== null).join(' ') || null;
}

function destinationPart(team: Team, { member, destinations }: Present): PlanPart {
  const ids = member?.destinations ?? {};
  const teams = new Set(Object.values(ids));
  const own = destinations.filter((row) => !teams.has(row.id) && !row.former);
  const lines = team.destinations.flatMap((destination): PlanLine[] => {
    const how = destinationWords(destination);
    const warning = destinationWarning(destination, own);
    const before = destinations.find((row) => row.id === ids[destination.id]);
    if (!before) return [{ is: 'added', what: `Your reviews go to ${q(destination.name)}.`, how, warning }];
    const was = destinationWords(before);
    const isNewToken = before.token !== destination.token;
    if (isSame(was, how) && before.name === destination.name && !isNewToken && before.secret === destination.secret)
      return [];
    const changed = how.filter((words) => !was.includes(words)).map((words) => `Now: ${words}`);
    const gone = was.filter((words) => !how.includes(words)).map((words) => `Before: ${words}`);
    return [{ is: 'changed', what: `The destination ${q(destination.name)}.`, how: [...gone, ...changed], warning }];
  });
  const gone = Object.entries(ids).filter(([id]) => !team.destinations.some((one) => one.id === id));
  const leaves = gone.flatMap(([, id]): PlanLine[] => {
    const row = destinations.find((one) => one.id === id);
    const how = ['What is still owed to it is delivered first.'];
    return row ? [{ is: 'removed', what: `Your reviews no longer go to ${q(row.name)}.`, how }] : [];
  });
  const changes = [...lines, ...leaves];
  const stays = own.map(
    ({ name }): PlanLine => ({
      is: 'kept',
      what: `${q(name)}, your own destination.`,
      how: ['It gets the same reviews.'],
    }),
  );
  return {
    title: 'Where your reviews go',
    about:
      team.destinations.length > 0 && !member
        ? 'From the next review on; those that you made before are not sent.'
        : null,
    lines: changes.length > 0 ? [...changes, ...(member ? [] : stays)] : [],
  };
}

const consequences: Readonly<Record<Demand, string>> = {
  review: 'Drafts with it wait for a person.',
  forbid: 'Answers with it cannot be approved, drafts with it cannot be sent.',
  reason: 'Whoever judges such an answer says why.',
  approver: 'Somebody else has to agree, and is named.',
};

function policyLine({ name, demand, phrases, pattern, help }: Policy): PlanLine {
  const about = phrases?.length
    ? [`It looks for ${phrases.slice(0, 8).map(q).join(', ')}.`]
    : pattern
      ? [`It looks for ${pattern}`]
      : [];
  return {
    is: 'added',
    what: `Policy ${q(name)}: ${demandWords[demand]}.`,
    how: [consequences[demand], ...about, ...(help ? [help.slice(0, 200)] : [])],
  };
}

function projectPart({ project }: Team, { member, project: own }: Present): PlanPart {
  const title = 'What you judge by';
  const ofTeam = member?.before.project !== undefined;
  if (project === null)
    return ofTeam
      ? { title, about: null, lines: [{ is: 'removed', what: 'The team’s project. Yours comes back.', how: [] }] }
      : { title, about: null, lines: [] };
  const before = own ?? builtInProject;
  const changes = projectChanges(before, project);
  if (isSame(before, project)) return { title, about: null, lines: [] };
  if (ofTeam) {
    const nothing: PlanLine = { is: 'changed', what: `Version ${before.version} → ${project.version}.`, how: [] };
    return { title, about: null, lines: changes.length > 0 ? changes : [nothing] };
  }
  const rubrics = project.rubrics.map(
    ({ name, version, labels, dimensions }): PlanLine => ({
      is: 'added',
      what: `Rubric ${q(name)}, version ${version}.`,
      how: [
        labels.length > 0 ? `Labels: ${labels.map((label) => label.name).join(', ')}.` : 'No labels.',
        dimensions.length > 0 ? `Questions: ${dimensions.map((one) => one.name).join(', ')}.` : 'No questions.',
      ],
    }),
  );
  const clauses = project.guidelines?.clauses ?? [];
  const guidelines: PlanLine[] = project.guidelines
    ? [
        {
          is: 'added',
          what: `Guidelines, version ${project.guidelines.version}, of ${countWords(clauses.length, 'clause')}.`,
          how:
            clauses.length > 0
              ? [
                  clauses
                    .slice(0, 12)
                    .map(({ title: one }) => one)
                    .join(', '),
                ]
              : [],
        },
      ]
    : [];
  const aside: PlanLine = {
    is: 'changed',
    what: `Your project ${q(before.name)}, version ${before.version}, is put aside.`,
    how: [`In its place comes ${q(project.name)}, version ${project.version}. Yours comes back when you leave.`],
  };
  return {
    title,
    about: null,
    lines: [aside, ...rubrics, ...guidelines, ...(project.policies ?? []).map(policyLine)],
    more: changes,
  };
}

const hostsOf = (matches: readonly string[]) =>
  [...new Set(matches.map((pattern) => pattern.replace(/^[^:]+:\/\//, '').replace(/\/.*$/, '')))].join(', ') ||
  'any site';

function rulesPart({ rules }: Team, { member, rules: rows, pack }: Present): PlanPart {
  const title = 'How answers are found';
  const ofTeam = member?.before.rules !== undefined;
  const teams = rows.filter(({ origin }) => origin === 'team').map(({ rule }) => rule);
  const replaced = pack ? `the rules from ${pack.url}` : countWords(teams.length, 'rule');
  const hasOther = !ofTeam && (pack !== null || teams.length > 0);
  const aside: PlanLine[] = hasOther
    ? [
        {
          is: 'changed',
          what: `The team’s rules that you have, ${replaced}, are put aside.`,
          how: ['They come back when you leave.'],
        },
      ]
    : [];
  if (rules === null)
    return { title, about: null, lines: ofTeam ? [{ is: 'removed', what: 'The team’s site rules.', how: [] }] : [] };
  if ('url' in rules) {
    if (ofTeam && pack?.url === rules.url) return { title, about: null, lines: [] };
    const how = ['They are fetched when you join and once a day, and checked each time.'];
    const warning = addressWarning(rules.url);
    return {
      title,
      about: null,
      lines: [...aside, { is: 'added', what: `Site rules from ${rules.url}.`, how, warning }],
    };
  }
  const known = ofTeam && pack === null ? teams : [];
  const lines = rules.rules.flatMap((rule): PlanLine[] => {
    const before = known.find(({ id }) => id === rule.id);
    if (before && isSame(before, rule)) return [];
    return [
      { is: before ? 'changed' : 'added', what: `Site rule ${q(rule.name)} for ${hostsOf(rule.matches)}.`, how: [] },
    ];
  });
  const gone = known
    .filter(({ id }) => !rules.rules.some((rule) => rule.id === id))
    .map(({ name }): PlanLine => ({ is: 'removed', what: `Site rule ${q(name)}.`, how: [] }));
  const named = rules.authors?.length ?? 0;
  const authors: PlanLine[] =
    named > 0 && !ofTeam
      ? [{ is: 'added', what: `${countWords(named, 'author')} known as AI, or as a person.`, how: [] }]
      : [];
  const changes = [...lines, ...gone, ...authors];
  return { title, about: null, lines: changes.length > 0 ? [...aside, ...changes] : [] };
}

/** The patterns of a team's sites that the browser does not permit yet. */
export const missingSites = (sites: readonly string[], granted: readonly string[]): string[] => {
  const all = granted.some((pattern) => pattern === '*://*/*' || pattern === '<all_urls>');
  return all ? [] : [...new Set(sites.map(sitePattern))].filter((pattern) => !granted.includes(pattern));
};

function sitesPart({ sites }: Team, { member, granted }: Present): PlanPart {
  const missing = missingSites(sites, granted);
  const lines = sites.flatMap((site): PlanLine[] => {
    const warning = addressWarning(site);
    if (missing.includes(sitePattern(site)))
      return [
        {
          is: 'added',
          what: `Countersign is turned on for ${siteName(site)}.`,
          how: ['The browser asks you, too.'],
          warning,
        },
      ];
    return member ? [] : [{ is: 'kept', what: `Countersign is on for ${siteName(site)} already.`, how: [] }];
  });
  return { title: 'Sites', about: null, lines };
}

const yes = (on: boolean) => (on ? 'yes' : 'no');
const listed: Readonly<Record<string, (item: never) => string>> = {
  customerRules: ({ id, pattern, placeholder }: Settings['customerRules'][number]) =>
    `Replaced before anything leaves: pattern ${q(id)}, ${pattern}, by ${placeholder}.`,
  alsoRedact: ({ kind, value }: Settings['alsoRedact'][number]) =>
    `Replaced before anything leaves: the ${kind} ${q(value)}.`,
  gateOn: (origin: string) => `Drafts of an AI wait for your approval on ${siteName(origin)}.`,
  deltaOn: (origin: string) => `What you change in drafts of an AI is kept on ${siteName(origin)}.`,
  traces: ({ origin, from }: Settings['traces'][number]) =>
    `Traces of answers on ${siteName(origin)} are read from the ${from}.`,
};

function settingLines(name: keyof TeamSettings, before: Settings, after: Settings): PlanLine[] {
  if (name === 'keepPrompt')
    return [
      {
        is: 'changed',
        what: `The question before an answer is kept: ${yes(before.keepPrompt)} → ${yes(after.keepPrompt)}.`,
        how: [],
      },
    ];
  if (name === 'contextTurns')
    return [
      {
        is: 'changed',
        what: `Messages before the question that are kept: ${before.contextTurns} → ${after.contextTurns}.`,
        how: [],
      },
    ];
  const [was, now] = [before[name] as readonly unknown[], after[name] as readonly unknown[]];
  const words = (item: unknown) => listed[name]?.(item as never) ?? name;
  const added = now.filter((item) => !was.some((one) => isSame(one, item)));
  const gone = was.filter((item) => !now.some((one) => isSame(one, item)));
  return [
    ...added.map((item): PlanLine => ({ is: 'added', what: words(item), how: [] })),
    ...gone.map((item): PlanLine => ({ is: 'removed', what: words(item), how: [] })),
  ];
}

function settingsPart({ settings: team }: Team, { member, settings: now, locked }: Present): PlanPart {
  const held = member?.before.settings;
  const own = held ? withoutTeam(now, held.own, held.teams) : now;
  const after = mergedSettings(own, team);
  const names = [...new Set([...Object.keys(held?.teams ?? {}), ...Object.keys(team)])] as (keyof TeamSettings)[];
  const lines = names.flatMap((name) =>
    isSame(now[name], after[name])
      ? []
      : settingLines(name, now, after).map((line) =>
          locked.has(name)
            ? { ...line, how: ['Your organisation has set this too, and what it says stays in force.'] }
            : line,
        ),
  );
  return { title: 'What is kept, and what is redacted', about: null, lines };
}

/** Where a file came from, without what is secret about it. */
const fromWords = (source: TeamSource | null, fileName: string | null) =>
  source ? new URL(source.url).origin : (fileName ?? 'a link that holds the file');

/** All that would change. `fileName` names the file that was chosen; null where the link held it. */
export function teamPlan(team: Team, present: Present, source: TeamSource | null, fileName: string | null): TeamPlan {
  const { member } = present;
  const other = member !== null && member.id !== team.id;
  // To somebody in another team it is shown as it would be without that one's destinations; it cannot be joined now.
  const seen = other ? { ...present, member: null } : present;
  const parts = [destinationPart, projectPart, rulesPart, sitesPart, settingsPart].map((part) => part(team, seen));
  return {
    ...{ name: team.name, version: team.version, about: team.about },
    was: member && !other ? member.version : null,
    from: fromWords(source, fileName),
    parts: parts.filter(({ lines }) => lines.length > 0),
    blocked: other ? `You are in the team ${q(member.name)}. Leave it before you join another.` : null,
  };
}
