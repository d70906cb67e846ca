/**
 * The reviewer's own text blocks: `;name` and Tab puts one in, with its placeholders filled. Pure.
 * Placeholders: {prompt}, {answer}, {selection}, {date}, {label}, {cursor}; what is not one of these stays as it is written.
 */

/** One text block. */
export interface Snippet {
  readonly id: string;
  /** What is typed after the semicolon: no spaces. */
  readonly name: string;
  readonly text: string;
}

/** What placeholders stand for. */
export interface SnippetValues {
  readonly prompt: string | null;
  readonly answer: string;
  /** What is selected in the field, which the block replaces; '' for nothing. */
  readonly selection: string;
  /** Names of the labels that are on. */
  readonly labels: readonly string[];
  readonly now: Date;
  /** BCP 47; the browser's own by default. */
  readonly locale?: string;
}

/** A text with the place of the cursor in it, in UTF-16 code units. */
export interface Filled {
  readonly text: string;
  readonly cursor: number;
}

/** A name, as it is typed: letters, digits, hyphens and underscores of any script. */
const namePattern = /^[\p{L}\p{N}_-]{1,100}$/u;
const typed = /;([\p{L}\p{N}_-]{1,100})$/u;

/** Why a name cannot be used, in words; null where it can. */
export function nameComplaint(name: string, others: readonly string[]): string | null {
  if (name === '') return 'Give it a name: it is what you type after the semicolon.';
  if (!namePattern.test(name)) return 'A name has letters, digits, - and _ only, and no spaces.';
  const taken = others.some((other) => other.toLowerCase() === name.toLowerCase());
  return taken ? 'Another text block has this name.' : null;
}

/** The placeholders that blocks can have, with what they stand for. */
export const placeholders: readonly (readonly [name: string, means: string])[] = [
  ['prompt', 'what was asked'],
  ['answer', 'the answer under review'],
  ['selection', 'what is selected in the field'],
  ['label', 'the labels that are on'],
  ['date', 'today'],
  ['cursor', 'where you go on typing'],
];

/** The block with its placeholders filled. Without {cursor} the cursor goes to the end. */
export function fill(text: string, { prompt, answer, selection, labels, now, locale }: SnippetValues): Filled {
  const values: Readonly<Record<string, string>> = {
    prompt: prompt ?? '',
    answer,
    selection,
    label: labels.join(', '),
    date: now.toLocaleDateString(locale, { year: 'numeric', month: 'short', day: 'numeric' }),
  };
  let cursor: number | null = null;
  let filled = '';
  let at = 0;
  // In one pass, so that braces in what is filled in are left alone.
  for (const match of text.matchAll(/\{([a-z]+)\}/g)) {
    const name = match[1] as string;
    filled += text.slice(at, match.index);
    at = match.index + match[0].length;
    if (name === 'cursor') cursor ??= filled.length;
    else filled += Object.hasOwn(values, name) ? values[name] : match[0];
  }
  filled += text.slice(at);
  return { text: filled, cursor: cursor ?? filled.length };
}

/** The name that stands before the cursor as `;name`, and where its semicolon is; null where none does. */
export function nameBefore(text: string, cursor: number): { readonly name: string; readonly start: number } | null {
  // A name is at most 100 characters long, each at most 2 code units.
  const match = typed.exec(text.slice(Math.max(0, cursor - 201), cursor));
  if (!match) return null;
  return { name: match[1] as string, start: cursor - match[0].length };
}

/** The block that is meant by a name: case does not count; a beginning will do where only one block begins so. */
export function blockNamed<Block extends Pick<Snippet, 'name'>>(blocks: readonly Block[], name: string): Block | null {
  const fold = (one: string) => one.toLowerCase();
  const exact = blocks.find((block) => fold(block.name) === fold(name));
  if (exact) return exact;
  const [only, ...others] = blocks.filter((block) => fold(block.name).startsWith(fold(name)));
  return only && others.length === 0 ? only : null;
}
