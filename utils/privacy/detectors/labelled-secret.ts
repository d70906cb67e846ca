/** Secrets that are known by the word before them: `password: …`, `API_KEY=…`, "mein Passwort ist …", in ten languages. */
import type { Match, Scan } from '../kinds.ts';

/** Behind these words even an ordinary word is a secret. */
const PASSWORD =
  'pass(?:word|wort|phrase|code|wd)|kennwort|contrase(?:ñ|n\\u0303)a|clave|mot de passe|\\bmdp|senha|has[łl]o|wachtwoord|\\bpwd|\\bpw|パスワード|暗証番号|\\bpin(?:[ -]?code)?\\b|\\bcv[cv]2?\\b';
/** Behind these words only what looks like one. */
const KEY =
  '(?:api|access|account|secret|private|encryption|signing|master|subscription)[ _-]?key|api[ _-]?schl(?:ü|u\\u0308)ssel|cl(?:é|e\\u0301|ave) (?:d.)?api|chiave (?:api|segreta)|api ?キー|secret|token|jeton|credential|\\bsig|\\bsession[ _-]?id|\\bsid|[jp](?:hp)?sess(?:ion)?id';
/** Options of command lines take their value behind a space. */
const OPTION = '--(?:password|passwd|token|secret|api-key)|(?:docker login|sshpass)\\b[^\\n]{0,60}?\\s-p';
/** "is", said of a password. */
const IS = '(?:is|was|ist|war|lautet|est|es|era|è|é|to|jest)';
const LABEL = new RegExp(
  [
    `(?:(?<password>${PASSWORD})|${KEY})["'\`\\]*]{0,3}`,
    `(?:\\s{0,3}(?:(?<assign>:=|=>|=(?!=)|:(?!:))|\\s${IS}\\s|[はが])\\s{0,3}`,
    // "the password of the portal is …", or no word at all: only behind words for passwords, and only what looks like one.
    `|(?<gap>(?:\\s[a-z\u00c0-\u024f]{1,12}){1,3}?(?:\\s${IS}\\s|\\s?:\\s)|\\s(?=\\S{0,40}[!@#$%^&*?+~=])))`,
    `|(?<option>${OPTION})[\\s=]`,
  ].join(''),
  'gi',
);
const QUOTED = /["'`“„«「](?=([^\n"'`”“»」]{1,200})["'`”“»」])/y;
/** A value without quotes ends at a space, or where a script without spaces begins. */
const BARE = /(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[^\s"'`<>,;「」）]){1,80}/uy;
const REST = /[^\s"'`<>,;&「」）\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]*/uy;

/** What people write where a password would stand. */
const NOT_A_VALUE =
  /^(?:[*•.x_#-]+|string|str|text|number|boolean|bool|none|null|nil|undefined|true|false|required|optional|incorrect|invalid|wrong|missing|expired|unknown|hidden|empty|forgotten|changed|reset|redacted|erforderlich|falsch|vergessen|abgelaufen|obligatoire|oubli[eé]|incorrecta?|obligatoria|olvidada|scaduta|dimenticata|obbligatoria|verplicht|vergeten|verlopen|wymagane|zapomniane|esqueci|esquecida|incorreta|obrigat[oó]ria)$/i;
/** Code that says where a value comes from, or of which type it is; paths. */
const CODE = new RegExp(
  [
    '^(?:https?://|[~.]{0,2}/|[$%]?[{(<]|\\[.*\\]?$|\\$\\w|[\\w$.]+\\(|[\\w$.]+\\[[\\w"\']*$)',
    '^[\\w$]+(?:\\.[a-z_$][\\w$]*)+[);]*$',
    '^[a-z_$]+(?:\\.[a-z_$]+)+[-+*/=<>?;,)\\]]',
    '^[\\w$]*(?:passw(?:or)?d|token|secret|key)$',
    '^u?int\\d+(?:array)?$',
    '^(?:[A-Z]\\w*)?(?:Like|Array|String|Result|Buffer|Type|Value|Data|Options|Config|Props|Schema|Field|Input)$',
  ].join('|'),
  'i',
);

/** Bits per character of the text's own distribution (Shannon). Keys have 3 and more, words less. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

interface Value {
  readonly value: string;
  readonly quoted: boolean;
  /** `:` or `=` rather than "is". */
  readonly assigned: boolean;
  /** Other words stand between the label and the value. */
  readonly apart: boolean;
  /** Nothing else on its line. */
  readonly last: boolean;
}

/** Whether a value in quotes is wholly a gap to fill or a placeholder. */
const isGap = (value: string) => /^(?:~?\/.*|[$%]?\{.*\}|<.*>|\[.*\])$/.test(value);

function isPassword({ value, quoted, assigned, apart, last }: Value): boolean {
  if (value.length < 4 || NOT_A_VALUE.test(value) || (quoted ? isGap(value) : CODE.test(value))) return false;
  const telling = /\d/.test(value) || /[^\p{L}\p{M}\s.:)(!?-]/u.test(value);
  if (apart) return value.length >= 6 && /\p{L}/u.test(value) && /\d/.test(value);
  if (!assigned) return telling;
  return telling || quoted || (last && value.length >= 5 && !value.endsWith(':') && !/^[a-z]+[A-Z]/.test(value));
}

function isKey({ value }: Value): boolean {
  if (value.length < 12 || /\s/.test(value) || NOT_A_VALUE.test(value) || CODE.test(value)) return false;
  return /\d/.test(value) && /\p{L}/u.test(value) && entropy(value.slice(0, 200)) >= 3;
}

function isSecret(label: string, isPasswordLabel: boolean, described: Value): boolean {
  if (/^cv[cv]/i.test(label)) return /^\d{3,4}$/.test(described.value);
  if (/^pin/i.test(label)) return /^\d{4,8}$/.test(described.value);
  return isPasswordLabel ? isPassword(described) : isKey(described);
}

/** What stands at `from`: in quotes, or to the next space. */
function valueAt(text: string, from: number, isParameter: boolean): { value: string; start: number; quoted: boolean } {
  QUOTED.lastIndex = from;
  const quoted = QUOTED.exec(text)?.[1];
  if (quoted !== undefined) return { value: quoted, start: from + 1, quoted: true };
  BARE.lastIndex = from;
  let value = BARE.exec(text)?.[0] ?? '';
  // The value of a query parameter ends where the next begins; a sentence's full stop is not part of it.
  if (isParameter) value = value.replace(/&.*/s, '');
  return { value: value.replace(/[.:)\]}。]+$/, ''), start: from, quoted: false };
}

