/** What of the build runs inside pages; what the packages may do is in manifest.spec.ts. No browser is needed to read it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildFolder } from '../../scripts/lib/run.ts';
import { loadedWith } from '../../scripts/lib/sizes.ts';
import { browsers } from '../support/given.ts';

const schemas = /unrecognized_keys/;
const database = /IDBKeyRange/;

describe.each(browsers)('the build for %s', (browser) => {
  const folder = buildFolder(browser);
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');

  it('brings neither schemas nor the database into the page', () => {
    const inPage = [...loadedWith(folder, 'overlay.js'), ...loadedWith(folder, 'toolbar.js')];
    expect(inPage.sort()).toEqual(['overlay.js', 'toolbar.js']);
    for (const file of inPage) {
      expect(read(file), file).not.toMatch(schemas);
      expect(read(file), file).not.toMatch(database);
    }
    // Both are where they belong, so that the search above means something.
    expect(read('background.js')).toMatch(schemas);
    expect(read('background.js')).toMatch(database);
  });
});
