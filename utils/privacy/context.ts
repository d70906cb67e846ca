/** The words around a candidate, in the ten languages of the labelled set: they decide where digits alone do not. */

import type { Span } from './kinds.ts';
import { firstEndingAfter } from './spans.ts';

/** Words that announce a phone number. */
export const PHONE_WORD =
  /\b(?:phone|tel[eé]?f|tel\b|t[eé]l\b|t[eé]l[eé]phon|call|dial|ring|reach|text (?:me|him|her|them|us)|mobil|mobiel|cell|fax|handy|fon\b|ruf|rückruf|durchwahl|hotline|portable|appel|rappel|joignable|m[oó]vil|ll[aá]m|fijo|chiam|richiam|bel\b|bellen|kom[oó]rk|dzwoni|zadzwo|ligue|whats ?app|zap\b|sms\b)|電話|携帯|ダイヤル|连絡先|連絡先|折り返し/gi;
/** Words that announce a number which belongs to a thing. */
export const THING_WORD =
  /(?<!in )order|invoice|ticket|(?<!in )\bcase\b|tracking|\bref\b|reference|serial|\bsku\b|\bp\/n\b|\bpart\b|\bitem|model|waybill|\bean\b|\bgtin\b|\bupc\b|i[sm][bs]n|\bpages?\b|commit\b|\bbug\b|bestell|auftrag|rechnung|artikel|serien|sendung|vorgang|seiten?\b|commande|facture|colis|r[eé]f[eé]rence|pedido|factura|rastre|nota fiscal|\bnf-?e?\b|ordine|fattura|articolo|pratica|codice|bestelling|factuur|\bzaak|zam[oó]wieni|faktur|[a-z]nummer\b(?<!telefonnummer|rufnummer|handynummer|telefoonnummer|mobilnummer)|注文|請求|伝票|品番/gi;
/** Words that announce a version or a numbered paragraph. */
export const VERSION_WORD =
  /\bv(?:er)?[.\s]|vers|wersj|バージョン|mac ?os|\bi?os\b|android|windows|linux|driver|treiber|firmware|build|release|upgrade|update|assembly|section|clause|chapter|\brule\b|paragra|§|abschnitt|kapitel|rozdzia|sekcj|secci[oó]n|sezione|chapitre|article|artikel|cap[ií]tulo|\bart\.|\brfc\b/gi;
/** Words that announce an IP address. */
export const ADDRESS_WORD =
  /\bip\b|\bipv[46]|ipアドレス|address|adres|direcci|indirizzo|endere|host|server|ping|ssh|dns|gateway|subnet/gi;
/** Words that announce a payment card. */
export const CARD_WORD = /card|carte|karte|tarjeta|carta|kaart|kart[ay]|cart[aã]o|カード|visa|debit|credit/gi;
/** Words that announce a social security number. */
export const SSN_WORD = /\bssn|social|tax ?id|\bw-[29]\b/gi;

/** What makes the digits before it an amount. */
const UNIT =
  /^\s?(?:%|€|\$|£|¥|zł|円|(?:eur|usd|gbp|pln|chf|jpy|brl|yen)\b|dollars?\b|euros?\b|pounds?\b|złot|[kmgt]i?b\b|bytes?\b|octets?\b|k?g\b|[kmc]?m\b|ms\b|px\b|pcs\b|stück|items?\b|users?\b|tokens?\b)/i;
/** What makes the digits after it an amount. */
const CURRENCY = /(?:[€$£¥#]|\bR\$|\bUSD|\bEUR|\bPLN|\bGBP)\s?$/i;

/** Where in the `reach` characters before `start` the last such word begins; -1 where there is none. `word` must be global. */
export function lastWord(text: string, start: number, word: RegExp, reach = 32): number {
  const before = text.slice(Math.max(0, start - reach), start);
  let last = -1;
  word.lastIndex = 0;
  for (let found = word.exec(before); found; found = word.exec(before)) last = found.index;
  return last;
}

/** Whether the digits of this range count or price something. */
export function isAmount(text: string, start: number, end: number): boolean {
  return UNIT.test(text.slice(end, end + 12)) || CURRENCY.test(text.slice(Math.max(0, start - 5), start));
}

/** Whether any shield overlaps the range. */
export function isShielded(shields: readonly Span[], start: number, end: number): boolean {
  const shield = shields[firstEndingAfter(shields, start)];
  return shield !== undefined && shield.start < end;
}
