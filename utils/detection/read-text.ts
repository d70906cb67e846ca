/** What a source says now, as much of it as a snapshot keeps. */
import { SNAPSHOT_TEXT_LIMIT } from '../review/limits.ts';
import { readRich } from './rich-text.ts';
import { cutText } from './text.ts';
import type { Captured, TextSource } from './types.ts';

/** Text and Markdown of a source; `length` and `truncated` say how much more there is. */
export function readText({ bodies, without, codeBlock, range }: TextSource) {
  const { text, markdown } = readRich(bodies, without, codeBlock, SNAPSHOT_TEXT_LIMIT, range);
  const kept = cutText(text, SNAPSHOT_TEXT_LIMIT);
  return {
    text: kept,
    markdown: cutText(markdown, SNAPSHOT_TEXT_LIMIT * 2),
    truncated: kept.length < text.length,
    length: text.length,
  } satisfies Partial<Captured>;
}
