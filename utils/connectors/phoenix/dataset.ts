/** Corrections as examples of a dataset, where the user names one. */
import * as z from 'zod/mini';
import type { ReviewEvent } from '../../review/wire.ts';
import { provenance } from '../record.ts';
import type { BatchOutcome, Destination, HttpReply, HttpRequest } from '../types.ts';
import { type Asking, ask, read, strange } from './ask.ts';

const datasetsSchema = z.object({ data: z.array(z.object({ id: z.string(), name: z.string() })) });
const uploadedSchema = z.object({ data: z.object({ dataset_id: z.string() }) });
const examplesSchema = z.object({
  data: z.object({ examples: z.array(z.object({ id: z.string() })) }),
});

const nameOf = ({ options }: Destination) => options?.dataset ?? '';

/** The id of the dataset; null where none is named. One that is not there is not made: it may have been deleted on purpose. */
export async function* findDataset(destination: Destination, now: number): Asking<{ readonly id: string } | null> {
  const name = nameOf(destination);
  if (name === '') return null;
  const said = read(yield ask(destination, 'GET', `datasets?name=${encodeURIComponent(name)}`), now);
  if (said.outcome) return said;
  const parsed = datasetsSchema.safeParse(said.value);
  if (!parsed.success) return { outcome: strange };
  const found = parsed.data.data.find((dataset) => dataset.name === name);
  if (found) return { id: found.id };
  return {
    outcome: {
      kind: 'pause',
      reason: `Phoenix has no dataset “${name}”. Perhaps it was renamed or deleted.`,
      next: 'Make the dataset in Phoenix, or correct its name in this destination.',
    },
  };
}

/**
 * Writes the example; with an id that is there already it takes that one's place. `append`, because `update` deletes all
 * examples of the dataset that are not in the upload. null where that is done.
 */
export async function* writeExample(
  destination: Destination,
  event: ReviewEvent,
  identifier: string,
  now: number,
): AsyncGenerator<HttpRequest, BatchOutcome | null, HttpReply> {
  const { snapshot, judgement } = event.data;
  const { prompt, context, text, trace } = snapshot;
  const { correction } = judgement;
  const reply = yield ask(destination, 'POST', 'datasets/upload?sync=true', {
    action: 'append',
    name: nameOf(destination),
    inputs: [{ ...(prompt ? { prompt } : {}), ...(context ? { context } : {}) }],
    outputs: [correction ? { answer: correction } : {}],
    metadata: [
      {
        ...provenance(event),
        ...(text === '' ? {} : { countersign_answer: text }),
        // A later revision has no correction any more, and Phoenix cannot delete an example.
        ...(correction ? {} : { countersign_withdrawn: true }),
      },
    ],
    span_ids: [trace?.span ?? null],
    example_ids: [identifier],
  });
  const said = read(reply, now);
  if (said.outcome) return said.outcome;
  return uploadedSchema.safeParse(said.value).success ? null : strange;
}

/** Whether the dataset has the example. */
export async function* hasExample(
  destination: Destination,
  id: string,
  identifier: string,
  now: number,
): Asking<boolean> {
  const reply = yield ask(destination, 'GET', `datasets/${encodeURIComponent(id)}/examples`);
  // A dataset that nothing was put into yet has no versions.
  if (reply.status === 404) return false;
  if (reply.status === 200 && reply.end === 'too-long') return true;
  const said = read(reply, now);
  if (said.outcome) return said;
  const parsed = examplesSchema.safeParse(said.value);
  return parsed.success ? parsed.data.data.examples.some((example) => example.id === identifier) : { outcome: strange };
}
