/**
 * Tells what a person typed into a composer from what came into it in another way: put there by the page's own assistant,
 * by a script, from the clipboard. Such a text is taken for a draft of an AI. Pure: it is told of trusted keys, and of what
 * the composer holds whenever somebody looks.
 */

/** So much text that nobody typed is a draft: more than a name, a link or a word that was completed. */
const LEAST_CHARACTERS = 24;
const LEAST_WORDS = 4;
/** A draft is at least this share of what stands in the composer when it comes. */
const LEAST_SHARE = 0.25;
/** Most characters that keys are remembered for. */
const MOST_TYPED = 400;

export interface Typing {
  /** A trusted press, or what an input method wrote, may have added so many characters. */
  typed(characters: number): void;
  /** A trusted press took something away. */
  removed(): void;
  /** What comes next is an old state of the same text: undone, or done again. */
  restoring(): void;
  /** The composer holds this now. */
  saw(text: string): void;
  /** The text as it came, where a draft was put in; null where all was typed. */
  readonly draft: string | null;
  /** The person has changed something since the draft came. */
  readonly isEdited: boolean;
}

/** The part of `after` that `before` does not have at its place. */
function addedBetween(before: string, after: string): string {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before.charCodeAt(head) === after.charCodeAt(head)) head += 1;
  let tail = 0;
  while (
    tail < most - head &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail += 1;
  return after.slice(head, after.length - tail);
}

const wordsIn = (text: string) => text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
/** Scripts without spaces between words. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u;

export function createTyping(): Typing {
  let last = '';
  let keys = 0;
  let untyped = '';
  let draft: string | null = null;
  let isEdited = false;
  let restores = false;

  function isDraft(text: string): boolean {
    if (unspaced.test(untyped)) return untyped.length >= LEAST_CHARACTERS / 3;
    const isLong = untyped.length >= LEAST_CHARACTERS && wordsIn(untyped) >= LEAST_WORDS;
    return isLong && untyped.length >= text.length * LEAST_SHARE;
  }

  return {
    typed(characters) {
      keys = Math.min(MOST_TYPED, keys + characters);
      isEdited = true;
    },
    removed() {
      isEdited = true;
    },
    restoring() {
      restores = true;
    },
    saw(text) {
      if (text === last) return;
      const added = addedBetween(last, text);
      last = text;
      if (text.trim() === '') {
        [keys, untyped, draft, isEdited, restores] = [0, '', null, false, false];
        return;
      }
      if (restores) {
        restores = false;
        return;
      }
      const own = Math.min(keys, added.length);
      keys -= own;
      if (own === added.length) return;
      untyped += added.slice(own);
      // What is still being written by the page is one draft, however many pieces it comes in.
      if (draft !== null && !isEdited) draft = text;
      else if (isDraft(text)) {
        draft = text;
        isEdited = false;
      } else return;
      untyped = '';
    },
    get draft() {
      return draft;
    },
    get isEdited() {
      return isEdited;
    },
  };
}
