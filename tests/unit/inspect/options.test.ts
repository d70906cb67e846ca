import { describe, expect, it } from 'vitest';
import { readInspectOptions, usage } from '../../../scripts/lib/inspect/options.ts';

describe('the command line of npm run inspect', () => {
  it('given a file and its address, then the file is shown there', () => {
    expect(readInspectOptions(['page.html', '--as', 'https://chatgpt.com/c/1', '--json'])).toEqual({
      ...{ file: 'page.html', url: 'https://chatgpt.com/c/1', rules: null, json: true, browser: 'chromium' },
    });
  });

  it('given a file alone, then it gets an address that belongs to nobody', () => {
    expect(readInspectOptions(['--', 'saved/my page.html'])).toMatchObject({
      file: 'saved/my page.html',
      url: 'https://page.example/my%20page.html',
    });
    expect(readInspectOptions(['file:///tmp/a.html'])).toMatchObject({ file: '/tmp/a.html' });
  });

  it('given a URL, then it is opened for real, in the browser and with the rules that were asked for', () => {
    expect(readInspectOptions(['http://127.0.0.1:1/x', '--browser', 'firefox', '--rules', 'p.json'])).toEqual({
      ...{ file: null, url: 'http://127.0.0.1:1/x', rules: 'p.json', json: false, browser: 'firefox' },
    });
  });

  it.each([
    [[], /Which page/],
    [['a.html', 'b.html'], /One page at a time/],
    [['a.html', '--as', 'chatgpt.com'], /not chatgpt\.com/],
    [['https://a.example', '--as', 'https://b.example'], /--as is for a file/],
    [['a.html', '--browser', 'safari'], /not safari/],
    [['a.html', '--colour'], /--colour/],
  ])('given %j, says what is wrong', (args, words) => {
    expect(readInspectOptions(args)).toMatch(words);
  });

  it('given --help, explains itself', () => {
    expect(readInspectOptions(['--help'])).toBe(usage);
  });
});
