/** Looking at records as they come over the wire, by the product, by its schema asked directly, and by parsing their JSON. */
import { checker } from '../../../utils/review/valid.ts';
import { reviewEventSchema, toEvent } from '../../../utils/review/wire.ts';
import { reviewRow } from './reviews.ts';

const looks: Readonly<Record<string, (record: unknown, json: string) => boolean>> = {
  ours: checker(reviewEventSchema),
  'zod, jitless': (record) => reviewEventSchema.safeParse(record).success,
  'JSON.parse': (_, json) => JSON.parse(json) !== null,
};

let records: readonly unknown[] = [];
let texts: readonly string[] = [];
let look = looks.ours as (record: unknown, json: string) => boolean;

/** Gets so many records ready for `run`. Answers their bytes each. */
export async function prepare(name: string, corpus: string, count: number): Promise<number> {
  const rows = await Promise.all(Array.from({ length: count }, (_, at) => reviewRow(corpus, at, count)));
  texts = rows.map(({ review }) => JSON.stringify(toEvent(review)));
  records = texts.map((text) => JSON.parse(text));
  look = looks[name] as typeof look;
  return texts.reduce((sum, { length }) => sum + length, 0) / count;
}

/** Looks at all of them so many times; throws where one is not valid. */
export function run(times: number): void {
  for (let time = 0; time < times; time += 1)
    for (const [at, record] of records.entries())
      if (!look(record, texts[at] as string)) throw new Error(`Record ${at} is not valid`);
}
