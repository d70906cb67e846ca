import { describe, expect, it } from 'vitest';
import { redactText } from '../../../utils/privacy/redact-text.ts';

const US = { regions: ['US'] };
const redact = (text: string, region = 'US') => redactText(text, { regions: [region] }).text;

describe('email', () => {
  it('ends where the address ends, not where the sentence does', () => {
    expect(redact('Mail jane@example.com. Then wait.')).toBe('Mail [EMAIL_1]. Then wait.');
    expect(redact("('jane@example.com')")).toBe("('[EMAIL_1]')");
  });

  it('ends before a hyphen and a number', () => {
    expect(redact('jane@example.com-2024')).toBe('[EMAIL_1]-2024');
    expect(redact('jane@my-shop.example.com-pany.de')).toBe('[EMAIL_1]');
  });

  it('takes no part of a sentence in a script without spaces', () => {
    expect(redact('ご連絡はtaro@example.jpまで')).toBe('ご連絡は[EMAIL_1]まで');
    expect(redact('이메일jane@example.kr으로')).toBe('이메일[EMAIL_1]으로');
  });

  it('keeps what is no address: repositories, packages, files, handles', () => {
    for (const text of ['git@github.com:a/b.git', 'react@18.2.0', 'icon@2x.png', '@jane', 'a@b', 'x @ y']) {
      expect(redact(text)).toBe(text);
    }
  });

  it('takes spelled-out addresses, and leaves sentences with "at" and "dot"', () => {
    expect(redact('jane at example dot com')).toBe('[EMAIL_1]');
    for (const text of ['Look at this dot com bubble', 'at that point in time', 'meet me at 5']) {
      expect(redact(text)).toBe(text);
    }
  });
});

describe('iban', () => {
  it('is told by country, length and check digits', () => {
    expect(redact('DE89 3704 0044 0532 0130 00')).toBe('[IBAN_1]');
    for (const text of ['DE88 3704 0044 0532 0130 00', 'DE89 3704 0044 0532 0130 0', 'ZZ89370400440532013000']) {
      expect(redact(text)).toBe(text);
    }
  });
});

describe('card', () => {
  it('is told by prefix, length, Luhn and grouping', () => {
    expect(redact('4111 1111 1111 1111')).toBe('[CARD_1]');
    expect(redact('3782 822463 10005')).toBe('[CARD_1]');
    for (const text of ['4111 1111 1111 1112', '9111 1111 1111 1111', '41 1111 11111 111 1111', '0.4111111111111111']) {
      expect(redact(text)).toBe(text);
    }
  });

  it('ends before the security code or the date that follows', () => {
    expect(redact('4111 1111 1111 1111 12/27')).toBe('[CARD_1] 12/27');
  });

  it('is not found inside a hash', () => {
    const text = 'ddb4484adc3b45c4396632611556055f3b2f5990';
    expect(redact(text)).toBe(text);
  });
});

describe('ssn', () => {
  it('leaves areas and groups that are not issued', () => {
    expect(redact('536-22-8145')).toBe('[SSN_1]');
    for (const text of ['000-12-3456', '666-12-3456', '900-12-3456', '123-00-4567', '123-45-0000']) {
      expect(redact(text)).toBe(text);
    }
  });

  it('without hyphens needs the word', () => {
    expect(redact('my social is 536 22 8145')).toBe('my social is [SSN_1]');
    expect(redact('take 536 22 8145 steps')).toBe('take 536 22 8145 steps');
  });
});

