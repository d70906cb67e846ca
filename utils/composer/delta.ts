/**
 * What was changed between the draft of an AI and what was sent: the share that was kept, and of which kind the edits are.
 * The kinds are told by simple signs in the words that went and came, so that anybody can see why; `docs/gate.md` names them
 * with their scores. English and German words.
 */
import { type DiffRun, diffText } from '../review/diff.ts';
import type { Delta } from '../review/schema.ts';

export type EditClass = Delta['edits'][number];

const wordsIn = (text: string): string[] => text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.,:/@-]*/gu) ?? [];
const count = (text: string) => wordsIn(text).length;
/** Signs are looked for in so much of one edit, in UTF-16 code units. */
const MOST = 4_000;

/** One place where the text was changed, with a little of what stands before it. */
interface Edit {
  readonly removed: string;
  readonly added: string;
  readonly before: string;
}

function editsIn(runs: readonly DiffRun[]): Edit[] {
  const edits: Edit[] = [];
  let before = '';
  let open: { removed: string; added: string; before: string } | null = null;
  for (const { op, text } of runs) {
    if (op === 'same') {
      // A blank between two changes belongs to one change.
      if (open && text.trim() === '' && !text.includes('\n')) {
        open.removed += text;
        open.added += text;
        continue;
      }
      if (open) edits.push(open);
      open = null;
      before = text.slice(-40);
    } else {
      open ??= { removed: '', added: '', before };
      if (op === 'removed') open.removed += text;
      else open.added += text;
    }
  }
  if (open) edits.push(open);
  return edits;
}

const cut = ({ removed, added, before }: Edit): Edit => ({
  ...{ removed: removed.slice(0, MOST), added: added.slice(0, MOST), before },
});

const bare = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase();
const fold = (text: string) => text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');

/** Figures, dates, amounts, addresses, and the words for numbers and days. */
const figures =
  /\p{N}{1,30}(?:[.,:/-]\p{N}{1,30}){0,8}\s?[%€$£]?|[€$£]\s?\p{N}+|https?:\/\/\S{1,200}|[\w.+-]{1,64}@[\w-]{1,63}\.\w{2,20}|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)s?\b|\b(?:january|february|march|april|june|july|august|september|october|november|december)\b|\b(?:today|tomorrow|yesterday|heute|morgen|gestern)\b|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|zwei|drei|vier|fünf|sechs|zehn)\b/giu;
const negations =
  /\b(?:not|no|never|none|cannot|can[’']?t|won[’']?t|don[’']?t|doesn[’']?t|isn[’']?t|aren[’']?t|nicht|kein\w*|nie)\b/giu;
/** What commits the company, or says what its rules are. */
const rules =
  /\b(?:refund\w*|reimburs\w*|compensat\w*|warrant\w*|guarantee\w*|promis\w*|liab\w*|legal\w*|terms|polic(?:y|ies)|discount\w*|voucher\w*|coupon\w*|free of charge|for free|exception\w*|entitled|right to|fee|fees|eligib\w*|confidential|password|medical|advice|erstatt\w*|garanti\w*|gewährleist\w*|haft\w*|rabatt\w*|gutschein\w*|kostenlos\w*|kulanz|anspruch|agb)\b/giu;
/** How people are spoken to. */
const manners =
  /\b(?:please|thank\w*|sorry|apolog\w*|unfortunately|regret\w*|happy|glad|gladly|great|wonderful|kind(?:ly)?|dear|hi|hello|hey|cheers|regards|sincerely|best wishes|welcome|appreciat\w*|understand (?:how|your)|frustrat\w*|inconvenience|of course|certainly|sure|awesome|super|sadly|lovely|patience|bitte|danke|vielen dank|leider|entschuldig\w*|gern(?:e)?|liebe\w*|hallo|guten tag|freundliche\w*|grüße\w*|sehr geehrte\w*|verständnis)\b|[!]|\p{Extended_Pictographic}/giu;

