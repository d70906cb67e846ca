/** How the finder writes selectors: by what a node says it is, never by its position. */

const quoted = (value: string) => `"${value.replace(/["\\\n]/g, (char) => (char === '\n' ? '\\a ' : `\\${char}`))}"`;

export const classSelector = (token: string): string => `.${CSS.escape(token)}`;

/** An attribute with this value; of a value with a number in it what comes before, because numbers count messages. */
export function attributeSelector(name: string, value: string): string {
  const counted = /^(\D{4,}?)[\s_:-]*\d/u.exec(value)?.[1];
  return counted === undefined ? `[${CSS.escape(name)}=${quoted(value)}]` : `[${CSS.escape(name)}^=${quoted(counted)}]`;
}

/** A class name that a build tool made and the next build will change. */
export const isMade = (token: string): boolean =>
  /^(?:css|sc|emotion|svelte|jss|jsx|makeStyles)-?\w*[\dA-Z]|__[\w-]{4,8}$|^_?(?=\D*\d)[a-z\d]{5,12}(?:_\d+)?$/i.test(
    token,
  ) && !/^[a-z]+\d$/.test(token);

/** Attributes whose value may say what a node is, and never what state it is in. */
const telling = /^(?:role|itemprop|part|slot|aria-roledescription|data-(?!.*(?:state|index|key|time|date|id$)).+)$/;

let known = new WeakMap<Element, readonly string[]>();

/** Forgets the names of elements: pages change between two looks. */
export const forgetNames = (): void => {
  known = new WeakMap();
};

/** The ways to name an element by itself, those that will last first. Bounded. */
export function namesOf(element: Element): readonly string[] {
  const names = known.get(element) ?? readNames(element);
  known.set(element, names);
  return names;
}

function readNames(element: Element): readonly string[] {
  const names: string[] = [];
  for (const { name, value } of Array.from(element.attributes).slice(0, 20)) {
    if (!telling.test(name)) continue;
    if (/\d{3}/.test(value) || value.length > 40) names.push(`[${CSS.escape(name)}]`);
    else names.push(attributeSelector(name, value));
  }
  const tokens = Array.from(element.classList).slice(0, 12);
  // Utility classes such as `md:p-2` name nothing; they come last.
  const rank = (token: string) =>
    (isMade(token) ? 1 : 0) + (/[:[\]/]|^-?[a-z]{1,5}(?:-[a-z\d.]{1,4})?$/.test(token) ? 2 : 0);
  tokens.sort((a, b) => rank(a) - rank(b));
  return [...names, ...tokens.map(classSelector)];
}

/** The first name, or a tag below the first ancestor that has one. */
export function describe(element: Element): string {
  let path = '';
  for (let at: Element | null = element, depth = 0; at && depth < 6; at = at.parentElement, depth += 1) {
    const [name] = namesOf(at);
    if (name) return `${name}${path}`;
    if (at.id && !/\d/.test(at.id)) return `#${CSS.escape(at.id)}${path}`;
    path = ` > ${at.localName}${path === '' && !at.hasAttribute('class') ? ':not([class])' : ''}${path}`;
  }
  return path.replace(/^ > /, '');
}

/** Of nested elements the outermost; the list is in document order. */
export function outermost(elements: Iterable<Element>): Element[] {
  const kept: Element[] = [];
  for (const element of elements) if (!kept.at(-1)?.contains(element)) kept.push(element);
  return kept;
}

/** Whether each of these is one of the selector's outermost matches; what else it finds is to be told by other means. */
export function findsAll(selector: string, wanted: readonly Element[], root: ParentNode): boolean {
  const list = root.querySelectorAll(selector);
  if (list.length < wanted.length || list.length > matchLimit) return false;
  const found = new Set(outermost(list));
  return wanted.every((element) => found.has(element));
}

/** From so many messages on only the last ones are compared: what finds these finds the others too. */
export const comparedLimit = 100;
const matchLimit = 4_000;

/** Whether the selector's outermost matches are exactly these elements; of many, those from the first of these on. */
function findsOnly(selector: string, wanted: readonly Element[], root: ParentNode): boolean {
  const list = root.querySelectorAll(selector);
  if (list.length < wanted.length || list.length > matchLimit) return false;
  const [first] = wanted;
  const all = Array.from(list);
  const from = wanted.length < comparedLimit ? 0 : all.indexOf(first as Element);
  if (from < 0) return false;
  const found = outermost(all.slice(from));
  const set = new Set(wanted);
  return found.length === set.size && found.every((element) => set.has(element));
}

/**
 * How messages are told from everything else: the first selector that finds these elements and no others, with `suffix` behind
 * it; null where none does. Tries so many.
 */
export function selectorFor(
  wanted: readonly Element[],
  root: ParentNode,
  suffix = '',
  isRight = findsOnly,
): string | null {
  const [first] = wanted;
  if (!first) return null;
  const few = wanted.length > 12 ? [...wanted.slice(0, 4), ...wanted.slice(-8)] : wanted;
  const shared = namesOf(first)
    .filter((name) => few.every((element) => element.matches(name)))
    .slice(0, 8);
  const parent = first.parentElement;
  const inside = parent && few.every((element) => element.parentElement?.localName === parent.localName);
  const parents = inside
    ? [
        ...namesOf(parent).filter((name) => few.every((element) => element.parentElement?.matches(name))),
        describe(parent),
      ].slice(0, 4)
    : [];
  const tags = [...new Set(few.map(({ localName }) => localName))];
  const tag = tags.length === 1 ? first.localName : `:is(${tags.slice(0, 4).join()})`;
  const candidates = [
    ...shared,
    ...shared.slice(1, 4).map((name) => `${shared[0]}${name}`),
    ...parents.flatMap((outer) => [...shared.slice(0, 2), tag].map((name) => `${outer} > ${name}`)),
    ...(tag.includes('-') ? [tag] : []),
  ];
  return (
    candidates.map((selector) => `${selector}${suffix}`).find((selector) => isRight(selector, wanted, root)) ?? null
  );
}
