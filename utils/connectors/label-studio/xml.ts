/**
 * The elements of a labeling configuration with their attributes: as much of XML as those have, since a service worker has no
 * DOMParser. Whoever wrote the configuration is not trusted: the work grows with its length alone, and both are bounded.
 */

export interface Element {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly parent: Element | null;
}

/** In UTF-16 code units, and in elements. */
const LENGTH_LIMIT = 512 * 1024;
const ELEMENTS_LIMIT = 10_000;

const names: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const decoded = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return names[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

const opening = /<([A-Za-z_][\w.:-]*)/y;
const attribute = /\s*([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/y;
const closing = /\s*(\/?)>/y;

/** What stands at `at`, or null. */
function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Where the part that begins at `at` and is no element ends: a comment, CDATA, a declaration or an end tag. -1: nowhere. */
function endOf(text: string, at: number): number {
  const mark = [
    ['<!--', '-->'],
    ['<![CDATA[', ']]>'],
    ['<?', '?>'],
  ].find(([begin = '']) => text.startsWith(begin, at))?.[1];
  const end = text.indexOf(mark ?? '>', at);
  return end === -1 ? -1 : end + (mark ?? '>').length;
}

/** All elements in their order; null where this is no such configuration. */
export function readElements(text: string): readonly Element[] | null {
  if (text.length > LENGTH_LIMIT) return null;
  const elements: Element[] = [];
  const open: Element[] = [];
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at)) {
    const start = match(opening, text, at);
    if (!start) {
      if (text.startsWith('</', at) && open.pop()?.tag !== match(/<\/([\w.:-]+)/y, text, at)?.[1]) return null;
      at = endOf(text, at);
      if (at === -1) return null;
      continue;
    }
    at += start[0].length;
    const attributes = new Map<string, string>();
    for (let found = match(attribute, text, at); found; found = match(attribute, text, at)) {
      attributes.set(found[1] ?? '', decoded(found[2] ?? found[3] ?? ''));
      at += found[0].length;
    }
    const end = match(closing, text, at);
    if (!end || elements.length === ELEMENTS_LIMIT) return null;
    at += end[0].length;
    const element = { tag: start[1] ?? '', attributes, parent: open.at(-1) ?? null };
    elements.push(element);
    if (end[1] === '') open.push(element);
  }
  return open.length === 0 && elements.length > 0 ? elements : null;
}
