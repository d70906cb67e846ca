/**
 * Answers as chat products write them, and what becomes of them: words changed, paragraphs moved, repeated, taken out. Every
 * word keeps its identity, so that it is known where a span has to be found again, and whether anything is left of it.
 */

/** A random number in [0, 1), the same row for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const common =
  'the of to and a in is it you that he was for on are with as I his they be at one have this from or had by hot but some what there we can out other were all your when up use how said an each she which do their time if will way about many then them would write like so these her long make thing see him two has look more day could go come did my sound no most number who over know water than call first people may down side been now find';
const special =
  'order invoice refund carrier warehouse delivery customs tracking parcel signature address deadline penalty contract clause warranty battery voltage adapter firmware router password account balance interest mortgage premium deductible claim diagnosis dosage tablet allergy pressure glucose protein enzyme molecule orbit gravity telescope planet asteroid harvest irrigation fertilizer mineral sediment volcano glacier monsoon humidity algorithm compiler variable recursion database index query cache latency bandwidth encryption certificate gradient tensor regression variance hypothesis sample survey census parliament senate treaty tariff inflation currency surplus vienna nairobi lisbon osaka quito 4417 2,300 19.99 €45 3.5 2026 naïve café Straße Übung crème';
const emoji = ['🙂', '👩‍👩‍👧', '🇦🇹', '👍🏽', '🚀', '❤️', '🧪'];
const stock = [
  'I hope this helps , let me know if you have any other questions .',
  'Please note that this is not legal advice .',
  'In summary , there are several things to keep in mind .',
  'As mentioned above , it depends on the details of your case .',
];

interface Word {
  readonly id: number;
  readonly text: string;
  /** The word in whose place it stands. */
  readonly instead?: number;
  /** What stands before it: a blank, a line break, nothing before a mark. */
  readonly gap: string;
}
type Paragraph = readonly Word[];

/** A text, its words with their places, and the paragraphs that it was made of. */
export interface Answer {
  readonly text: string;
  readonly words: readonly (Word & { readonly start: number; readonly end: number })[];
  readonly paragraphs: readonly Paragraph[];
}

const isMark = (text: string) => /^[.,;:!?]$/.test(text);

/** Sets paragraphs as one text. */
function set(paragraphs: readonly Paragraph[]): Answer {
  let text = '';
  const words: Answer['words'][number][] = [];
  for (const paragraph of paragraphs) {
    for (const [index, word] of paragraph.entries()) {
      if (text !== '') text += index === 0 ? '\n\n' : word.gap;
      words.push({ ...word, start: text.length, end: text.length + word.text.length });
      text += word.text;
    }
  }
  return { text, words, paragraphs };
}

export interface Writer {
  answer(words: number): Answer;
  /** The same answer with this share of its words changed. */
  edit(
    answer: Answer,
    share: number,
    how: { readonly moves: number; readonly copies: number; readonly cuts: number },
  ): Answer;
}

export function writerFrom(seed: number): Writer {
  const random = randomFrom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const [ordinary, rare] = [common.split(' '), special.split(' ')];
  let next = 0;
  const word = (text: string): Word => ({ id: next++, text, gap: isMark(text) ? '' : ' ' });
  // A few words are most of any text.
  const anyWord = () =>
    random() < 0.03
      ? pick(emoji)
      : random() < 0.55
        ? (ordinary[Math.floor(random() ** 2 * ordinary.length)] as string)
        : pick(rare);

  function otherThan(text: string): string {
    const other = anyWord();
    return other === text ? otherThan(text) : other;
  }

  function sentence(): Word[] {
    if (random() < 0.08) return pick(stock).split(' ').map(word);
    const length = 5 + Math.floor(random() * 16);
    const texts = Array.from({ length }, (_, at) =>
      at > 0 && random() < 0.07 ? [',', anyWord()] : [anyWord()],
    ).flat();
    return [...texts, random() < 0.9 ? '.' : '?'].map(word);
  }

  function paragraph(): Paragraph {
    const kind = random();
    if (kind < 0.1) return Array.from({ length: 2 + Math.floor(random() * 4) }, () => word(anyWord()));
    const count = kind < 0.3 ? 1 : 2 + Math.floor(random() * 5);
    return Array.from({ length: count }, sentence).flat();
  }

  const copyOf = (paragraph: Paragraph): Paragraph => paragraph.map(({ text }) => word(text));
  const longOnes = (paragraphs: readonly Paragraph[]) => paragraphs.filter(({ length }) => length >= 20);

  return {
    answer(words) {
      const paragraphs: Paragraph[] = [];
      let count = 0;
      while (count < words) {
        const earlier = longOnes(paragraphs);
        // A warning, a snippet, a question that is put again: about one paragraph in twenty stands there twice.
        const one = earlier.length > 3 && random() < 0.05 ? copyOf(pick(earlier)) : paragraph();
        paragraphs.push(one);
        count += one.length;
      }
      return set(paragraphs);
    },
    edit({ paragraphs }, share, { moves, copies, cuts }) {
      const changed = paragraphs.map((each) =>
        each.flatMap((one): Word[] => {
          if (random() >= share) return [one];
          const kind = random();
          if (kind < 0.6) return [{ ...word(otherThan(one.text)), gap: one.gap || ' ', instead: one.id }];
          return kind < 0.8 ? [] : [one, word(anyWord())];
        }),
      );
      const textOf = (paragraph: Paragraph) => paragraph.map(({ text }) => text).join(' ');
      const texts = paragraphs.map(textOf);
      // Of two that read the same nobody can say which one went; that is tested by itself.
      const single = new Set(
        changed.filter((_, at) => texts.indexOf(texts[at] ?? '') === texts.lastIndexOf(texts[at] ?? '')),
      );
      const rows = changed.filter(({ length }) => length > 0);
      const somewhere = () => Math.floor(random() * (rows.length + 1));
      const takeOne = () => {
        const one = pick(rows.filter((row) => single.has(row)));
        return rows.splice(rows.indexOf(one), 1);
      };
      for (let move = 0; move < moves; move++) {
        const [moved] = takeOne();
        if (moved) rows.splice(somewhere(), 0, moved);
        if (moved) single.delete(moved);
      }
      for (let cut = 0; cut < cuts; cut++) takeOne();
      for (let copy = 0; copy < copies; copy++) {
        rows.splice(somewhere(), 0, [...copyOf(pick(rows.filter((row) => single.has(row))))]);
      }
      return set(rows);
    },
  };
}
