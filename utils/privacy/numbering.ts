/** Numbers placeholders within one record. Lives as long as the record is being redacted: its map is never stored. */
import type { Kind } from './kinds.ts';
import { PLACEHOLDER } from './shields.ts';

const LABELS: Record<Kind, string> = {
  secret: 'SECRET',
  'customer-id': 'CUSTOMER_ID',
  email: 'EMAIL',
  iban: 'IBAN',
  card: 'CARD',
  ssn: 'SSN',
  ip: 'IP',
  phone: 'PHONE',
  name: 'NAME',
  address: 'ADDRESS',
};

export class Numbering {
  readonly #last = new Map<string, number>();
  readonly #given = new Map<string, string>();

  /** Numbers that stand in a text already are not given again: they may mean something else. */
  reserve(text: string): void {
    for (const [, label = '', number] of text.matchAll(PLACEHOLDER)) {
      this.#last.set(label, Math.max(this.#last.get(label) ?? 0, Number(number)));
    }
  }

  /** `[EMAIL_1]`; the same for each spelling of a value, given its canonical form. */
  placeholder(kind: Kind, canonicalValue: string, label: string = LABELS[kind]): string {
    const key = `${label} ${canonicalValue}`;
    const before = this.#given.get(key);
    if (before) return before;
    const number = (this.#last.get(label) ?? 0) + 1;
    const placeholder = `[${label}_${number}]`;
    this.#last.set(label, number);
    this.#given.set(key, placeholder);
    return placeholder;
  }
}
