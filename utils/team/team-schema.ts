/**
 * The team file, checked where one enters: in the workbench before it is shown, in the background before it is applied, and
 * in the collector before it is published. All of it is taken or nothing; what is refused is named by its path. The JSON Schema in
 * docs/team.schema.json is made of the shapes here.
 */
import * as z from 'zod/mini';
import { abouts } from '../connectors/abouts.ts';
import { readAddress } from '../connectors/address.ts';
import { checkDestination } from '../connectors/check.ts';
import { connectorIds } from '../connectors/types.ts';
import { checkPack, rulePackSchema } from '../detection/rule-pack.ts';
import { compileRules } from '../privacy/customer-rules.ts';
import { err, ok, type Result } from '../result.ts';
import { issueWords, pathOf, quoted } from '../review/issue-words.ts';
import { checkProject, projectSchema } from '../review/project-schema.ts';
import { id, list, text } from '../review/project-shapes.ts';
import { settingsSchema } from '../storage/settings-shape.ts';
import type { Team, TeamDestination, TeamSource, teamSettingNames } from './types.ts';

/** The most that a team file may have, in UTF-16 code units as text and in UTF-8 bytes as it travels. */
export const TEAM_LIMIT = 2_000_000;
const DESTINATIONS = 8;
const SITES = 50;

const address = text(2048);
const flag = z.optional(z.boolean());

const destination = z.strictObject({
  id,
  name: text(200),
  connector: z.enum(connectorIds),
  /** Whole, or relative to where the file is fetched from. */
  url: address,
  token: z.optional(text(4096)),
  /** The token is the one that the link carried; only for an address on the same server as the file. */
  tokenFrom: z.optional(z.literal('link')),
  secret: z.optional(text(1024)),
  sends: z.optional(z.enum(['redacted', 'text', 'hashes', 'ratings'])),
  sendPrompt: flag,
  sendContext: flag,
  gzip: flag,
  options: z.optional(z.record(text(64), z.string().check(z.maxLength(16_384)))),
});

const settingShapes = settingsSchema.shape;
const settings = z.strictObject({
  keepPrompt: z.optional(settingShapes.keepPrompt),
  contextTurns: z.optional(settingShapes.contextTurns),
  customerRules: z.optional(settingShapes.customerRules),
  alsoRedact: z.optional(settingShapes.alsoRedact),
  gateOn: z.optional(settingShapes.gateOn),
  deltaOn: z.optional(settingShapes.deltaOn),
  traces: z.optional(settingShapes.traces),
} satisfies Record<(typeof teamSettingNames)[number], unknown>);

/** The shape of the file. */
export const teamSchema = z.strictObject({
  $schema: z.optional(z.string().check(z.maxLength(2048))),
  countersign: z.literal('team/1'),
  id,
  name: text(100),
  version: z.string().check(z.regex(/^[0-9A-Za-z][0-9A-Za-z.+-]{0,31}$/)),
  about: z.optional(text(2000)),
  destinations: z.optional(list(destination, DESTINATIONS)),
  project: z.optional(projectSchema),
  rules: z.optional(z.union([z.strictObject({ url: address }), rulePackSchema])),
  sites: z.optional(list(text(300), SITES)),
  settings: z.optional(settings),
});
type TeamFile = z.infer<typeof teamSchema>;

/** Why a team file is refused. */
export interface TeamComplaint {
  /** Path of the value at fault; `(the file)` where it is the whole. */
  readonly field: string;
  /** One sentence. */
  readonly message: string;
}

const refuse = (field: string, words: string) => err({ field, message: `${field}: ${words}` });

/** The address, whole; a relative one counts from where the file was fetched. */
function wholeAddress(url: string, source: TeamSource | null, field: string): Result<string, TeamComplaint> {
  // Nothing but a path: `//other.example` would lead to another server.
  const relative = /^\.{0,2}\/(?!\/)[\w./~%-]*$/.test(url);
  if (relative && source === null)
    return refuse(field, 'An address that is relative needs a file that comes from a link.');
  const whole = relative && source ? new URL(url, source.url).href : url;
  const read = readAddress(whole);
  return read.ok ? ok(whole) : refuse(field, read.error);
}

type FileDestination = NonNullable<TeamFile['destinations']>[number];

function readDestination(
  { tokenFrom, token, secret, url, ...rest }: FileDestination,
  field: string,
  source: TeamSource | null,
): Result<TeamDestination, TeamComplaint> {
  const whole = wholeAddress(url, source, `${field}.url`);
  if (!whole.ok) return whole;
  if (tokenFrom && token !== undefined) return refuse(`${field}.token`, 'There is one already, from the link.');
  if (tokenFrom && source?.token == null)
    return refuse(
      `${field}.tokenFrom`,
      'The link carries no token. Ask for the whole link, with what stands behind the #.',
    );
  // What was given to one server is told to no other.
  if (tokenFrom && source && new URL(source.url).origin !== new URL(whole.value).origin)
    return refuse(`${field}.tokenFrom`, 'The token of the link is for the server of the link only.');
  const { sends, sendPrompt, sendContext, gzip, options, ...base } = rest;
  const destination: TeamDestination = {
    ...base,
    url: whole.value,
    token: tokenFrom && source ? source.token : (token ?? null),
    secret: secret ?? null,
    sends: sends ?? 'redacted',
    ...(sendPrompt === undefined ? {} : { sendPrompt }),
    ...(sendContext === undefined ? {} : { sendContext }),
    ...(gzip === undefined ? {} : { gzip }),
    ...(options === undefined ? {} : { options }),
  };
  const { id: _, token: given, secret: key, ...fields } = destination;
  const input = {
    ...fields,
    id: null,
    ...(given === null ? {} : { token: given }),
    ...(key === null ? {} : { secret: key }),
  };
  const checked = checkDestination(input, abouts[destination.connector]);
  return checked.ok ? ok(destination) : refuse(`${field}.${checked.error.field ?? 'url'}`, checked.error.message);
}

