/**
 * The syntax of a team's own patterns: the regular part of RE2's syntax, and nothing that could need more than linear time.
 * Why not RegExp: a hostile pattern or text can make it take years. Why not RE2 itself: its port is 45 kB compressed,
 * three times what all of redaction weighs with this engine.
 */

/** Whether one code point is in a class. */
export type CharTest = (code: number) => boolean;

export type Assertion = 'start' | 'end' | 'boundary' | 'inside';

export type Node =
  | { readonly type: 'char'; readonly test: CharTest }
  | { readonly type: 'assert'; readonly at: Assertion }
  | { readonly type: 'all'; readonly nodes: readonly Node[] }
  | { readonly type: 'any'; readonly nodes: readonly Node[] }
  | { readonly type: 'repeat'; readonly node: Node; readonly min: number; readonly max: number };

/** What is wrong with a pattern, for the person who wrote it. */
export class PatternError extends Error {}

const MAX_REPEAT = 1000;
const refuse = (reason: string): never => {
  throw new PatternError(reason);
};

const isDigit: CharTest = (code) => code >= 48 && code <= 57;
/** `\w` as RE2 has it: ASCII only. */
export const isWord: CharTest = (code) =>
  isDigit(code) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122);
const isSpace: CharTest = (code) => code === 32 || code === 9 || code === 10 || code === 12 || code === 13;
const CLASSES: Record<string, CharTest> = { d: isDigit, w: isWord, s: isSpace };
const CONTROLS: Record<string, number> = { t: 9, n: 10, v: 11, f: 12, r: 13, a: 7 };

const not =
  (test: CharTest): CharTest =>
  (code) =>
    !test(code);
const is =
  (wanted: number): CharTest =>
  (code) =>
    code === wanted;

/** The test that also accepts the other case. */
function anyCase(test: CharTest): CharTest {
  return (code) => {
    if (test(code)) return true;
    const char = String.fromCodePoint(code);
    const lower = char.toLowerCase();
    const upper = char.toUpperCase();
    return test(lower.codePointAt(0) as number) || ([...upper].length === 1 && test(upper.codePointAt(0) as number));
  };
}

/** How many characters beyond ASCII a test remembers. */
const REMEMBERED = 4096;

/** The same test, which asks only once for each character: a class may have hundreds of members, and a text few characters. */
export function remembered(test: CharTest): CharTest {
  const ascii = Array.from({ length: 128 }, (_, code) => test(code));
  const others = new Map<number, boolean>();
  return (code) => {
    if (code >= 0 && code < 128) return ascii[code] === true;
    const known = others.get(code);
    if (known !== undefined) return known;
    if (others.size >= REMEMBERED) others.clear();
    const found = test(code);
    others.set(code, found);
    return found;
  };
}