const found = (pattern: RegExp, text: string) => (text.match(pattern) ?? []).map((one) => fold(one.trim())).sort();
const differ = (pattern: RegExp, { removed, added }: Edit) =>
  found(pattern, removed).join('|') !== found(pattern, added).join('|');

/** German writes all nouns large: there they say nothing. */
const german = /\b(?:der|die|das|und|ist|Sie|nicht|ein|eine|für|mit)\b/g;
const isGerman = (text: string) => (text.slice(0, MOST).match(german)?.length ?? 0) >= 2;

/** Names in the middle of a sentence, as they are written in languages that write few other words large. */
function namesIn(text: string, before: string): string[] {
  const names: string[] = [];
  for (const { 0: word, index } of text.matchAll(/\p{Lu}[\p{L}\p{N}-]+/gu)) {
    const ahead = (before + text.slice(0, index)).trimEnd();
    const isStart = ahead === '' || (/[.!?:\n"“(]$/.test(ahead) && !/\b(?:Mr|Ms|Mrs|Dr)\.$/.test(ahead));
    if (!isStart) names.push(fold(word));
  }
  return names.sort();
}

/** Most letters by which one spelling differs from another, for its length. */
const fewLetters = (length: number) => (length < 5 ? 1 : 2);

/** Longer words are compared as they are. */
const LONGEST_WORD = 40;

function distance(a: string, b: string, most: number): number {
  if (a === b) return 0;
  if (a.length > LONGEST_WORD) return most + 1;
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const step = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + step));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The same words, spelled or bent another way. */
function isRespelled({ removed, added }: Edit): boolean {
  const [gone, come] = [wordsIn(fold(removed)), wordsIn(fold(added))];
  if (gone.length === 0 || gone.length !== come.length) return false;
  return gone.every((word, at) => distance(word, come[at] ?? '', fewLetters(word.length)) <= fewLetters(word.length));
}

/** The kinds of one edit, by the first signs that fit. */
function classesOf(edit: Edit, capitalizes: boolean): EditClass[] {
  const { removed, added, before } = edit;
  const [gone, come] = [bare(removed), bare(added)];
  if (gone === come) {
    // Greetings are told by their marks too.
    if (differ(/[!]|\p{Extended_Pictographic}/gu, edit)) return ['tone'];
    return ['format'];
  }
  const classes: EditClass[] = [];
  const isFact =
    differ(figures, edit) ||
    differ(negations, edit) ||
    (!capitalizes && namesIn(removed, before).join('|') !== namesIn(added, before).join('|'));
  if (isFact) classes.push('fact');
  if (differ(rules, edit)) classes.push('policy');
  if (differ(manners, edit)) classes.push('tone');
  if (classes.length > 0) return classes;
  if (isRespelled(edit)) return ['language'];
  // A sentence that came or went says more, or less, than the draft did.
  const isSentence = count(added) >= 5 || count(removed) >= 5;
  return [isSentence && (gone === '' || come === '') ? 'fact' : 'language'];
}

/** Share of the draft's words that was sent, 0 to 1, and the kinds of the edits, the most frequent first. */
export function deltaOf(draft: string, sent: string): Delta {
  const { runs } = diffText(draft, sent);
  const capitalizes = isGerman(draft) || isGerman(sent);
  const whole = count(draft);
  const gone = runs.reduce((sum, { op, text }) => sum + (op === 'removed' ? count(text) : 0), 0);
  const kept = whole === 0 ? 0 : Math.min(1, Math.max(0, (whole - gone) / whole));
  const times = new Map<EditClass, number>();
  for (const one of editsIn(runs)
    .map(cut)
    .flatMap((edit) => classesOf(edit, capitalizes)))
    times.set(one, (times.get(one) ?? 0) + 1);
  const edits = [...times].sort(([, a], [, b]) => b - a).map(([kind]) => kind);
  return { kept: Math.round(kept * 1_000) / 1_000, edits };
}