describe('ip', () => {
  it('takes addresses with prefix length or zone, and leaves the port', () => {
    expect(redact('198.51.100.7:8080, 198.51.100.0/24')).toBe('[IP_1]:8080, [IP_2]');
    expect(redact('fe80::1c2a:44ff:fe01:2%eth0.')).toBe('[IP_1].');
  });

  it('leaves loopback, masks, versions, sections, times and hardware addresses', () => {
    for (const text of [
      '127.0.0.1',
      '255.255.255.0',
      '::1',
      'macOS 10.15.7.1',
      'Chrome/1.2.3.4',
      'section 4.2.1.3',
      '1.2.3.4 Install',
      '12:34:56',
      '00:1A:2B:3C:4D:5E',
      '50:01:43:80:12:34:56:78',
      'a::b',
      'std::vec::Vec',
    ]) {
      expect(redact(text)).toBe(text);
    }
  });

  it('trusts the word nearest to the numbers', () => {
    expect(redact('version server address 10.20.30.40')).toBe('version server address [IP_1]');
  });
});

describe('phone', () => {
  it('in international form needs no region', () => {
    expect(redactText('+49 (0)30 23125 441, 0044 20 7946 0958').text).toBe('[PHONE_1], [PHONE_2]');
  });

  it('does not swallow what follows', () => {
    expect(redact('+1 415 555 0132 2024')).toBe('[PHONE_1] 2024');
    expect(redact('+49 30 1234567 12:30')).toBe('[PHONE_1] 12:30');
  });

  it('in national form depends on the region, unless a word announces it', () => {
    expect(redact('06 39 98 42 17', 'FR')).toBe('[PHONE_1]');
    expect(redact('06 39 98 42 17', 'US')).toBe('06 39 98 42 17');
    expect(redact('Tel. 06 39 98 42 17', 'US')).toBe('Tel. [PHONE_1]');
  });

  it('leaves the same digits where a word says that they number a thing, or a unit that they count', () => {
    for (const text of [
      'order 415-555-0132',
      'call(4155550132)',
      '$415-555-0132',
      'call costs 4155550 EUR',
      'call on 2024-03-15 10',
      'mobile 12345678-1234-4234-8234-123456789012',
    ]) {
      expect(redact(text)).toBe(text);
    }
    expect(redact('501 234 567 zł', 'PL')).toBe('501 234 567 zł');
  });

  it('takes the extension with it', () => {
    expect(redact('(415) 555-0132 ext. 22')).toBe('[PHONE_1]');
  });

  it('knows unassigned country codes', () => {
    expect(redactText('+999 1234 5678').text).toBe('+999 1234 5678');
  });
});

describe('secret', () => {
  it('takes a value behind its label, to its end', () => {
    expect(redact('password: hunter2!')).toBe('password: [SECRET_1]');
    expect(redact('{"password":"two words"}')).toBe('{"password":"[SECRET_1]"}');
    expect(redact('?token=a1b2c3d4e5f6g7&page=2')).toBe('?token=[SECRET_1]&page=2');
    expect(redact(`token=${'a1b2-C3d4_E5f6'.repeat(150)} end`)).toBe('token=[SECRET_1] end');
  });

  it('takes a private key as a whole, with or without its end', () => {
    const begin = ['-----BEGIN RSA PRIVATE', 'KEY-----'].join(' ');
    const end = ['-----END RSA PRIVATE', 'KEY-----'].join(' ');
    expect(redact(`${begin}\nAAAA\nBBBB\n${end}\nbye`)).toBe('[SECRET_1]\nbye');
    expect(redact(`${begin}\nAAAA\nBBBB`)).toBe('[SECRET_1]');
  });

  it('takes user and password from a URL and leaves the host', () => {
    expect(redact('postgres://app:p@ss@db.example:5432/x')).toBe('postgres://[SECRET_1]@db.example:5432/x');
  });

  it('leaves talk about secrets, gaps to fill, code and types', () => {
    for (const text of [
      'Password: required',
      'password: process.env.DB_PASSWORD',
      'password: Uint8Array',
      'token = getToken()',
      'api_key: YOUR_API_KEY',
      'Basic understanding of OAuth',
      '.sk-loading-spinner-container-12',
      'max_tokens: 150000',
    ]) {
      expect(redactText(text, US).text).toBe(text);
    }
  });
});