/** The origin that such an entry names, if it is one that Countersign may be turned on for. */
function readSite(site: string, field: string): Result<string, TeamComplaint> {
  const read = readAddress(site);
  if (!read.ok) return refuse(field, read.error);
  const { origin, href, hostname } = read.value.url;
  // A star is a host name to the URL parser, and all sites to the browser's permissions.
  if (hostname.includes('*')) return refuse(field, 'Name each site by itself, without a star.');
  return href === `${origin}/` ? ok(origin) : refuse(field, 'Name a site without a path, as https://desk.example.com.');
}

function firstTwice(ids: readonly string[]): number {
  return ids.findIndex((one, index) => ids.indexOf(one) < index);
}

/** All of them, or the first complaint. */
function each<T, U>(items: readonly T[], read: (item: T, index: number) => Result<U, TeamComplaint>) {
  const done: U[] = [];
  for (const [index, item] of items.entries()) {
    const one = read(item, index);
    if (!one.ok) return one;
    done.push(one.value);
  }
  return ok(done);
}

/** Every origin that the settings name, with its path. */
function settingSites({ gateOn = [], deltaOn = [], traces = [] }: NonNullable<TeamFile['settings']>) {
  const named = (sites: readonly string[], name: string) =>
    sites.map((site, index) => [site, `settings.${name}.${index}`] as const);
  const ofTraces = traces.map(({ origin }) => origin);
  return [...named(gateOn, 'gateOn'), ...named(deltaOn, 'deltaOn'), ...named(ofTraces, 'traces')];
}

/** Checks a team file that was read as JSON. `source` is where it came from; null for a file. */
export function checkTeam(value: unknown, source: TeamSource | null): Result<Team, TeamComplaint> {
  const parsed = teamSchema.safeParse(value, { reportInput: true });
  if (!parsed.success) {
    const issue = parsed.error.issues[0] as z.core.$ZodIssue;
    return refuse(pathOf(issue.path) || '(the file)', `${issueWords(issue)}.`);
  }
  const file = parsed.data;
  const { destinations: given = [], rules: pack, settings: set = {} } = file;
  const twice = firstTwice(given.map((one) => one.id));
  if (twice >= 0)
    return refuse(`destinations.${twice}.id`, `two destinations have the id ${quoted(given[twice]?.id)}.`);
  const destinations = each(given, (one, index) => readDestination(one, `destinations.${index}`, source));
  if (!destinations.ok) return destinations;
  const project = file.project === undefined ? null : checkProject(file.project);
  if (project?.ok === false) return refuse(`project.${project.error.field}`, project.error.message);
  const rules = pack === undefined ? null : readRules(pack, source);
  if (rules?.ok === false) return rules;
  const sites = each(file.sites ?? [], (one, index) => readSite(one, `sites.${index}`));
  if (!sites.ok) return sites;
  const origins = each(settingSites(set), ([origin, field]) => readSite(origin, field));
  if (!origins.ok) return origins;
  const patterns = compileRules(set.customerRules ?? []);
  if (!patterns.ok) return refuse('settings.customerRules', patterns.error.message);
  const { id: name, name: called, version, about = null } = file;
  return ok({
    ...{ id: name, name: called, version, about, destinations: destinations.value },
    project: project?.value ?? null,
    rules: rules?.value ?? null,
    sites: [...new Set(sites.value)],
    settings: Object.fromEntries(Object.entries(set).filter(([, one]) => one !== undefined)),
  });
}

function readRules(
  rules: NonNullable<TeamFile['rules']>,
  source: TeamSource | null,
): Result<NonNullable<Team['rules']>, TeamComplaint> {
  if ('url' in rules) {
    const whole = wholeAddress(rules.url, source, 'rules.url');
    return whole.ok ? ok({ url: whole.value }) : whole;
  }
  const checked = checkPack(rules);
  return checked.ok ? checked : refuse(`rules.${checked.error.field}`, checked.error.message);
}

/** Reads a team file from its text. */
export function readTeam(json: string, source: TeamSource | null): Result<Team, TeamComplaint> {
  if (json.length > TEAM_LIMIT) return refuse('(the file)', 'is larger than 2 MB.');
  let value: unknown;
  try {
    // A byte order mark is what some editors put in front.
    value = JSON.parse(json.replace(/^\ufeff/, ''));
  } catch {
    return refuse('(the file)', 'is not JSON.');
  }
  return checkTeam(value, source);
}
