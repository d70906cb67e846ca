/**
 * Names and postal addresses, as suggestions for the reviewer: words with a capital are far too often something else, so nothing here is
 * applied by itself. What the reviewer accepts goes into `RedactionOptions.accepted`. Loaded by the preview only.
 */
import { fold } from './fold.ts';
import type { Span, SuggestedKind } from './kinds.ts';

export interface Suggestion extends Span {
  readonly kind: SuggestedKind;
  /** As it stands in the text, for the reviewer to judge and for `accepted`. */
  readonly value: string;
}

const NAME = "\\p{Lu}[\\p{L}\\p{M}'-]{1,30}";
const PARTICLE = '(?:d[aeou]s?|van|von|der|den|ter|la|le|di|del|della|bin|al|el|zu)';
const FULL_NAME = `${NAME}(?:(?: ${PARTICLE}){0,2} ${NAME}|(?: \\p{Lu}\\.)){0,3}`;
const TITLE =
  '(?:Mrs?|Ms|Mx|Miss|Dr|Prof|Herrn?|Frau|Monsieur|Madame|Mme|Mlle|Señora?|Srta|Sra?|Don|Doña|Signora?|Sig|Sig\\.ra|Dott|Dhr|De heer|Mevrouw|Mevr|Mw|Pani?|Senhora?)\\.?';
const GREETING =
  '(?:Dear|Hi|Hello|Hey|Liebe[rs]?|Hallo|Sehr geehrte[rs]?|Guten Tag|Ch[eè]re?|Bonjour|Salut|Hola|Estimad[oa]|Querid[oa]|Ciao|Gentile|Buongiorno|Beste|Geachte|Szanown[ya]|Drog[ia]|Cześć|Olá|Oi|Prezad[oa]|Car[oa])';
const INTRODUCTION =
  "(?:my name is|mein Name ist|ich heiße|je m'appelle|mon nom est|me llamo|mi nombre es|mi chiamo|il mio nome è|ik heet|mijn naam is|nazywam się|mam na imię|meu nome é|(?:eu )?me chamo)";
const SIGN_OFF =
  '(?:regards|sincerely|cheers|thanks|thank you|Grüßen?|cordialement|merci|saludos|gracias|saluti|grazie|groet(?:en)?|pozdrawiam|pozdrowienia|atenciosamente|abraços|obrigad[oa])[,.!]?';

const STREET =
  '(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Square|Sq|Place|Pl|Terrace|Close|Crescent|Highway|Hwy)';
const TOWN = `(?:,?\\s[A-Z]{0,2}-?\\d{2}-?\\d{2,3}(?: [A-Z]{2})? ${NAME}(?: ${NAME})?)?`;

const PATTERNS: readonly (readonly [kind: SuggestedKind, pattern: RegExp])[] = [
  ['name', new RegExp(`(?<!\\p{L})${TITLE} (?<value>${FULL_NAME})`, 'gu')],
  ['name', new RegExp(`(?:^|\\n)\\s{0,4}${GREETING} (?:${TITLE} )?(?<value>${FULL_NAME})(?=[,!:.\\s]|$)`, 'gu')],
  ['name', new RegExp(`(?<!\\p{L})${INTRODUCTION} (?<value>${FULL_NAME})`, 'giu')],
  ['name', new RegExp(`${SIGN_OFF}[ \\t]*\\n\\s{0,4}(?<value>${FULL_NAME})(?=\\s*(?:\\n|$))`, 'giu')],
  ['name', /(?<value>[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{1,8}?)(?=様|さん|さま|氏(?!名))/gu],
  [
    'address',
    new RegExp(
      `(?<![\\d.,])(?<value>\\d{1,5}[A-Za-z]? (?:${NAME} ){1,3}${STREET}\\b\\.?(?:,? (?:Apt|Suite|Unit|#)\\.? ?\\w{1,6})?)`,
      'gu',
    ),
  ],
  [
    'address',
    new RegExp(
      `(?<!\\p{L})(?<value>(?:(?:${NAME} )?[\\p{L}-]{2,30}?(?:straße|strasse|str\\.|weg|gasse|platz|allee|damm|ufer|straat|laan|plein|gracht|kade|dijk)|${NAME} (?:Straße|Weg|Allee)) \\d{1,4} ?[a-z]?(?!\\p{L})${TOWN})`,
      'gu',
    ),
  ],
  [
    'address',
    new RegExp(
      `(?<!\\d)(?<value>\\d{1,4}(?: (?:bis|ter))?,? (?:rue|avenue|boulevard|place|chemin|allée|impasse|quai|route|cours) (?:de la |de l'|du |des |de |d')?[\\p{L}'-]{2,30}(?: ${NAME}){0,3}${TOWN})`,
      'giu',
    ),
  ],
  [
    'address',
    new RegExp(
      `(?<!\\p{L})(?<value>(?:calle|c/|avda?\\.?|avenida|plaza|paseo|via|viale|piazza|corso|rua|travessa|praça|ul\\.|aleja|al\\.|pl\\.|os\\.) ?(?:[\\p{L}.]{1,20} ){0,4}?[\\p{L}.]{2,30},? (?:n[ºo°]?\\.? ?)?\\d{1,5}(?:/\\d{1,4})?(?!\\d)${TOWN})`,
      'giu',
    ),
  ],
  [
    'address',
    /(?<value>(?:〒\s?\d{3}-\d{4}\s?)?(?:東京都|北海道|大阪府|京都府|\p{Script=Han}{2,3}県)[^\s、。,，]{2,40}\d[\d丁目番地号-]*)/gu,
  ],
];

/** Words with a capital that follow a greeting or a title without being a name. */
const NOBODY =
  /^(?:Customer|Team|Sir|Madam|Support|There|All|Everyone|Everybody|Friend|User|Reader|Guest|Kunde|Kundin|Kunden|Damen|Herren|Zusammen|Client|Cliente|Équipe|Equipe|Equipo|Klant|Lezer|Państwo|Państwa|Kliencie|World|Herr|Frau|Mr|Mrs|Pan|Pani)\b/i;

/** What might be a name or a postal address in this text, in order of appearance, not overlapping. Offsets in UTF-16 code units. */
export function suggest(text: string): Suggestion[] {
  const folded = fold(text);
  const found: Suggestion[] = [];
  for (const [kind, pattern] of PATTERNS) {
    for (const match of folded.text.matchAll(pattern)) {
      const value = match.groups?.value ?? '';
      if (!value || (kind === 'name' && NOBODY.test(value))) continue;
      const at = match.index + match[0].lastIndexOf(value);
      const { start, end } = folded.toOriginal(at, at + value.length);
      found.push({ kind, start, end, value: text.slice(start, end) });
    }
  }
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  let done = 0;
  return found.filter(({ start, end }) => {
    if (start < done) return false;
    done = end;
    return true;
  });
}
