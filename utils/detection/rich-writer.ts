/**
 * Writes plain text and Markdown at once: takes words, marks and blocks in reading order, and settles white space, line
 * starts and emphasis across them. Plain text has no list markers or table rules; Markdown is CommonMark with tables.
 */

/** A text in both forms. */
export interface RichText {
  readonly text: string;
  readonly markdown: string;
}

interface Indent {
  /** Before the first line. */
  readonly first: string;
  /** Before every further line. */
  readonly rest: string;
  begun: boolean;
}

interface Mark {
  readonly open: string;
  readonly close: string;
  written: boolean;
}

/** Escapes what Markdown would read as markup, and nothing more, so that texts stay comparable. */
function escapeMarkdown(text: string, atLineStart: boolean): string {
  // Most words hold nothing of the kind, and the patterns below take ten times as long as this look.
  const inner = !/[\\`*_<\]]/.test(text)
    ? text
    : text
        .replace(/[\\`*]/g, '\\$&')
        .replace(/(^|[^\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, (match) => match.replace('_', '\\_'))
        .replace(/<(?=[a-z/!?])/gi, '\\<')
        .replace(/\](?=\()/g, '\\]');
  return atLineStart
    ? inner.replace(/^(?:#{1,6}(?= |$)|>|[-+](?= |$))/, '\\$&').replace(/^(\d{1,9})([.)])(?= |$)/, '$1\\$2')
    : inner;
}

/** An address as a Markdown link takes it. */
export const escapeAddress = (address: string) =>
  address.replace(/[()\s]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);

const longestRun = (text: string, character: string) =>
  (text.match(new RegExp(`${character}+`, 'g')) ?? []).reduce((most, run) => Math.max(most, run.length), 0);

/** `isPlain`: Markdown is not wanted. */
export function createWriter(isPlain = false) {
  let text = '';
  let markdown = '';
  let textGap = 0;
  let markdownGap = 0;
  let hardBreak = false;
  let space = false;
  let lineStart = true;
  const indents: Indent[] = [];
  const marks: Mark[] = [];

  const startLine = () => {
    for (const indent of indents) {
      markdown += indent.begun ? indent.rest : indent.first;
      indent.begun = true;
    }
    lineStart = true;
  };

  /** Writes what separates the next content from the one before. */
  const beginMarkdown = () => {
    if (markdown === '') startLine();
    else if (markdownGap > 0) {
      for (const mark of [...marks].reverse()) {
        if (mark.written) markdown += mark.close;
        mark.written = false;
      }
      if (hardBreak && markdownGap === 1) markdown += '  ';
      const margin = indents
        .map(({ begun, rest }) => (begun ? rest : ''))
        .join('')
        .trimEnd();
      markdown += `\n${`${margin}\n`.repeat(markdownGap - 1)}`;
      startLine();
    } else if (space) markdown += ' ';
    for (const mark of marks) {
      if (!mark.written) markdown += mark.open;
      mark.written = true;
    }
    markdownGap = 0;
    hardBreak = false;
  };

  const put = (plain: string, rich: () => string) => {
    if (!isPlain) beginMarkdown();
    if (text !== '' && textGap > 0) text += '\n'.repeat(textGap);
    else if (text !== '' && space) text += ' ';
    textGap = 0;
    space = false;
    text += plain;
    if (!isPlain) markdown += rich();
    lineStart = false;
  };

  const gap = (lines: number) => {
    textGap = Math.max(textGap, lines);
    markdownGap = Math.max(markdownGap, lines);
    space = false;
  };

  const lineBreak = () => {
    textGap = Math.min(textGap + 1, 2);
    markdownGap = Math.min(markdownGap + 1, 2);
    hardBreak = true;
    space = false;
  };

  const indent = (first: string, rest: string, write: () => void) => {
    indents.push({ first, rest, begun: false });
    write();
    indents.pop();
  };

  return {
    gap,
    lineBreak,
    indent,

    /** Running text: any white space is one space. */
    text(data: string): void {
      const words = /[\t\n\r\f]| {2}/.test(data) ? data.replace(/[ \t\n\r\f]+/g, ' ') : data;
      const begin = words.startsWith(' ') ? 1 : 0;
      const end = words.endsWith(' ') && words.length > 1 ? words.length - 1 : words.length;
      if (begin === 1) space = true;
      if (end > begin) {
        const core = words.slice(begin, end);
        put(core, () => escapeMarkdown(core, lineStart));
        space = end < words.length;
      }
    },

    /** Text whose line breaks and spaces count as written. */
    lines(data: string): void {
      for (const [index, line] of data.split(/\r\n?|\n/).entries()) {
        if (index > 0) lineBreak();
        if (line.trim() !== '') put(line, () => escapeMarkdown(line, lineStart));
      }
    },

    /** Opens emphasis or a link; it is written when text follows, and never across an empty line. */
    open(open: string, close = open): void {
      marks.push({ open, close, written: false });
    },
    close(): void {
      const mark = marks.pop();
      if (mark?.written) markdown += mark.close;
    },

    inlineCode(code: string): void {
      const line = code.replace(/\s*\n\s*/g, ' ');
      if (line.trim() === '') return;
      put(line, () => {
        const fence = '`'.repeat(longestRun(line, '`') + 1);
        const pad = /^`|`$/.test(line) ? ' ' : '';
        return fence + pad + line + pad + fence;
      });
    },

    code(code: string, language: string): void {
      gap(2);
      put(code, () => {
        const fence = '`'.repeat(Math.max(3, longestRun(code, '`') + 1));
        const margin = indents.map(({ rest }) => rest).join('');
        return [fence + language, ...code.split('\n'), fence].join(`\n${margin}`);
      });
      gap(2);
    },

    heading(level: number, write: () => void): void {
      indent(`${'#'.repeat(level)} `, '', write);
    },

    rule(): void {
      gap(2);
      const before = textGap;
      beginMarkdown();
      markdown += '---';
      textGap = before;
      markdownGap = 2;
    },

    image(alt: string, address: string): void {
      put(alt, () => `![${alt.replace(/[[\]\\]/g, '\\$&')}](${escapeAddress(address)})`);
    },

    math(tex: string, display: boolean): void {
      if (tex === '') return;
      if (display) gap(2);
      put(tex, () => (display ? `$$${tex}$$` : `$${tex}$`));
      if (display) gap(2);
    },

    /** The first row is the header. */
    table(rows: readonly (readonly RichText[])[]): void {
      const width = Math.max(0, ...rows.map((row) => row.length));
      if (width === 0) return;
      const flat = (value: string) => value.replace(/\s*\n\s*/g, ' ').trim();
      const row = (cells: readonly string[]) =>
        `| ${Array.from({ length: width }, (_, at) => cells[at] ?? '').join(' | ')} |`;
      gap(2);
      put(rows.map((cells) => cells.map((cell) => flat(cell.text)).join('\t')).join('\n'), () => {
        const [head, ...rest] = rows.map((cells) =>
          row(cells.map((cell) => flat(cell.markdown).replace(/\|/g, '\\|'))),
        );
        const margin = indents.map(({ rest: left }) => left).join('');
        return [head, row(Array(width).fill('---')), ...rest].join(`\n${margin}`);
      });
      gap(2);
    },

    /** Length of the plain text so far. */
    size: () => text.length,
    end: (): RichText => ({ text, markdown }),
  };
}
