/** The reviewer's text blocks as a file, and back. */
import { nameComplaint, type Snippet } from '../review/snippet.ts';

const FORMAT = 'countersign-text-blocks';
const MOST = 200;
const MOST_TEXT = 8_000;

/** The file's content. */
export function snippetFile(snippets: readonly Snippet[]): string {
  const blocks = snippets.map(({ name, text }) => ({ name, text }));
  return `${JSON.stringify({ format: FORMAT, version: 1, blocks }, null, 2)}\n`;
}

type Field = Record<string, unknown>;
const record = (value: unknown): Field | null =>
  typeof value === 'object' && value !== null ? (value as Field) : null;

/** What a file holds, all or nothing; or one sentence that says what is wrong with it, and where. */
export function readSnippets(json: string, newId: () => string): readonly Snippet[] | string {
  let file: Field | null = null;
  try {
    file = record(JSON.parse(json));
  } catch {
    return 'This file is not JSON.';
  }
  if (file?.format !== FORMAT || !Array.isArray(file.blocks)) return 'This is not a file of text blocks.';
  if (file.blocks.length > MOST) return `There are more than ${MOST} text blocks in it.`;
  const blocks: Snippet[] = [];
  for (const [index, entry] of file.blocks.entries()) {
    const at = `blocks.${index}`;
    const { name, text } = record(entry) ?? {};
    if (typeof name !== 'string') return `${at}.name is missing.`;
    const complaint = nameComplaint(
      name,
      blocks.map((block) => block.name),
    );
    if (complaint !== null) return `${at}.name: ${complaint}`;
    if (typeof text !== 'string' || text.trim() === '' || text.length > MOST_TEXT)
      return `${at}.text is a text of up to ${MOST_TEXT} characters.`;
    blocks.push({ id: newId(), name, text });
  }
  return blocks;
}
