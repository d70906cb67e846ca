/** Tells two kinds of rows apart by what one kind has and the other has not, as chats mark their two sides. */
import { isProse, letters, sample, textOf } from './reading.ts';
import { namesOf } from './selectors.ts';

const rowLimit = 24;
const partLimit = 24;
const depthLimit = 4;

export interface Split {
  /** To be put behind a selector of the rows. */
  readonly condition: string;
  readonly one: readonly Element[];
  readonly other: readonly Element[];
  /** How often neighbors differ, 0 to 1. */
  readonly alternation: number;
}

/** What can be asked of a row: names of its own, and of parts near its top. */
function featuresOf(row: Element): Set<string> {
  const features = new Set<string>(namesOf(row));
  let level: Element[] = [row];
  let seen = 0;
  for (let depth = 0; depth < depthLimit && level.length > 0; depth += 1) {
    const next: Element[] = [];
    for (const part of level.flatMap((element) => Array.from(element.children).slice(0, 12))) {
      seen += 1;
      if (seen > partLimit) return features;
      for (const name of namesOf(part)) features.add(`:has(${name})`);
      if (/^(?:img|svg|button)$/.test(part.localName)) features.add(`:has(${part.localName})`);
      if (!isProse(part)) next.push(part);
    }
    level = next;
  }
  return features;
}

/** The ways to divide the rows in two, those first that change sides most often; on equal terms what a row is before what it has. */
export function splitsOf(all: readonly Element[]): readonly Split[] {
  const rows = all.slice(-rowLimit);
  const holders = new Map<string, Set<Element>>();
  for (const row of rows) {
    for (const feature of featuresOf(row)) {
      const known = holders.get(feature);
      if (known) known.add(row);
      else holders.set(feature, new Set([row]));
    }
  }
  const splits: Split[] = [];
  for (const [condition, having] of holders) {
    if (having.size === rows.length) continue;
    const changes = rows.slice(1).filter((row, at) => having.has(row) !== having.has(rows[at] as Element)).length;
    const alternation = changes / (rows.length - 1);
    const one = rows.filter((row) => having.has(row));
    const other = rows.filter((row) => !having.has(row));
    splits.push({ condition, one, other, alternation });
    splits.push({ condition: `:not(${condition})`, one: other, other: one, alternation: alternation - 0.001 });
  }
  const rank = ({ condition, alternation }: Split) => alternation - (condition.includes(':has(') ? 0.0001 : 0);
  return splits.sort((a, b) => rank(b) - rank(a)).slice(0, 24);
}

const blocks = 'p,li,pre,table,h1,h2,h3,h4,blockquote';

/** How much text and structure a message has. */
const richness = (message: Element) =>
  Math.min(letters(textOf(message)), 2_000) + 40 * Math.min(message.querySelectorAll(blocks).length, 40);

const mean = (messages: readonly Element[]) =>
  messages.reduce((sum, message) => sum + richness(message), 0) / Math.max(1, messages.length);

/** Whether the first are clearly longer or more structured than the others, as answers are beside questions. */
export function areRicher(answers: readonly Element[], questions: readonly Element[]): boolean {
  return answers.length > 0 && questions.length > 0 && mean(sample(answers)) > 1.5 * mean(sample(questions));
}

const structure = 'li,h2,h3,h4,table,pre code,p ~ p';

/** Whether most answers have headings, lists, code or paragraphs, and hardly any question has. */
export function areStructured(answers: readonly Element[], questions: readonly Element[]): boolean {
  const portion = (messages: readonly Element[]) => {
    const few = sample(messages);
    return few.filter((message) => message.querySelector(structure)).length / few.length;
  };
  return questions.length > 0 && portion(answers) >= 0.5 && portion(questions) <= 0.1;
}
