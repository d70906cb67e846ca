// @vitest-environment happy-dom
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { hasSign } from '../../../entrypoints/gate/signs.ts';
import { siteRules } from '../../../utils/detection/sites/index.ts';
import { withDeclaredRoots } from '../../support/detection/declared-roots.ts';

const folder = 'tests/fixtures/sites';

/** Pages of products that any site may embed, as far as they stand still: what a script makes is for a real browser. */
const pages = siteRules
  .filter(({ matches }) => matches.length === 0)
  .filter(({ id }) => existsSync(join(folder, id)))
  .flatMap(({ id }) => {
    const read = (file: string) => readFileSync(join(folder, id, file), 'utf8');
    const files = readdirSync(join(folder, id)).filter((file) => file.endsWith('.html'));
    return files.map((file) => ({
      name: `${id}/${file.slice(0, -5)}`,
      html: read(file),
      expected: JSON.parse(read(file.replace(/html$/, 'json'))),
    }));
  })
  .filter(({ html, expected }) => !html.includes('<script') && expected.messages?.length > 0);

const show = (html: string) => {
  document.documentElement.innerHTML = html.replace(/^<!doctype html>/i, '');
  withDeclaredRoots(document);
};

beforeEach(() => show('<body></body>'));

describe('signs of a conversation', () => {
  it('given pages of products that any site may embed, there are some', () => {
    expect(pages.length).toBeGreaterThan(10);
  });

  it.each(pages)('given $name, it has a sign', ({ html }) => {
    show(html);
    expect(hasSign(document)).toBe(true);
  });

  it.each([
    ['a composer', '<form><textarea></textarea></form>'],
    ['a composer without a form', '<div contenteditable="true"></div>'],
    ['a composer of a framework', '<div role="textbox"></div>'],
    ['a log', '<ul role="log"></ul>'],
    ['a declared role', '<div data-message-author-role="assistant">Hello</div>'],
    ['a declaration of the page', '<p ai-disclosure="autonomous">Hello</p>'],
    ['a name', '<div class="MyChatPanel"></div>'],
  ])('given %s, it has a sign', (_what, html) => {
    document.body.innerHTML = html;
    expect(hasSign(document)).toBe(true);
  });

  it.each([
    ['an article', '<article><h1>Tents</h1><p>They keep you dry.</p><img alt=""></article>'],
    ['a shop', '<form role="search"><input type="search"></form><ul><li><button>Buy</button></li></ul>'],
    ['a part that was made uneditable', '<div contenteditable="false">Not here</div>'],
    ['an element of its own without anything inside', '<my-menu></my-menu>'],
  ])('given %s, it has none', (_what, html) => {
    document.body.innerHTML = html;
    expect(hasSign(document)).toBe(false);
  });

  it('given a widget in shadow roots inside one another, it has a sign, and the roots on the way are told', () => {
    document.body.innerHTML = '<p>A page</p><my-widget></my-widget>';
    const outer = (document.querySelector('my-widget') as Element).attachShadow({ mode: 'open' });
    outer.innerHTML = '<div><my-panel></my-panel></div>';
    const inner = (outer.querySelector('my-panel') as Element).attachShadow({ mode: 'open' });
    const roots: ShadowRoot[] = [];
    expect(hasSign(document, (root) => roots.push(root))).toBe(false);
    expect(roots).toEqual([outer, inner]);
    inner.innerHTML = '<textarea></textarea>';
    expect(hasSign(document)).toBe(true);
  });

  it('given a page of more elements than one look is worth, the end is looked at first', () => {
    document.body.innerHTML = `<my-frame></my-frame>${'<i></i>'.repeat(12_000)}<my-widget></my-widget>`;
    const rooted = (name: string) => (document.querySelector(name) as Element).attachShadow({ mode: 'open' });
    const roots: ShadowRoot[] = [];
    const [far, near] = [rooted('my-frame'), rooted('my-widget')];
    hasSign(document, (root) => roots.push(root));
    expect(roots).toContain(near);
    expect(roots).not.toContain(far);
  });
});