/** Adds what stands behind a label. Such a value is secret elsewhere in the record too, hence `byContext`. */
export function labelledSecrets({ text, spend }: Scan, matches: Match[]): void {
  LABEL.lastIndex = 0;
  for (let found = LABEL.exec(text); found; found = LABEL.exec(text)) {
    spend();
    const { password, assign, gap, option } = found.groups ?? {};
    const isParameter = /[?&][\w-]{0,40}$/.test(text.slice(Math.max(0, found.index - 41), found.index));
    const { value, start, quoted } = valueAt(text, LABEL.lastIndex, isParameter);
    let end = start + value.length;
    const last = /^[ \t]*[.,;)）」]?[ \t]*(?:$|\n|,|;)/.test(text.slice(end, end + 8));
    const described = { value, quoted, assigned: assign !== undefined, apart: gap !== undefined, last };
    if (!isSecret(found[0], password !== undefined || option !== undefined, described)) {
      // The next label may stand where this one's value was looked for.
      LABEL.lastIndex = found.index + (password ?? option ?? found[0].slice(0, 3)).length;
      continue;
    }
    if (value.length >= 76 && !quoted) {
      // Judged by its beginning, taken to its end.
      REST.lastIndex = end;
      if (REST.test(text)) end = REST.lastIndex;
    }
    matches.push({ kind: 'secret', start, end, byContext: true });
    LABEL.lastIndex = end;
  }
}
