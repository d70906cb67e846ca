/** What of the build runs inside pages; what the packages may do is in manifest.spec.ts. No browser is needed to read it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildFolder } from '../../scripts/lib/run.ts';
import { loadedWith } from '../../scripts/lib/sizes.ts';
import { siteRules } from '../../utils/detection/sites/index.ts';
import { browsers } from '../support/given.ts';

/** What runs inside pages; each is one file. */
const scripts = ['gate.js', 'overlay.js', 'finder.js', 'pointing.js', 'findings.js', 'composing.js', 'toolbar.js'];
/** Where the library of the schemas says that a key is unknown; what puts that into words is another file. */
const schemas = /code:\s*["'`]unrecognized_keys/;
const database = /IDBKeyRange/;

describe.each(browsers)('the build for %s', (browser) => {
  const folder = buildFolder(browser);
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');

  it('brings neither schemas nor the database into the page', () => {
    const inPage = scripts.flatMap((script) => [...loadedWith(folder, script)]);
    expect(inPage).toEqual(scripts);
    for (const file of inPage) {
      expect(read(file), file).not.toMatch(schemas);
      expect(read(file), file).not.toMatch(database);
    }
    // Both are where they belong, so that the search above means something.
    expect(read('background/shared.js')).toMatch(schemas);
    expect(read('background.js')).toMatch(database);
  });

  it('holds no noncharacters in what runs in pages: Chromium loads no script with one, and says nothing', () => {
    for (const file of scripts) expect(read(file), file).not.toMatch(/[\ufdd0-\ufdef\ufffe\uffff]/);
  });

  it('starts the background without what it needs only later: schemas, redaction and delivery', () => {
    const only = (mark: RegExp) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => /^background(?:[\\/].*)?\.js$/.test(file) && mark.test(read(file)))
        .map((file) => file.replaceAll('\\', '/'));
    expect(only(schemas)).toEqual(['background/shared.js']);
    expect(only(database)).toEqual(['background.js']);
    expect(only(/countersign-sender/)).toEqual(['background/sync.js']);
    expect(only(/PRIVATE KEY/)).toEqual(['background/prepare.js']);
  });

  it('brings no rule into the page but those that the background chose for it', () => {
    const selector = siteRules[0]?.variants[0]?.assistant as string;
    const has = (file: string) => read(file).includes(selector.replaceAll('"', '\\"')) || read(file).includes(selector);
    expect([...scripts, 'background.js', 'site-rules.json'].filter(has)).toEqual(['site-rules.json']);
    expect(JSON.parse(read('site-rules.json'))).toEqual(JSON.parse(JSON.stringify(siteRules)));
  });

  it('brings the polyfill of the extension API nowhere: both browsers have its promises', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));
    expect(files).toContain('background.js');
    expect(files.filter((file) => /webextension-polyfill|__mozWebExtensionPolyfillReject__/.test(read(file)))).toEqual(
      [],
    );
  });
});
