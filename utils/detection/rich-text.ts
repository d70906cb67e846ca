/**
 * One walk over an answer's nodes that yields plain text and Markdown. Reads text nodes, never `innerText`; asks for computed
 * style, which a capture can afford because it runs once per review. Open shadow roots are read as the reader sees them.
 */
import { partOf } from './engine/ranges.ts';
import { createWriter, escapeAddress, type RichText } from './rich-writer.ts';

/** Deeper nesting than any answer has; below, only the text is read. */
const depthLimit = 200;

/** Blocks that stand apart from their neighbors by an empty line. */
const spaced = new Set('p pre blockquote ul ol dl table hr figure h1 h2 h3 h4 h5 h6'.split(' '));
/** Blocks where no style says so. */
const blocks = new Set(
  'address article aside caption dd details dialog div dt fieldset figcaption footer form header hgroup legend li main nav section summary tr'.split(
    ' ',
  ),
);
const marks: Readonly<Record<string, string>> = { b: '**', strong: '**', i: '*', em: '*', del: '~~', s: '~~' };

interface Place {
  /** Line breaks and spaces count as written. */
  readonly verbatim: boolean;
  readonly depth: number;
  /** How many lists are around. */
  readonly lists: number;
}

const isBlockDisplay = (display: string) => /^(?:block|flex|grid|list-item|flow-root|table)/.test(display);
const keepsLines = (whiteSpace: string | undefined) => /^(?:pre|break-spaces)/.test(whiteSpace ?? '');

/** Goes over the children as the reader sees them: of the shadow root where there is one, and what is put into slots. */
function eachShown(element: Element, visit: (node: Node) => void): void {
  const assigned = (element as Partial<HTMLSlotElement>).assignedNodes?.({ flatten: true }) ?? [];
  for (const node of assigned) visit(node);
  // Three times as fast as the iterator of a live list.
  let node = assigned.length > 0 ? null : (element.shadowRoot ?? element).firstChild;
  for (; node; node = node.nextSibling) visit(node);
}

/**
 * Reads the bodies of one message as one text. Leaves out what `without` matches and what is not displayed; `codeBlock` is
 * around code with a header. Beyond `limit` characters it only looks at markup, to tell how much more there is. With `range` it
 * reads the part of the bodies that lies in it; `read` may change what a text node says, and leaves Markdown out.
 */
