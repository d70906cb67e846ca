/** Holds the site rules together: each one registered, with pages to prove it, described, and of the documented shape. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { siteRuleSchema } from '../../../utils/detection/rule-schema.ts';
import { siteRules } from '../../../utils/detection/sites/index.ts';
import type { RuleVariant, SiteRule } from '../../../utils/detection/types.ts';

const folder = resolve('utils/detection/sites');
const fixtures = resolve('tests/fixtures/sites');
/** A folder for each kind of site; each file in one is a rule, but for the list of them. */
const kinds = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const files = kinds
  .flatMap(({ name }) => readdirSync(join(folder, name)))
  .map((file) => basename(file, '.ts'))
  .filter((file) => file !== 'index');
const prose = existsSync('docs/site-rules.md') ? readFileSync('docs/site-rules.md', 'utf8') : '';

interface Page {
  readonly responses: readonly { readonly variant: string }[];
  readonly messages: readonly unknown[];
  /** Its messages are found without the rule's variants. */
  readonly finder?: boolean;
}

function pagesOf(rule: string): Page[] {
  const names = readdirSync(join(fixtures, rule)).filter((file) => file.endsWith('.json'));
  return names.map((file) => JSON.parse(readFileSync(join(fixtures, rule, file), 'utf8')));
}

/** Whether its messages can be responses without a word from a reviewer. */
const answers = ({ assistant, draft, badge }: RuleVariant) => (assistant ?? draft ?? badge) !== undefined;

describe.each(files)('the rule in sites/*/%s.ts', (file) => {
  const rule = siteRules.find(({ id }) => id === file) as SiteRule;

  it('is registered under the name of its file', () => {
    expect(siteRules.map(({ id }) => id)).toContain(file);
  });

  it('has the documented shape', () => {
    const result = siteRuleSchema.safeParse(rule);
    expect(result.error?.issues ?? []).toEqual([]);
  });

  it('has a fixture page for each of its variants, each with what it must yield', () => {
    const pages = readdirSync(join(fixtures, file));
    const names = (ending: string) =>
      pages.filter((page) => page.endsWith(ending)).map((page) => basename(page, ending));
    expect(names('.html').length).toBeGreaterThan(0);
    expect(names('.json')).toEqual(names('.html'));
    const own = pagesOf(file).filter(({ finder }) => !finder);
    const proven = new Set(own.flatMap(({ responses }) => responses.map(({ variant }) => variant)));
    const ids = rule.variants.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([...proven]));
    for (const variant of rule.variants.filter(answers)) expect([...proven]).toContain(variant.id);
    // A rule without variants names an address and no messages.
    if (ids.length > 0) for (const page of pagesOf(file)) expect(page.messages.length).toBeGreaterThan(0);
  });

  it('is described in docs/site-rules.md with its date', () => {
    expect(prose).toContain(`### ${rule.name} (\`${rule.id}\`)`);
    expect(prose.split(`### ${rule.name} (\`${rule.id}\`)`)[1]?.split('\n### ')[0]).toContain(rule.provenance.date);
  });
});

describe('the registry', () => {
  it('has no rule without a file, and no id twice', () => {
    const ids = siteRules.map(({ id }) => id);
    expect([...ids].sort()).toEqual([...files].sort());
  });

  it('has no fixture folder without a rule', () => {
    expect(readdirSync(fixtures).sort()).toEqual([...files].sort());
  });
});
