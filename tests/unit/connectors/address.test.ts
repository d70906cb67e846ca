import { describe, expect, test } from 'vitest';
import { readAddress } from '../../../utils/connectors/address.ts';

describe('an address that leads somewhere plain', () => {
  test.each([
    'https://feedback.example/v1/events',
    'https://feedback.example:8443/v1/events?project=support',
    'HTTPS://Feedback.Example/hook',
    'https://bücher.example/',
    'https://例え.example/',
  ])('%s is accepted', (typed) => {
    expect(readAddress(typed).ok).toBe(true);
  });

  test.each([
    'http://localhost:8080/v1/events',
    'http://127.0.0.1/v1/events',
    'https://[::1]:8080/v1/events',
    'http://0x7f.1/',
    'http://2130706433/',
  ])('%s is this computer, so http will do and there is nothing to warn of', (typed) => {
    expect(readAddress(typed)).toMatchObject({ ok: true, value: { warning: null } });
  });
});

test.each(['http://127.8.9.1:7070/', 'http://[::1]:8080/v1/events', 'http://[0:0:0:0:0:0:0:1]/'])(
  '%s is this computer too, but no extension may reach it there, and it is said how',
  (typed) => {
    const read = readAddress(typed);
    expect(read.ok && read.value.warning).toMatch(/Write localhost or 127\.0\.0\.1/);
  },
);

describe('an address that hides where it leads', () => {
  test.each([
    ['http://ok.example', 'https'],
    ['http://localhost.example/', 'https'],
    ['http://128.0.0.1/', 'https'],
    ['http://0x80.1/', 'https'],
    ['http://127.0.0.1.example/', 'https'],
    ['javascript:alert(1)', 'https'],
    ['file:///etc/passwd', 'https'],
    ['data:text/plain,x', 'https'],
    ['blob:https://ok.example/1', 'https'],
    ['chrome-extension://abc/x', 'https'],
    ['//h', 'https'],
    ['https:ok.example', 'https'],
    ['', 'https'],
    ['https://u:p@h.example/', 'user name'],
    ['https://@h.example/', 'user name'],
    ['https://', 'valid URL|incomplete'],
    ['https:///path', 'incomplete'],
    ['https://h..x/', 'incomplete'],
    ['https://.h.x/', 'incomplete'],
    ['https://ok.example:0/', 'port 0'],
    ['https://ok.example:99999/', 'valid URL'],
    [`https://ok.example/${'a'.repeat(2048)}`, 'longer'],
    ['https://ok.example/#fragment', 'fragment'],
    ['https://ok.example/#', 'fragment'],
    ['https://ok\u200b.example/', 'invisible'],
    ['https://ok\u00ad.example/', 'invisible'],
    ['https://ok.example/\u202egpj', 'invisible'],
    [' https://ok.example/', 'space'],
    ['https://ok.exa\tmple/', 'invisible'],
    ['https:\\\\ok.example/', 'backslash'],
    ['https://аpple.example/', 'different scripts'],
    ['https://ok.gοοgle.example/', 'different scripts'],
    ['https://p\u0430ypal\u4e2d.example/', 'different scripts'],
  ])('%s is refused: %s', (typed, why) => {
    const read = readAddress(typed);
    expect(read.ok).toBe(false);
    if (!read.ok) expect(read.error).toMatch(new RegExp(why));
  });
});

describe('an address that deserves a second look', () => {
  test.each([
    'https://10.0.0.1/',
    'https://192.168.1.5/',
    'https://172.16.0.1/',
    'https://172.31.255.1/',
    'https://169.254.169.254/latest',
    'https://100.64.0.1/',
    'https://0x0a.1/',
    'https://[fd00::1]/',
    'https://[fe80::1]/',
    'https://[::ffff:192.168.0.1]/',
    'https://intranet/',
    'https://collector.local/',
    'https://collector.internal/',
  ])('%s is private, and said to be', (typed) => {
    const read = readAddress(typed);
    expect(read.ok && read.value.warning).toMatch(/private network/);
  });

  test.each(['https://172.32.0.1/', 'https://11.0.0.1/', 'https://100.128.0.1/', 'https://[2001:db8::1]/'])(
    '%s is public',
    (typed) => {
      expect(readAddress(typed)).toMatchObject({ ok: true, value: { warning: null } });
    },
  );

  test('a name with unusual letters is shown as it really is', () => {
    const read = readAddress('https://аррӏе.example/');
    expect(read.ok && read.value.warning).toMatch(/really xn--80ak6aa92e\.example/);
  });
});
