/** Reads a request body under a limit, unpacked where it was packed. */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Problem } from './problem.ts';

/** One review can hold 1 MB of text on each side, and a letter up to 3 bytes; the client's batches have 256 KB. */
const BODY_LIMIT = 8 * 1024 * 1024;

const unpack = promisify(gunzip);

const tooLarge = (limit: number) =>
  new Problem(413, 'too-large', `A request body has at most ${limit} bytes, unpacked as well.`);

async function readRaw(request: Request, limit: number): Promise<Uint8Array> {
  const declared = Number(request.headers.get('content-length') ?? Number.NaN);
  if (declared > limit) throw tooLarge(limit);
  // Node holds a body to its declared length, so only one without needs counting.
  if (declared <= limit) return new Uint8Array(await request.arrayBuffer());
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.length;
    if (bytes > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function unpacked(raw: Uint8Array, encoding: string, limit: number): Promise<Uint8Array> {
  if (encoding === '' || encoding === 'identity') return raw;
  if (encoding !== 'gzip' && encoding !== 'x-gzip') {
    throw new Problem(415, 'unsupported-media-type', 'A request body may be packed with gzip only.', {
      headers: { 'accept-encoding': 'gzip' },
    });
  }
  try {
    return await unpack(raw, { maxOutputLength: limit });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(limit);
    throw new Problem(400, 'invalid', 'The request body is not gzip.', { field: '(body)' });
  }
}

/** The body as text and as JSON. Throws a `Problem` that says what is wrong with it. */
export async function readJson(request: Request, limit = BODY_LIMIT): Promise<{ text: string; value: unknown }> {
  const encoding = (request.headers.get('content-encoding') ?? '').trim().toLowerCase();
  const bytes = await unpacked(await readRaw(request, limit), encoding, limit);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { text, value: JSON.parse(text) };
  } catch {
    throw new Problem(400, 'invalid', 'The request body is not JSON in UTF-8.', { field: '(body)' });
  }
}
