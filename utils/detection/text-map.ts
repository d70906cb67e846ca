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
 * Noncharacters, which no text is made of: where a node's words begin and end, and digits in between to name it. Made, not
 * written: Chromium loads no script whose file holds one.
 */
const [BEGIN = '', END = '', ...DIGITS] = Array.from({ length: 18 }, (_, at) => String.fromCharCode(0xfdd0 + at));
const wrappings = new RegExp(`[${BEGIN}${END}${DIGITS.join('')}]`, 'g');
const BLANK = /\s/;

/** The words of one text node: `at[k]` is where in the text its k-th character that is no blank stands, `of[k]` where in the node. */
interface Piece {
  readonly node: Text;
  readonly at: readonly number[];
  readonly of: readonly number[];
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

/** Reads the pieces of a source; null where the text holds what only wrappings are made of. */
function piecesOf({
  bodies,
  without,
  codeBlock,
  range,
}: TextSource): { text: string; pieces: readonly Piece[] } | null {
  const nodes: { node: Text; data: string }[] = [];
  const numbers = new Map<Text, number>();
  let isFit = true;
  const wrap = (data: string, node: Text) => {
    if (wrappings.test(data)) isFit = false;
    wrappings.lastIndex = 0;
    const first = data.search(/\S/);
    if (first < 0) return data;
    const number = numbers.get(node) ?? nodes.push({ node, data }) - 1;
    numbers.set(node, number);
    const name = Array.from(number.toString(16), (digit) => DIGITS[Number.parseInt(digit, 16)]).join('');
    const end = data.trimEnd().length;
    return data.slice(0, first) + BEGIN + name + data.slice(first, end) + END + data.slice(end);
  };
  const wrapped = readRich(bodies, without, codeBlock, Number.POSITIVE_INFINITY, range, wrap).text;
  if (!isFit) return null;
  const pieces: Piece[] = [];
  let text = '';
  for (let at = 0; at < wrapped.length; ) {
    if (wrapped[at] !== BEGIN) {
      text += wrapped[at++];
      continue;
    }
    let name = '';
    for (at += 1; DIGITS.includes(wrapped[at] as string); at++)
      name += DIGITS.indexOf(wrapped[at] as string).toString(16);
    const end = wrapped.indexOf(END, at);
    const known = nodes[Number.parseInt(name, 16)];
    if (end < 0 || !known) return null;
    // A reading may say the same twice, or drop it, as with the header of code: then it has no wrapping of its own here.
    const from = range && known.node === range.startContainer ? range.startOffset : 0;
    const [places, origins] = [[] as number[], [] as number[]];
    let of = 0;
    for (; at < end; at++) {
      const character = wrapped[at] as string;
      if (!BLANK.test(character)) {
        while (of < known.data.length && BLANK.test(known.data[of] as string)) of++;
        if (known.data[of] !== character) return null;
        places.push(text.length);
        origins.push(from + of++);
      }
      text += character;
    }
    pieces.push({ node: known.node, at: places, of: origins });
    at = end + 1;
  }
  return { text, pieces };
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
  const pieces = read.pieces.filter(({ at }) => (at[0] ?? Number.POSITIVE_INFINITY) < text.length);
  const firsts = pieces.map(({ at }) => at[0] as number);

  function rangesOf({ start, end }: TextSpan): readonly Range[] {
    const ranges: Range[] = [];
    for (let index = Math.max(0, lowest(firsts, start + 1) - 1); index < pieces.length; index++) {
      const { node, at, of } = pieces[index] as Piece;
      if ((at[0] as number) >= end) break;
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
    for (const { node, at, of } of pieces) {
      const own = inTree(node, root);
      if (!own || !live.intersectsNode(own)) continue;
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