/** Reads a pattern. Throws `PatternError` with a sentence that says what cannot be used. */
export function parsePattern(source: string): Node {
  let at = 0;
  let ignoreCase = false;
  const peek = () => source[at];
  const eat = (text: string) => {
    const found = source.startsWith(text, at);
    if (found) at += text.length;
    return found;
  };
  const codePoint = () => {
    const code = source.codePointAt(at) ?? refuse('The pattern ends too early.');
    at += code > 0xffff ? 2 : 1;
    return code;
  };
  const char = (test: CharTest): Node => ({ type: 'char', test: ignoreCase ? remembered(anyCase(test)) : test });

  function hex(): number {
    const found = /^(?:\{([0-9a-f]{1,6})\}|([0-9a-f]{2}))/i.exec(source.slice(at, at + 8));
    if (!found) return refuse('\\x needs two hexadecimal digits.');
    at += found[0].length;
    return Number.parseInt((found[1] ?? found[2]) as string, 16);
  }

  function property(negated: boolean): CharTest {
    const name = /^(?:\{(\^?)(\w{1,30})\}|()([A-Z]))/.exec(source.slice(at, at + 34));
    if (!name) return refuse('\\p needs a name, as in \\p{L}.');
    at += name[0].length;
    const word = (name[2] ?? name[4]) as string;
    let one: RegExp;
    try {
      one = new RegExp(`^\\p{${word}}$`, 'u');
    } catch {
      try {
        one = new RegExp(`^\\p{Script=${word}}$`, 'u');
      } catch {
        return refuse(`\\p{${word}} is not known.`);
      }
    }
    const test = remembered((code) => one.test(String.fromCodePoint(code)));
    return negated !== (name[1] === '^') ? not(test) : test;
  }

  /** What follows a backslash: a class, or one character as a number. */
  function escaped(): CharTest | number {
    const letter = String.fromCodePoint(codePoint());
    if (/[1-9k]/.test(letter)) return refuse('Back-references cannot be used: they have no linear-time engine.');
    const named = CLASSES[letter.toLowerCase()];
    if (named) return letter < 'a' ? not(named) : named;
    if (letter === 'p' || letter === 'P') return property(letter === 'P');
    if (letter === 'x') return hex();
    const control = CONTROLS[letter];
    if (control !== undefined) return control;
    if (/[a-z0-9]/i.test(letter)) return refuse(`\\${letter} cannot be used.`);
    return letter.codePointAt(0) as number;
  }

  function charClass(): Node {
    const negated = eat('^');
    const tests: CharTest[] = [];
    for (let first = true; first || peek() !== ']'; first = false) {
      if (at >= source.length) return refuse('A [ is not closed.');
      if (source.startsWith('[:', at)) return refuse('[:name:] cannot be used; write \\d, \\w or \\p{L}.');
      const low = eat('\\') ? escaped() : codePoint();
      if (peek() === '-' && source[at + 1] !== ']' && at + 1 < source.length) {
        at += 1;
        const high = eat('\\') ? escaped() : codePoint();
        if (typeof low !== 'number' || typeof high !== 'number' || low > high)
          return refuse('A range in [ ] is not valid.');
        tests.push((code) => code >= low && code <= high);
      } else tests.push(typeof low === 'number' ? is(low) : low);
    }
    at += 1;
    const any: CharTest = (code) => tests.some((test) => test(code));
    const test = remembered(ignoreCase ? anyCase(any) : any);
    return { type: 'char', test: negated ? not(test) : test };
  }

  function group(): Node {
    const outer = ignoreCase;
    if (/^\?<?[=!]/.test(source.slice(at, at + 3))) {
      return refuse('Look-ahead and look-behind cannot be used: they have no linear-time engine.');
    }
    const opening = /^\?(?:P?<\w+>|(i?):|(i)\))/.exec(source.slice(at, at + 40));
    if (opening) at += opening[0].length;
    else if (peek() === '?') return refuse('This kind of (?…) cannot be used.');
    if (opening?.[1] || opening?.[2]) ignoreCase = true;
    // `(?i)` holds to the end of the group around it.
    if (opening?.[2]) return { type: 'all', nodes: [] };
    const inner = alternatives();
    if (!eat(')')) return refuse('A ( is not closed.');
    ignoreCase = outer;
    return inner;
  }

  function atom(): Node {
    if (eat('(')) return group();
    if (eat('[')) return charClass();
    if (eat('.')) return { type: 'char', test: not(is(10)) };
    if (eat('^')) return { type: 'assert', at: 'start' };
    if (eat('$')) return { type: 'assert', at: 'end' };
    if (eat('\\b')) return { type: 'assert', at: 'boundary' };
    if (eat('\\B')) return { type: 'assert', at: 'inside' };
    if (eat('\\')) {
      const found = escaped();
      return char(typeof found === 'number' ? is(found) : found);
    }
    if (/[*+?]/.test(peek() ?? '')) return refuse(`There is nothing for ${peek()} to repeat.`);
    return char(is(codePoint()));
  }

  function times(): [number, number] | null {
    if (eat('*')) return [0, Number.POSITIVE_INFINITY];
    if (eat('+')) return [1, Number.POSITIVE_INFINITY];
    if (eat('?')) return [0, 1];
    const counted = /^\{(\d{1,5})(,?)(\d{0,5})\}/.exec(source.slice(at, at + 14));
    if (!counted) return null;
    at += counted[0].length;
    const min = Number(counted[1]);
    const max = counted[3] ? Number(counted[3]) : counted[2] ? Number.POSITIVE_INFINITY : min;
    if (max < min || min > MAX_REPEAT || (max > MAX_REPEAT && max !== Number.POSITIVE_INFINITY)) {
      return refuse(`A repeat in { } may go up to ${MAX_REPEAT}.`);
    }
    return [min, max];
  }

  function sequence(): Node {
    const nodes: Node[] = [];
    while (at < source.length && peek() !== '|' && peek() !== ')') {
      let node = atom();
      const count = times();
      if (count) {
        node = { type: 'repeat', node, min: count[0], max: count[1] };
        // The longest match is taken, so it makes no difference whether a repeat is lazy.
        eat('?');
        if (/[*+?]/.test(peek() ?? '') || times()) return refuse('A repeat cannot be repeated.');
      }
      nodes.push(node);
    }
    return { type: 'all', nodes };
  }

  function alternatives(): Node {
    const nodes = [sequence()];
    while (eat('|')) nodes.push(sequence());
    return nodes.length === 1 ? (nodes[0] as Node) : { type: 'any', nodes };
  }

  const whole = alternatives();
  return at < source.length ? refuse('A ) closes nothing.') : whole;
}
