/**
 * The shape of a site rule, checked where one enters: a team's pack, an import, a picker. The rules that come with the
 * program are checked by a test. Never imported by the overlay, which gets rules that were checked before. There is no
 * DOM here: what only a browser can say of a selector, the engine finds out when it makes the rule ready.
 */
// biome-ignore lint/style/noRestrictedImports: only the background and tests load this file; see above.
import * as z from 'zod/mini';

// MV3 forbids eval; without this zod probes for it and the probe is a CSP report.
z.config({ jitless: true });

const name = (limit: number) => z.string().check(z.minLength(1), z.maxLength(limit));

/** `*` alone or before another part, also inside `:is()` and `:has()`: it would match everything on any page. */
const universal = /(?:^|[\s>+~,(])\*(?=$|[\s>+~,):.#[])/;
/** The whole page, or all that lies in it. */
const pageItself = /^(?::root|html|body|:scope|:not\([^()]*\)|:(?:is|where|not)\(\))$/i;
/** Most functional pseudo-classes inside one another: `:has(> :not(:is(a)))` has three. */
const NESTING = 4;
/** Most of them that look at an element's inside, which is dear. */
const LOOKS_INSIDE = 6;

/** The selector without the contents of its strings and attribute brackets; null where one of those never ends. */
function skeleton(text: string): string | null {
  const bare = text.replace(/\\./gs, '_').replace(/"[^"\n]*"|'[^'\n]*'/g, '_');
  return /["'{}\\;]|\/\*/.test(bare) ? null : bare.replace(/\[[^[\]]*\]/g, '[]');
}

/** How deep its parentheses go; null where they or the brackets do not pair. */
function depthOf(bare: string): number | null {
  let [depth, deepest] = [0, 0];
  for (const char of bare.replaceAll('[]', '')) {
    if (char === '[' || char === ']') return null;
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    if (depth < 0) return null;
    deepest = Math.max(deepest, depth);
  }
  return depth === 0 ? deepest : null;
}

/** What is wrong with a selector as far as its text alone tells; null for nothing. */
function complaint(text: string): string | null {
  const bare = skeleton(text);
  const depth = bare === null ? null : depthOf(bare);
  if (bare === null || depth === null) return 'Is not a CSS selector';
  if (universal.test(bare) || bare.split(',').some((part) => pageItself.test(part.trim()))) return 'Selects everything';
  if (depth > NESTING) return `Has more than ${NESTING} conditions inside one another`;
  if ((bare.match(/:has\(/gi)?.length ?? 0) > LOOKS_INSIDE) return `Has more than ${LOOKS_INSIDE} times :has()`;
  return null;
}

/** A CSS selector; that the browser takes it is seen when the rule is made ready. */
const selector = name(500).check(
  z.superRefine((text, context) => {
    const message = complaint(text);
    if (message !== null) context.addIssue({ code: 'custom', message, input: text });
  }),
);

function compiles(pattern: string): boolean {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}
/**
 * What makes a regular expression slow on hostile text: a repeated group that repeats inside, and back references.
 * Simple on purpose, and stricter than it must be.
 */
const slow = /\([^()]*(?:[*+]|\{\d+,\d*\})[^()]*\)(?:[*+]|\{\d+,)|\\[1-9]|\(\?<?[=!][^)]*[*+]/;
const pattern = name(300).check(
  z.refine(compiles, 'Not a regular expression'),
  z.refine((text) => !slow.test(text), 'Could be slow on hostile text'),
);

const locator = z.strictObject({
  selector: z.optional(selector),
  in: z.optional(z.enum(['message', 'ancestor', 'page'])),
  attribute: z.optional(name(100).check(z.regex(/^[a-zA-Z_][\w:.-]*$/))),
  pattern: z.optional(pattern),
});

const id = z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,63}$/));

const variant = z
  .strictObject({
    id,
    assistant: z.optional(selector),
    row: z.optional(selector),
    author: z.optional(locator),
    badge: z.optional(locator),
    agent: z.optional(selector),
    note: z.optional(selector),
    draft: z.optional(selector),
    group: z.optional(selector),
    body: z.optional(selector),
    user: z.optional(selector),
    userBody: z.optional(selector),
    exclude: z.optional(z.array(selector).check(z.maxLength(20))),
    codeBlock: z.optional(selector),
    messageId: z.optional(locator),
    rowKey: z.optional(locator),
    model: z.optional(locator),
    streaming: z.optional(selector),
    done: z.optional(selector),
    quietMs: z.optional(z.int().check(z.minimum(250), z.maximum(60_000))),
  })
  .check(
    z.refine(({ assistant, row, draft }) => (assistant ?? row ?? draft) !== undefined, {
      message: 'Needs "assistant", "row" or "draft", or it finds nothing',
      path: ['assistant'],
    }),
  );

const matchPattern = name(300).check(z.regex(/^(?:\*|https?):\/\/(?:\*\.)?[^/*\s]+(?::(?:\*|\d+))?\/\S*$/));

/** Most selectors of one rule, each part between commas counted: a scan asks for all of them. */
const SELECTORS = 160;

function countSelectors(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = new Set([
    ...[
      'signature',
      'frame',
      'busy',
      'composer',
      'send',
      'assistant',
      'row',
      'agent',
      'note',
      'draft',
      'group',
      'body',
      'user',
    ],
    ...['userBody', 'exclude', 'codeBlock', 'streaming', 'done', 'selector'],
  ]);
  return Object.entries(value).reduce((sum, [key, inner]) => {
    const texts = own.has(key) ? [inner].flat().filter((text) => typeof text === 'string') : [];
    return sum + texts.reduce((parts, text) => parts + text.split(',').length, 0) + countSelectors(inner);
  }, 0);
}

/** A site rule of bounded size, without any key that this version does not know. */
export const siteRuleSchema = z
  .strictObject({
    id,
    name: name(100),
    version: name(32),
    matches: z.array(matchPattern).check(z.maxLength(20)),
    signature: z.optional(selector),
    frame: z.optional(selector),
    newestFirst: z.optional(z.boolean()),
    mixed: z.optional(z.boolean()),
    variants: z.array(variant).check(z.maxLength(12)),
    conversation: z.optional(z.array(pattern).check(z.maxLength(10))),
    busy: z.optional(selector),
    composer: z.optional(selector),
    send: z.optional(selector),
    caveat: z.optional(name(200)),
    remark: z.optional(name(200)),
    provenance: z.strictObject({
      source: name(500),
      date: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)),
      confidence: z.enum(['high', 'medium', 'low']),
    }),
  })
  .check(
    z.refine(({ matches, signature, frame }) => matches.length > 0 || (signature ?? frame) !== undefined, {
      message: 'Without addresses a rule needs a signature, or it would apply everywhere',
      path: ['signature'],
    }),
    z.refine((rule) => countSelectors(rule) <= SELECTORS, {
      message: `Has more than ${SELECTORS} selectors`,
      path: ['variants'],
    }),
    z.refine(({ variants }) => new Set(variants.map((one) => one.id)).size === variants.length, {
      message: 'Two variants have the same id',
      path: ['variants'],
    }),
  );
