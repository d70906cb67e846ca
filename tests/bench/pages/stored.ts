/** What the extension's database holds, and the least that a durable write of it costs. */
import { CountersignDatabase } from '../../../utils/storage/database.ts';
import { rowOf } from '../../../utils/storage/save.ts';
import { aReview } from '../../support/builders.ts';

const database = new CountersignDatabase();

/** The review of each stored revision. */
export const reviewIds = async (): Promise<string[]> => (await database.revisions.toArray()).map(({ id }) => id);

const spare = new CountersignDatabase('bench-raw');

/** ms to add one row with strict durability. */
export async function rawAdd(): Promise<number> {
  await spare.open();
  const row = rowOf(aReview(), crypto.randomUUID());
  const began = performance.now();
  const transaction = spare.backendDB().transaction('revisions', 'readwrite', { durability: 'strict' });
  transaction.objectStore('revisions').add(row);
  await new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
  return performance.now() - began;
}
