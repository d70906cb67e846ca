/** Gives the reviewer a file without the permission to manage downloads, and without holding it as one string. */
import { inPieces } from '../../../utils/exporting/jsonl.ts';

/** Long enough for a browser that asks where to put the file, in ms. */
const KEEP_MS = 10 * 60_000;

/** Collects lines into a file; `onProgress` gets the number of lines so far. Null when `stop` aborted. */
export async function fileOf(
  lines: AsyncIterable<string>,
  onProgress: (lines: number) => void,
  stop: AbortSignal,
  type = 'application/x-ndjson',
): Promise<Blob | null> {
  let count = 0;
  const counted = async function* () {
    for await (const line of lines) {
      if (stop.aborted) return;
      yield line;
      count++;
      if (count % 200 === 0) onProgress(count);
    }
  };
  let file = new Blob([], { type });
  // A Blob of Blobs: the browser moves what it holds to the disk, and only the newest piece is in this page's memory.
  for await (const piece of inPieces(counted())) file = new Blob([file, piece], { type: file.type });
  onProgress(count);
  return stop.aborted ? null : file;
}

/** Offers the file under this name. */
export function offerFile(file: Blob, name: string, page: Document = document): void {
  const link = page.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEEP_MS);
}
