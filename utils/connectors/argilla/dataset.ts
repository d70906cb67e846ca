/** What a dataset asks, read before anything is written: its fields, its questions, and whether they fit. */
import * as z from 'zod/mini';
import { apiRequest, readJson } from '../api.ts';
import { misconfigured } from '../http.ts';
import { listed, readMapping } from '../mapping.ts';
import type { BatchOutcome, Destination, HttpReply, HttpRequest } from '../types.ts';

const text = z.string().check(z.maxLength(500));
const many = <Item extends z.ZodMiniType>(item: Item) => z.object({ items: z.array(item).check(z.maxLength(500)) });

const datasetSchema = z.object({ name: text, status: text, allow_extra_metadata: z.boolean() });
const fieldsSchema = many(z.object({ name: text, required: z.boolean(), settings: z.object({ type: text }) }));
const questionsSchema = many(
  z.object({
    name: text,
    required: z.boolean(),
    settings: z.object({
      type: text,
      /** Of a span question: the field whose text the spans are in. */
      field: z.optional(text),
      options: z.optional(z.array(z.object({ value: z.union([text, z.number()]) }))),
      allow_overlapping: z.optional(z.boolean()),
    }),
  }),
);
export type Question = z.infer<typeof questionsSchema>['items'][number];

export interface Dataset {
  readonly name: string;
  readonly answerField: string;
  /** null where the prompt has no field. */
  readonly promptField: { readonly name: string; readonly required: boolean; readonly chat: boolean } | null;
  readonly questions: readonly Question[];
  /** Names of questions by the part of a review that they ask for, as the destination says. */
  readonly asked: ReadonlyMap<string, string>;
}

/** The most of a reply that repeats a record, in bytes. */
const RECORD_REPLY = 4 * 1024 * 1024;

export const ask = (
  destination: Destination,
  method: HttpRequest['method'],
  path: string,
  body?: unknown,
): HttpRequest => ({
  ...apiRequest(
    destination,
    destination.token === null ? {} : { 'x-argilla-api-key': destination.token },
    method,
    `api/v1/${path}`,
    body,
  ),
  replyLimit: RECORD_REPLY,
});

export const datasetId = ({ options }: Destination) => encodeURIComponent(options?.dataset ?? '');

/** What an answer about the dataset means that is none: it is gone, or the key may not do that. null for any other. */
export function readRefusedDataset({ status }: HttpReply, destination: Destination): BatchOutcome | null {
  if (status === 404) {
    return {
      kind: 'pause',
      reason: `Argilla has no dataset ${destination.options?.dataset ?? ''} at this address; it may have been deleted.`,
      next: 'Check the address of this destination, and the id of the dataset.',
    };
  }
  if (status !== 403) return null;
  return {
    kind: 'pause',
    reason: 'The owner of this key may not write to the dataset.',
    next: 'Use the key of an owner of Argilla, or of an admin of the workspace that the dataset is in.',
  };
}

const unfit = (reason: string, next: string): BatchOutcome => ({ kind: 'pause', reason, next });

/** Types of questions that fit a part; every other part is a dimension of the rubric. */
const fittingTypes: ReadonlyMap<string, readonly string[]> = new Map([
  ['verdict', ['label_selection', 'multi_label_selection', 'text']],
  ['labels', ['multi_label_selection', 'label_selection', 'text']],
  ['correction', ['text']],
  ['comment', ['text']],
  ['findings', ['span']],
  ['preference', ['ranking']],
]);
const forDimensions: readonly string[] = ['rating', 'label_selection', 'multi_label_selection', 'text'];

function checkFields(
  name: string,
  fields: z.infer<typeof fieldsSchema>['items'],
  destination: Destination,
): BatchOutcome | Pick<Dataset, 'answerField' | 'promptField'> {
  const { answerField = '', promptField = '' } = destination.options ?? {};
  const names = listed(fields.map((field) => field.name));
  const next = 'Check the fields of this destination.';
  const answer = fields.find((field) => field.name === answerField);
  if (answer?.settings.type !== 'text') {
    return unfit(`The dataset “${name}” has no text field “${answerField}”; it has ${names}.`, next);
  }
  const prompt = fields.find((field) => field.name === promptField);
  if (promptField !== '' && prompt?.settings.type !== 'text' && prompt?.settings.type !== 'chat') {
    return unfit(`The dataset “${name}” has no text or chat field “${promptField}”; it has ${names}.`, next);
  }
  const other = fields.find((field) => field.required && field !== answer && field !== prompt);
  if (other) {
    return unfit(
      `The dataset “${name}” requires the field “${other.name}”, and a review has nothing for it.`,
      'Use a dataset that requires no other field than those of the answer and of the prompt.',
    );
  }
  return {
    answerField,
    promptField: prompt
      ? { name: prompt.name, required: prompt.required, chat: prompt.settings.type === 'chat' }
      : null,
  };
}

function checkQuestions(
  name: string,
  questions: readonly Question[],
  asked: ReadonlyMap<string, string>,
): BatchOutcome | null {
  for (const [part, wanted] of asked) {
    const question = questions.find((each) => each.name === wanted);
    const names = listed(questions.map((each) => each.name));
    if (!question) {
      return unfit(
        `The dataset “${name}” has no question “${wanted}”; it has ${names}.`,
        'Check the field “Questions” of this destination.',
      );
    }
    if (!(fittingTypes.get(part) ?? forDimensions).includes(question.settings.type)) {
      return unfit(
        `The question “${wanted}” of the dataset “${name}” is of the type ${question.settings.type}, which cannot take ${part}.`,
        'Check the field “Questions” of this destination.',
      );
    }
  }
  return null;
}

/** Asks for the dataset, its fields and its questions; or what it means that they cannot be had or do not fit. */
export async function* readDataset(
  destination: Destination,
  now: number,
): AsyncGenerator<HttpRequest, Dataset | { readonly outcome: BatchOutcome }, HttpReply> {
  const path = `datasets/${datasetId(destination)}`;
  const strange = { outcome: misconfigured('does not answer as Argilla 2 does.') };

  const first = yield ask(destination, 'GET', path);
  const refused = readRefusedDataset(first, destination);
  if (refused) return { outcome: refused };
  const told = readJson(first, now);
  if (told.outcome) return told;
  const dataset = datasetSchema.safeParse(told.value);
  if (!dataset.success) return strange;
  const { name, status, allow_extra_metadata } = dataset.data;
  if (status !== 'ready') {
    return { outcome: unfit(`The dataset “${name}” is not published yet.`, 'Publish it in Argilla, then try again.') };
  }
  if (!allow_extra_metadata) {
    return {
      outcome: unfit(
        `The dataset “${name}” allows no extra metadata, and without it what no question asks for would be lost.`,
        'Switch on “Allow extra metadata” in the settings of the dataset.',
      ),
    };
  }

  const second = readJson(yield ask(destination, 'GET', `${path}/fields`), now);
  if (second.outcome) return second;
  const fields = fieldsSchema.safeParse(second.value);
  if (!fields.success) return strange;
  const places = checkFields(name, fields.data.items, destination);
  if ('kind' in places) return { outcome: places };

  const third = readJson(yield ask(destination, 'GET', `${path}/questions`), now);
  if (third.outcome) return third;
  const questions = questionsSchema.safeParse(third.value);
  if (!questions.success) return strange;
  const asked = readMapping(destination.options?.questions);
  const wrong = checkQuestions(name, questions.data.items, asked);
  if (wrong) return { outcome: wrong };
  return { name, ...places, questions: questions.data.items, asked };
}
