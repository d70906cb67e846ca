/** 200 secrets of eight kinds, each different, none of them anybody's: to plant in a review and to look for in what leaves. */
import { passesLuhn, passesMod97 } from '../../utils/privacy/check-digits.ts';
import type { Judgement, ReviewDraft } from '../../utils/review/schema.ts';
import { aDraft, aFinding, aSnapshot } from './builders.ts';

const letters = (seed: number, count: number) => {
  const alphabet = 'aBcDeFgHjKmNpQrStUvWxYz23456789';
  let state = seed * 7919 + 17;
  return Array.from({ length: count }, () => {
    state = (state * 48271) % 2147483647;
    return alphabet[state % alphabet.length];
  }).join('');
};
const digits = (seed: number, count: number) => {
  let state = seed * 104729 + 11;
  return Array.from({ length: count }, () => {
    state = (state * 16807) % 2147483647;
    return String(state % 10);
  }).join('');
};

function card(seed: number): string {
  const body = `4${digits(seed, 14)}`;
  const last = [...'0123456789'].find((check) => passesLuhn(body + check)) ?? '';
  return (body + last).replace(/(.{4})(?=.)/g, '$1 ');
}

function iban(seed: number): string {
  const account = digits(seed, 18);
  for (let check = 2; check < 99; check += 1) {
    const one = `DE${String(check).padStart(2, '0')}${account}`;
    if (passesMod97(one)) return one.replace(/(.{4})(?=.)/g, '$1 ');
  }
  throw new Error('every account has check digits');
}

const kinds: readonly ((seed: number) => string)[] = [
  (seed) => `p${seed}.${letters(seed, 7).toLowerCase()}@mail${seed}.example`,
  (seed) => `+49 151 2${digits(seed, 3)} ${digits(seed + 500, 4)}`,
  card,
  iban,
  (seed) => `85.${100 + (seed % 120)}.${1 + ((seed * 7) % 250)}.${1 + ((seed * 13) % 250)}`,
  (seed) => `${100 + (seed % 500)}-${10 + (seed % 89)}-${1000 + seed * 7}`,
  // Put together here, so that nobody takes them for real ones.
  (seed) => ['ghp', letters(seed, 36)].join('_'),
  (seed) =>
    [
      'AKIA',
      letters(seed, 16)
        .toUpperCase()
        .replace(/[^A-Z2-7]/g, 'Q'),
    ].join(''),
];

/** All of them, kind after kind. */
export const plantedSecrets: readonly string[] = Array.from({ length: 200 }, (_, index) =>
  (kinds[index % kinds.length] as (seed: number) => string)(index + 1),
);

const bare = (text: string) => text.replace(/[\s.\-+%@_]|%20|\\u00a0/g, '').toLowerCase();

/** Those that stand in a text, in whatever spelling: with or without separators, escaped or not. */
export function leaked(text: string): readonly string[] {
  let decoded = text;
  try {
    decoded = decodeURIComponent(text.replace(/%(?![0-9a-f]{2})/gi, '%25'));
  } catch {
    // Not an encoded text as a whole.
  }
  const [plain, packed] = [text + decoded, bare(text + decoded)];
  return plantedSecrets.filter(
    (secret) => plain.includes(secret) || (bare(secret).length > 9 && packed.includes(bare(secret))),
  );
}

/** The two drafts of a review, first and revised, that have them in every text that a review can have; all 200 together. */
export function plantedDrafts(origin: string): { readonly first: ReviewDraft; readonly second: ReviewDraft } {
  const left = [...plantedSecrets];
  const some = (count: number) => left.splice(0, count);
  const words = (lead: string, count: number) => `${lead}: ${some(count).join(' , ')} .`;
  const text = words('Refund to', 24);
  const path = some(12).map((secret) => encodeURIComponent(secret.replaceAll(' ', '')));
  const snapshot = aSnapshot({
    text,
    markdown: `**${text}**`,
    prompt: words('Asked by', 20),
    context: [
      { role: 'user', text: words('Said before', 16) },
      { role: 'assistant', text: words('Answered', 16) },
    ],
    model: words('Model', 3),
    pageTitle: words('Chat with', 12),
    pageUrl: `${origin}/${path.join('/')}`,
    conversationKey: `conversation of ${some(1)[0]}`,
    messageId: `message of ${some(1)[0]}`,
    length: text.length,
  });
  const finding = aFinding(text, text.slice(0, 60), {
    note: words('Note', 16),
    replacement: words('Better', 16),
    source: `https://wiki.example/${encodeURIComponent(some(1)[0] ?? '')}`,
  });
  const draft = aDraft({ snapshot, surface: 'sidepanel' });
  const shown = { origin, model: null, ratings: [] };
  const judgement: Judgement = {
    verdict: 'reject',
    labels: ['wrong'],
    ratings: [{ dimension: 'quality', value: 2 }],
    correction: null,
    comment: null,
    findings: [finding],
    preference: {
      shown: [
        { ...shown, responseKey: draft.responseKey, text, rank: 2 },
        { ...shown, responseKey: 'another', text: words('Another answer', 20), rank: 1 },
      ],
      outcome: 'ranked',
      strength: 'clear',
    },
  };
  const correction = words('Right is', 20);
  const typed = { correction, comment: words('Call', left.length) };
  return {
    first: { ...draft, judgement },
    second: {
      ...draft,
      basedOn: 1,
      saveId: aDraft().saveId,
      surface: 'workbench',
      judgement: { ...judgement, verdict: 'correct', ...typed },
    },
  };
}