export function readRich(
  bodies: readonly Element[],
  without: string,
  codeBlock?: string,
  limit = Number.POSITIVE_INFINITY,
  range: Range | null = null,
  read?: (data: string, node: Text) => string,
): RichText {
  const newWriter = () => createWriter(read !== undefined);
  let writer = newWriter();
  const dataOf = (node: Text) => {
    const data = range ? partOf(node, range) : node.data;
    return read ? read(data, node) : data;
  };
  const isOutside = (node: Node) => range !== null && !range.intersectsNode(node);
  // Computed style is most of the work, and nobody sees what is cut off.
  const styleOf = (element: Element) =>
    writer.size() > limit ? null : element.ownerDocument.defaultView?.getComputedStyle(element);

  const inside = (element: Element, place: Place) =>
    eachShown(element, (node) => {
      if (node instanceof Text) place.verbatim ? writer.lines(dataOf(node)) : writer.text(dataOf(node));
      else if (node instanceof Element) walk(node, place);
    });

  const raw = (element: Element): string => {
    let text = '';
    eachShown(element, (node) => {
      if (node instanceof Text) text += dataOf(node);
      else if (node instanceof Element && !node.matches(without) && !isOutside(node)) {
        if (node.localName === 'br') text += '\n';
        else {
          const line = text !== '' && !text.endsWith('\n') && isBlockDisplay(styleOf(node)?.display ?? '') ? '\n' : '';
          text += line + raw(node);
        }
      }
    });
    return text;
  };

  const special: Readonly<Record<string, (element: Element, place: Place) => void>> = {
    br: () => writer.lineBreak(),
    hr: () => writer.rule(),
    pre: (element) => codeWithHeader(element, element.querySelector('code') ?? element),
    code: (element, place) => (place.verbatim ? inside(element, place) : writer.inlineCode(raw(element))),
    a: (element, place) => {
      const { href } = element as HTMLAnchorElement;
      const safe = element.hasAttribute('href') && /^(?:https?|mailto):/.test(href);
      if (!safe) return inside(element, place);
      writer.open('[', `](${escapeAddress(href)})`);
      inside(element, place);
      writer.close();
    },
    img: (element) => {
      const { alt, src } = element as HTMLImageElement;
      if (alt.trim() !== '') writer.image(alt, /^https?:/.test(src) ? src : '');
    },
    blockquote: (element, place) => {
      writer.gap(2);
      writer.indent('> ', '> ', () => inside(element, place));
      writer.gap(2);
    },
    ul: (element, place) => list(element, place, false),
    ol: (element, place) => list(element, place, true),
    table: (element, place) => table(element, place),
    math: (element) => formula(element),
  };

  const list = (element: Element, place: Place, numbered: boolean) => {
    const gap = place.lists > 0 ? 1 : 2;
    let number = Number(element.getAttribute('start') ?? 1) || 1;
    writer.gap(gap);
    eachShown(element, (child) => {
      if (!(child instanceof Element)) return;
      if (child.localName !== 'li') return walk(child, { ...place, lists: place.lists + 1 });
      if (isLeftOut(child)) return;
      const box = child.querySelector<HTMLInputElement>(
        ':scope > input[type=checkbox], :scope > p > input[type=checkbox]',
      );
      const bullet = `${numbered ? `${number}.` : '-'} ${box ? (box.checked ? '[x] ' : '[ ] ') : ''}`;
      const margin = ' '.repeat(numbered ? String(number).length + 2 : 2);
      writer.gap(1);
      writer.indent(bullet, margin, () => inside(child, { ...place, lists: place.lists + 1, depth: place.depth + 1 }));
      number += 1;
    });
    writer.gap(gap);
  };

  const table = (element: Element, place: Place) => {
    const rows = [...element.querySelectorAll('tr')].filter(
      (row) => row.closest('table') === element && !isLeftOut(row),
    );
    const cells = rows.map((row) =>
      [...row.children]
        .filter((cell) => !isLeftOut(cell))
        .map((cell) => {
          const outer = writer;
          writer = newWriter();
          inside(cell, { ...place, depth: place.depth + 1 });
          const read = writer.end();
          writer = outer;
          return read;
        }),
    );
    writer.table(cells.filter((row) => row.length > 0));
  };

  /** Math as TeX, where the renderer left it on the page; else as it reads. */
  const formula = (element: Element) => {
    const display =
      element.matches('.katex-display,.math-block,[display="true"],[display="block"]') ||
      element.querySelector('math[display="block"]') !== null;
    const tex =
      element.getAttribute('data-math') ??
      element.querySelector('annotation[encoding="application/x-tex"]')?.textContent ??
      element.querySelector('math')?.getAttribute('alttext') ??
      element.getAttribute('alttext') ??
      element.querySelector('math')?.textContent ??
      element.textContent ??
      '';
    writer.math(tex.trim(), display);
  };

  /** Code whose language stands in a header, as a word of its own. */
  const codeWithHeader = (element: Element, code: Element) => {
    const around = raw(element).replace(raw(code), '').trim();
    const label = /^[\w+#.-]{1,24}$/.test(around) ? around.toLowerCase() : '';
    writer.code(raw(code).replace(/\n$/, ''), languageOf(code) ?? languageOf(element) ?? label);
  };

  const isLeftOut = (element: Element) =>
    element.matches(without) || isOutside(element) || styleOf(element)?.display === 'none';

  const walk = (element: Element, place: Place) => {
    if (element.matches(without) || isOutside(element)) return;
    if (codeBlock !== undefined && element.matches(codeBlock)) {
      const codes = element.querySelectorAll('code');
      const [code, ...more] = codes.length > 0 ? codes : element.querySelectorAll('pre');
      if (code && more.length === 0) return codeWithHeader(element, code);
    }
    const style = styleOf(element);
    const display = style?.display ?? '';
    if (display === 'none') return;
    const name = element.localName;
    if (element.matches('.katex,.katex-display,mjx-container,[data-math]')) return formula(element);
    if (place.depth >= depthLimit) return void writer.text(element.textContent ?? '');
    const next: Place = { depth: place.depth + 1, lists: place.lists, verbatim: keepsLines(style?.whiteSpace) };
    const handler = special[name];
    if (handler) return handler(element, next);
    if (element.matches('.cm-content')) return void writer.code(raw(element), languageOf(element) ?? '');

    const mark = marks[name];
    if (mark) {
      writer.open(mark);
      inside(element, next);
      return writer.close();
    }
    const heading = /^h([1-6])$/.exec(name)?.[1];
    const isBlock = isBlockDisplay(display) || blocks.has(name) || spaced.has(name);
    const gap = spaced.has(name) ? (place.lists > 0 && name === 'p' ? 1 : 2) : isBlock ? 1 : 0;
    if (gap > 0) writer.gap(gap);
    if (heading) writer.heading(Number(heading), () => inside(element, next));
    else inside(element, next);
    if (gap > 0) writer.gap(gap);
  };

  for (const body of bodies) {
    writer.gap(2);
    const verbatim = keepsLines(styleOf(body)?.whiteSpace);
    if (body instanceof HTMLTextAreaElement) {
      writer.lines(body.value);
      continue;
    }
    if (body.matches('pre,ul,ol,table,blockquote')) walk(body, { verbatim, depth: 0, lists: 0 });
    else inside(body, { verbatim, depth: 0, lists: 0 });
  }
  return writer.end();
}

/** The language that a highlighter noted on the code or right around it. */
function languageOf(element: Element): string | null {
  const fromClass = /(?:^|\s)lang(?:uage)?-([\w+#.-]+)/.exec(element.className)?.[1];
  return fromClass ?? element.getAttribute('data-language') ?? element.getAttribute('data-lang');
}
