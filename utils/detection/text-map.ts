/**
 * Where on the page the text of a response is, and back. The very reading that makes a snapshot is done once more, with every
 * text node's words in a wrapping that names the node; what is left of the wrappings in the text tells where each came
 * from. So nested elements, lists, tables, code, hidden parts, folded white space and open shadow roots need no
 * knowledge of their own here.
 */
import { SNAPSHOT_TEXT_LIMIT } from '../review/limits.ts';
import { readRich } from './rich-text.ts';
import { cutText } from './text.ts';
import type { TextSource } from './types.ts';

/**
 * Noncharacters, which no text is made of: where a node's words begin and end, and digits in between to name it. Made, and
 * made at run time: Chromium loads no script whose file holds one, and whoever packs this works out what is constant.
 */
const [FIRST, BASE] = [0xfdd0, 16];
const [BEGIN = '', END = '', ...DIGITS] = Array.from({ length: BASE + 2 }, (_, at) => String.fromCharCode(FIRST + at));
const wrappings = new RegExp(`[${BEGIN}${END}${DIGITS.join('')}]`);
const BLANK = /\s/;

/** Where the characters of a piece are that are no blanks: `at[k]` in the text, `of[k]` in the node. */
interface Spots {
  readonly at: readonly number[];
  readonly of: readonly number[];
}

const none: Spots = { at: [], of: [] };

/** The words of one text node, from the first character that is no blank to the last. */
interface Piece {
  readonly node: Text;
  /** Where they begin in the text. */
  readonly start: number;
  readonly spots: () => Spots;
}

/** A span of the text in UTF-16 code units. */
interface TextSpan {
  readonly start: number;
  readonly end: number;
}

export interface TextMap {
  readonly text: string;
  /** The parts of the page that show a span; none where it shows nothing of it as text. */
  rangesOf(span: TextSpan): readonly Range[];
  /** The span that a range of the page shows, from its first to its last character that is no blank; null where it shows none. */
  spanOf(range: AbstractRange): TextSpan | null;
}

/** The spots of `words`, which stand at `start` in the text and are what is left of `data`; null where they are not. */
function spotsOf(words: string, start: number, data: string, from: number): Spots | null {
  const [at, of] = [[] as number[], [] as number[]];
  let next = 0;
  for (let index = 0; index < words.length; index++) {
    const character = words[index] as string;
    if (BLANK.test(character)) continue;
    while (next < data.length && BLANK.test(data[next] as string)) next++;
    if (data[next] !== character) return null;
    at.push(start + index);
    of.push(from + next++);
  }
  return { at, of };
}

/** Reads the pieces of a source; null where the text holds what only wrappings are made of. */
function piecesOf({
  bodies,
  without,
  codeBlock,
  range,
}: TextSource): { text: string; pieces: readonly Piece[] } | null {
  const nodes: { node: Text; data: string }[] = [];
  const names = new Map<Text, string>();
  let isFit = true;
  const nameOf = (node: Text, data: string) => {
    let name = '';
    for (let number = nodes.push({ node, data }) - 1; number > 0 || name === ''; number = Math.floor(number / BASE))
      name = DIGITS[number % BASE] + name;
    names.set(node, name);
    return name;
  };
  const wrap = (data: string, node: Text) => {
    if (wrappings.test(data)) isFit = false;
    const first = data.search(/\S/);
    if (first < 0) return data;
    const name = names.get(node) ?? nameOf(node, data);
    const end = data.trimEnd().length;
    return data.slice(0, first) + BEGIN + name + data.slice(first, end) + END + data.slice(end);
  };
  const wrapped = readRich(bodies, without, codeBlock, Number.POSITIVE_INFINITY, range, wrap).text;
  if (!isFit) return null;
  const pieces: Piece[] = [];
  let text = '';
  for (let done = 0; ; ) {
    const begin = wrapped.indexOf(BEGIN, done);
    if (begin < 0) return { text: text + wrapped.slice(done), pieces };
    text += wrapped.slice(done, begin);
    let [at, number] = [begin + 1, 0];
    for (let digit = 0; ; at++) {
      digit = wrapped.charCodeAt(at) - FIRST - 2;
      if (!(digit >= 0 && digit < BASE)) break;
      number = number * BASE + digit;
    }
    const end = wrapped.indexOf(END, at);
    const known = nodes[number];
    if (end < 0 || !known) return null;
    // A reading may say the same twice, or drop it, as with the header of code: then it has no wrapping of its own here.
    const { node, data } = known;
    const words = wrapped.slice(at, end);
    const [start, from] = [text.length, range && node === range.startContainer ? range.startOffset : 0];
    // Most words stand in the node as in the text, and few are ever asked where each of their characters is.
    let spots = data.startsWith(words, data.search(/\S/)) ? undefined : spotsOf(words, start, data, from);
    if (spots === null) return null;
    pieces.push({
      ...{ node, start },
      spots() {
        spots ??= spotsOf(words, start, data, from) ?? none;
        return spots;
      },
    });
    text += words;
    done = end + 1;
  }
}

/** The first index from which on `list` is at least `value`; rising. */
function lowest(list: readonly number[], value: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The node or the host around it that is in the same tree as `root`; null where none is. */
function inTree(node: Node, root: Node): Node | null {
  for (let each: Node | null = node; each; ) {
    const own = each.getRootNode();
    if (own === root) return each;
    each = (own as ShadowRoot).host ?? null;
  }
  return null;
}

/** The text of a source, as a snapshot would have it now, with its map; null where it cannot be told what came from where. */
export function mapText(source: TextSource): TextMap | null {
  const read = piecesOf(source);
  if (!read) return null;
  const text = cutText(read.text, SNAPSHOT_TEXT_LIMIT);
  const pieces = read.pieces.filter(({ start }) => start < text.length);
  const firsts = pieces.map(({ start }) => start);

  function rangesOf({ start, end }: TextSpan): readonly Range[] {
    const ranges: Range[] = [];
    for (let index = Math.max(0, lowest(firsts, start + 1) - 1); index < pieces.length; index++) {
      const { node, start: first, spots } = pieces[index] as Piece;
      if (first >= end) break;
      const { at, of } = spots();
      const [from, to] = [lowest(at, start), lowest(at, end)];
      if (from >= to || !node.isConnected) continue;
      const range = node.ownerDocument.createRange();
      range.setStart(node, of[from] as number);
      range.setEnd(node, (of[to - 1] as number) + 1);
      ranges.push(range);
    }
    return ranges;
  }

  function spanOf(range: AbstractRange): TextSpan | null {
    const { startContainer, startOffset, endContainer, endOffset } = range;
    const root = startContainer.getRootNode();
    const live = (startContainer.ownerDocument ?? (startContainer as Document)).createRange();
    live.setStart(startContainer, startOffset);
    live.setEnd(endContainer, endOffset);
    let [start, end] = [Number.POSITIVE_INFINITY, -1];
    for (const { node, spots } of pieces) {
      const own = inTree(node, root);
      if (!own || !live.intersectsNode(own)) continue;
      const { at, of } = spots();
      const from = node === startContainer ? lowest(of, startOffset) : 0;
      const to = node === endContainer ? lowest(of, endOffset) : of.length;
      if (from >= to) continue;
      start = Math.min(start, at[from] as number);
      end = Math.max(end, (at[to - 1] as number) + 1);
    }
    return end < 0 ? null : { start, end: Math.min(end, text.length) };
  }

  return { text, rangesOf, spanOf };
}
