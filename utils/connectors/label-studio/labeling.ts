/** What a project's labeling configuration asks and shows: its controls, with what they can take, and its variables. */
import { type Element, readElements } from './xml.ts';

/** A tag with which an annotator says something. */
export interface Control {
  /** Choices, Rating, TextArea and so on. */
  readonly tag: string;
  readonly name: string;
  /** Names of what it is about. */
  readonly toName: readonly string[];
  /** What can be chosen, as results hold it, by the value and by the alias. */
  readonly options: ReadonlyMap<string, string>;
  /** Of Choices: more than one can be chosen. */
  readonly multiple: boolean;
  /** Of Rating; null where there is none. */
  readonly maxRating: number | null;
}

export interface Labeling {
  readonly controls: readonly Control[];
  /** The variable of the task's data that a named tag shows, by that name. */
  readonly shown: ReadonlyMap<string, string>;
  /** The names of those that show plain text: places in other kinds are not counted in characters of the data. */
  readonly texts: ReadonlySet<string>;
}

const get = ({ attributes }: Element, name: string) => attributes.get(name) ?? '';

/** The control that an option belongs to, however deep it lies in it. */
function controlOf(option: Element): Element | null {
  let at = option.parent;
  while (at && get(at, 'toName') === '') at = at.parent;
  return at;
}

/** Options by the control they belong to. Results hold the alias where there is one. */
function optionsByControl(elements: readonly Element[]): ReadonlyMap<Element, Map<string, string>> {
  const options = new Map<Element, Map<string, string>>();
  for (const element of elements) {
    const control = element.tag === 'Choice' || element.tag === 'Label' ? controlOf(element) : null;
    if (!control) continue;
    const [value, alias] = [get(element, 'value'), get(element, 'alias')];
    const known = options.get(control) ?? new Map<string, string>();
    for (const name of [value, alias]) if (name !== '') known.set(name, alias || value);
    options.set(control, known);
  }
  return options;
}

function readControl(element: Element, options: ReadonlyMap<string, string>): Control {
  const rating = Number(get(element, 'maxRating') || 5);
  return {
    tag: element.tag,
    name: get(element, 'name'),
    toName: get(element, 'toName')
      .split(',')
      .map((name) => name.trim()),
    options,
    multiple: get(element, 'choice') === 'multiple',
    maxRating: element.tag === 'Rating' && Number.isSafeInteger(rating) ? rating : null,
  };
}

/** null where this is no labeling configuration. What is said of regions one by one is no control of the whole answer. */
export function readLabeling(text: string): Labeling | null {
  const elements = readElements(text);
  if (!elements) return null;
  const options = optionsByControl(elements);
  const controls: Control[] = [];
  const shown = new Map<string, string>();
  const texts = new Set<string>();
  for (const element of elements) {
    const name = get(element, 'name');
    if (name === '') continue;
    if (get(element, 'toName') !== '') {
      if (get(element, 'perRegion') !== 'true') controls.push(readControl(element, options.get(element) ?? new Map()));
      continue;
    }
    // As Label Studio itself finds them: the first “$word” in the value of a tag with a name.
    const variable = /\$(\w+)/.exec(get(element, 'value'))?.[1];
    if (variable !== undefined) shown.set(name, variable);
    if (element.tag === 'Text') texts.add(name);
  }
  return { controls, shown, texts };
}
