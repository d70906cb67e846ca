/** What a project asks, read before anything is written: its labeling configuration, and whether a review fits. */
import * as z from 'zod/mini';
import { apiRequest, readJson } from '../api.ts';
import { misconfigured } from '../http.ts';
import { listed, readMapping } from '../mapping.ts';
import type { BatchOutcome, Destination, HttpReply, HttpRequest } from '../types.ts';
import { type Control, type Labeling, readLabeling } from './labeling.ts';

/** What an exchange asks, and what it learns from the answers. */
export type Asking<Learnt> = AsyncGenerator<HttpRequest, Learnt | { readonly outcome: BatchOutcome }, HttpReply>;

/** A way to ask, with what the target wants to know of who asks. */
export type Ask = (method: HttpRequest['method'], path: string, body?: unknown) => HttpRequest;

export interface Project {
  readonly id: number;
  readonly title: string;
  readonly labeling: Labeling;
  /** Variables of the task's data. */
  readonly answer: string;
  readonly prompt: string | null;
  /** The tag that shows the answer. */
  readonly answerName: string;
  /** Where two answers are compared side by side; null where nowhere. */
  readonly comparison: Control | null;
  /** Names of controls by the part of a review that they ask for, as the destination says. */
  readonly asked: ReadonlyMap<string, string>;
}

/** The most of a reply that repeats a task, in bytes. */
const TASK_REPLY = 4 * 1024 * 1024;

const projectSchema = z.object({
  id: z.int(),
  title: z.nullable(z.optional(z.string().check(z.maxLength(500)))),
  label_config: z.nullable(z.optional(z.string())),
});
const accessSchema = z.object({ access: z.string().check(z.regex(/^[\w.-]{1,8192}$/)) });

export const strange: BatchOutcome = misconfigured('does not answer as Label Studio does.');
const unfit = (reason: string, next: string) => ({ outcome: { kind: 'pause', reason, next } as const });

/** What 404 means of a project. */
export const noProject = (project: string) =>
  unfit(
    `Label Studio has no project ${project} at this address, or none that the owner of this token may see.`,
    'Check the address of this destination, and the number of the project.',
  );

const withToken =
  (destination: Destination, authorization: string): Ask =>
  (method, path, body) => ({
    ...apiRequest(destination, { authorization }, method, `api/${path}`, body),
    replyLimit: TASK_REPLY,
  });

/** Whether a token is a JSON Web Token that says it is there to be exchanged for others. */
function isPersonal(token: string): boolean {
  const payload = /^[\w-]+\.([\w-]+)\.[\w-]+$/.exec(token)?.[1];
  if (payload === undefined) return false;
  try {
    const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
    return typeof claims === 'object' && claims !== null && Reflect.get(claims, 'token_type') === 'refresh';
  } catch {
    return false;
  }
}

/**
 * A legacy token is sent as it is. A personal access token is none yet: Label Studio gives one that lasts five minutes for
 * it, and takes it in the body of that one request only.
 */
export async function* signIn(destination: Destination, now: number): Asking<{ readonly ask: Ask }> {
  const token = destination.token ?? '';
  if (!isPersonal(token)) {
    return { ask: withToken(destination, `${token.split('.').length === 3 ? 'Bearer' : 'Token'} ${token}`) };
  }
  const said = readJson(yield apiRequest(destination, {}, 'POST', 'api/token/refresh/', { refresh: token }), now);
  if (said.outcome) return said;
  const given = accessSchema.safeParse(said.value);
  return given.success ? { ask: withToken(destination, `Bearer ${given.data.access}`) } : { outcome: strange };
}

function check(title: string, labeling: Labeling, { options = {} }: Destination): BatchOutcome | null {
  const pause = (reason: string, next: string): BatchOutcome => ({ kind: 'pause', reason, next });
  const { answer = '', prompt = '' } = options;
  const variables = [...new Set(labeling.shown.values())];
  for (const variable of [answer, prompt]) {
    if (variable !== '' && !variables.includes(variable)) {
      return pause(
        `The labeling interface of the project “${title}” shows no “$${variable}”; it shows ${listed(variables)}.`,
        'Check the variables of this destination.',
      );
    }
  }
  const compared = comparisonOf(labeling, readMapping(options.controls))?.toName ?? [];
  const known = [answer, prompt, ...compared.map((name) => labeling.shown.get(name))];
  const other = variables.find((variable) => !known.includes(variable));
  if (other !== undefined) {
    return pause(
      `The labeling interface of the project “${title}” shows “$${other}”, and a review has nothing for it.`,
      'Use a project that shows nothing but the answer, the prompt and a comparison.',
    );
  }
  const controls = labeling.controls.map(({ name }) => name);
  const missing = [...readMapping(options.controls).values()].find((name) => !controls.includes(name));
  if (missing === undefined) return null;
  return pause(
    `The labeling interface of the project “${title}” has no control “${missing}”; it has ${listed(controls)}.`,
    'Check the field “Controls” of this destination.',
  );
}

const comparisonOf = ({ controls }: Labeling, asked: ReadonlyMap<string, string>): Control | null =>
  controls.find(({ tag, name }) => tag === 'Pairwise' && name === (asked.get('preference') ?? 'preference')) ?? null;

/** Asks for the project; or what it means that it cannot be had or does not fit. */
export async function* readProject(ask: Ask, destination: Destination, now: number): Asking<Project> {
  const { project = '', answer = '', prompt = '', controls } = destination.options ?? {};
  const reply = yield ask('GET', `projects/${encodeURIComponent(project)}/`);
  if (reply.status === 404) return noProject(project);
  const said = readJson(reply, now);
  if (said.outcome) return said;
  const found = projectSchema.safeParse(said.value);
  if (!found.success) return { outcome: strange };
  const title = found.data.title || project;
  const labeling = readLabeling(found.data.label_config ?? '');
  if (!labeling) {
    return unfit(
      `The project “${title}” has no labeling interface that can be read.`,
      'Set one up in Label Studio under “Settings”, “Labeling Interface”.',
    );
  }
  const wrong = check(title, labeling, destination);
  if (wrong) return { outcome: wrong };
  const asked = readMapping(controls);
  const answerName = [...labeling.shown].find(([, variable]) => variable === answer)?.[0] ?? '';
  const comparison = comparisonOf(labeling, asked);
  return { id: found.data.id, title, labeling, answer, prompt: prompt || null, answerName, comparison, asked };
}
