import { describe, expect, it } from 'vitest';
import { suggest } from '../../../utils/privacy/suggestions.ts';

const values = (text: string) => suggest(text).map(({ kind, value }) => `${kind}: ${value}`);

describe('suggest', () => {
  it.each([
    ['Dear Ms. Delgado,\nBest regards,\nJohn P. Smith', ['name: Delgado', 'name: John P. Smith']],
    ['It goes to 221 Baker Street, Apt 4.', ['address: 221 Baker Street, Apt 4']],
    ['Sehr geehrte Frau Müller-Lüdenscheidt', ['name: Müller-Lüdenscheidt']],
    ['Hauptstraße 12a, 80331 München', ['address: Hauptstraße 12a, 80331 München']],
    ['Lange Straße 5, 10115 Berlin', ['address: Lange Straße 5, 10115 Berlin']],
    ["Bonjour Amélie,\nje m'appelle Jean de La Tour", ['name: Amélie', 'name: Jean de La Tour']],
    ['12 bis rue de la Paix, 75002 Paris', ['address: 12 bis rue de la Paix, 75002 Paris']],
    ['Hola Lucía, calle Mayor 5, 28013 Madrid', ['name: Lucía', 'address: calle Mayor 5, 28013 Madrid']],
    ['Gentile Sig. Rossi, via Roma 10', ['name: Rossi', 'address: via Roma 10']],
    ['Keizersgracht 123, 1015 CJ Amsterdam', ['address: Keizersgracht 123, 1015 CJ Amsterdam']],
    ['ul. Długa 5/7, Pan Kowalski', ['address: ul. Długa 5/7', 'name: Kowalski']],
    ['Olá João, rua das Flores, 123', ['name: João', 'address: rua das Flores, 123']],
    ['田中様、〒100-0001 東京都千代田区千代田1-1', ['name: 田中', 'address: 〒100-0001 東京都千代田区千代田1-1']],
  ])('points out names and addresses in %j', (text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  it('leaves greetings to nobody in particular, and ordinary capitals', () => {
    for (const text of [
      'Dear Customer,',
      'Hi There!',
      'Sehr geehrte Damen und Herren',
      'The Best Buy on Main Street',
    ]) {
      expect(values(text)).toEqual([]);
    }
  });

  it('gives places in the original, disguises included', () => {
    const text = 'Dear J\u200bane, hello';
    expect(suggest(text)).toEqual([{ kind: 'name', start: 5, end: 10, value: 'J\u200bane' }]);
  });
});
