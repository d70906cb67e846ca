/** What a captured answer reads like, as text and as Markdown, for every kind of markup and for hostile ones. */
import type { Page } from 'puppeteer-core';
import { expect, it } from 'vitest';
import { until } from '../support/browser/poll.ts';
import { inEachBareBrowser } from '../support/detection/bare.ts';
import { type DetectionWorld, seen, watch } from '../support/detection/page.ts';

/** What it is, its markup, the text, and the Markdown where it differs. */
const cases: readonly (readonly [name: string, html: string, text: string, markdown?: string])[] = [
  [
    'white space between inline nodes',
    'one\n  <b>two</b>\n<i> three</i> four',
    'one two three four',
    'one **two** *three* four',
  ],
  ['emphasis with spaces inside', 'a<b> b </b>c<em></em><strong> </strong>d', 'a b c d', 'a **b** c d'],
  ['nested emphasis', '<b>bold <i>both</i></b> <del>gone</del>', 'bold both gone', '**bold *both*** ~~gone~~'],
  ['emphasis around blocks', '<b><p>one</p><p>two</p></b>', 'one\n\ntwo', '**one**\n\n**two**'],
  ['line breaks', 'a<br>b<br><br>c<br>', 'a\nb\n\nc', 'a  \nb\n\nc'],
  ['blocks without a name', '<div>a<div>b</div>c</div><section>d</section>', 'a\nb\nc\nd'],
  ['a span that is a block', 'a<span style="display:block">b</span>c', 'a\nb\nc'],
  ['preserved line breaks', '<div style="white-space:pre-wrap">a\n b\n\nc</div>', 'a\n b\n\nc', 'a  \n b\n\nc'],
  ['headings', '<h1>One</h1><h3>Two <code>x</code></h3>text', 'One\n\nTwo x\n\ntext', '# One\n\n### Two `x`\n\ntext'],
  [
    'what looks like Markdown',
    '<p># no</p><p>1. no</p><p>- no</p><p>a*b*c _d_ e_f <x> [a](b) `c`</p>',
    '# no\n\n1. no\n\n- no\n\na*b*c _d_ e_f  [a](b) `c`'.replace('  ', ' '),
    '\\# no\n\n1\\. no\n\n\\- no\n\na\\*b\\*c \\_d\\_ e_f [a\\](b) \\`c\\`',
  ],
  [
    'lists',
    '<ul><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ul>e',
    'a\nb\nc\nd\n\ne',
    '- a\n  - b\n- c\n  d\n\ne',
  ],
  [
    'numbered lists',
    '<ol start="9"><li>nine</li><li>ten<pre><code>x\ny</code></pre></li></ol>',
    'nine\nten\n\nx\ny',
    '9. nine\n10. ten\n\n    ```\n    x\n    y\n    ```',
  ],
  [
    'tasks',
    '<ul><li><input type="checkbox" checked> done</li><li><input type="checkbox"> open</li></ul>',
    'done\nopen',
    '- [x] done\n- [ ] open',
  ],
  [
    'code with backticks',
    '<p><code>a`b</code> <code>`</code></p><pre><code class="lang-md">```\nx\n```\n</code></pre>',
    'a`b `\n\n```\nx\n```',
    '``a`b`` `` ` ``\n\n````md\n```\nx\n```\n````',
  ],
  [
    'code in lines of its own',
    '<pre data-language="py"><code><div>a = 1</div><div>b = 2</div></code></pre>',
    'a = 1\nb = 2',
    '```py\na = 1\nb = 2\n```',
  ],
  [
    'code with a header inside',
    '<pre><div><span>python</span><button>Copy</button></div><code>x</code></pre>',
    'x',
    '```python\nx\n```',
  ],
  ['quotes', '<blockquote><p>a</p><ul><li>b</li></ul></blockquote><p>c</p>', 'a\n\nb\n\nc', '> a\n>\n> - b\n\nc'],
  [
    'a table',
    '<table><tr><td>a</td><td>b<br>c</td></tr><tr><td>d|e</td></tr></table>',
    'a\tb c\nd|e',
    '| a | b c |\n| --- | --- |\n| d\\|e |  |',
  ],
  ['a rule', '<p>a</p><hr><p>b</p>', 'a\n\nb', 'a\n\n---\n\nb'],
  [
    'links',
    '<a href="https://x.example/a b">x</a> <a href="javascript:alert(1)">y</a> <a href="mailto:a@b.example">m</a> <a>n</a>',
    'x y m n',
    '[x](https://x.example/a%20b) y [m](mailto:a@b.example) n',
  ],
  [
    'images',
    'See <img alt="A [map]" src="https://x.example/m.png"> <img alt="" src="https://x.example/i.png"><img alt="inline" src="data:,">',
    'See A [map] inline',
    'See ![A \\[map\\]](https://x.example/m.png) ![inline]()',
  ],
  [
    'math',
    '<p>so <span class="katex"><math><semantics><mi>x</mi><annotation encoding="application/x-tex">x^2</annotation></semantics></math></span> and <math alttext="y_1"><mi>y</mi></math></p>',
    'so x^2 and y_1',
    'so $x^2$ and $y_1$',
  ],
  [
    'hidden things',
    '<p hidden>a</p><p style="display:none">b</p><p aria-hidden="true">c</p><span class="sr-only">d</span><style>e</style><script type="x">f</script><button>g</button><div role="button">h</div><textarea>i</textarea><svg><title>j</title></svg><template>k</template><p>seen</p>',
    'seen',
  ],
  [
    'foreign scripts and marks',
    'a\u200bb \u202ec\u202c \u{1f468}\u200d\u{1f469}\u200d\u{1f467} e\u0301 \u2028 \u00a0x',
    'a\u200bb \u202ec\u202c \u{1f468}\u200d\u{1f469}\u200d\u{1f467} e\u0301 \u2028 \u00a0x',
  ],
  ['a closed disclosure', '<details><summary>More</summary><p>Inside</p></details>', 'More\n\nInside'],
  [
    'a shadow root with slots',
    '<x-card><template shadowrootmode="open"><h2><slot name="title"></slot></h2><div><slot>nothing</slot></div><p><slot name="none">default</slot></p></template><span slot="title">Title</span>Text <b>bold</b></x-card>',
    'Title\n\nText bold\n\ndefault',
    '## Title\n\nText **bold**\n\ndefault',
  ],
];

const rules = [
  {
    id: 'own',
    name: 'Own',
    version: '1',
    matches: ['https://own.example/*'],
    variants: [{ id: 'a', assistant: '.answer', user: '.question' }],
    provenance: { source: 'this test', date: '2026-11-21', confidence: 'high' },
  },
];

inEachBareBrowser('in', (bare) => {
  async function own(body: string): Promise<Page> {
    const page = await bare.show('https://own.example/', `<!doctype html><meta charset="utf-8"><body>${body}</body>`);
    await watch(page, { rules });
    return page;
  }

  it.each(cases)('%s', async (_, html, text, markdown = text) => {
    const [captured] = await seen(await own(`<div class="answer">${html}</div>`));
    expect({ text: captured?.text, markdown: captured?.markdown }).toEqual({ text, markdown });
  });

  it('given an answer of a megabyte, what is kept is cut between characters, and says so', async () => {
    const tab = await own('<div class="answer">start</div>');
    const result = await tab.evaluate(() => {
      const { detector } = globalThis as unknown as DetectionWorld;
      const paragraph = `<p>${'word \u{1f600} '.repeat(120)}</p>`;
      const answer = document.querySelector('.answer');
      if (answer) answer.innerHTML = `x${paragraph.repeat(1100)}`;
      const response = detector.responses()[0];
      if (!response) return null;
      const start = performance.now();
      const { text, markdown, truncated, length } = detector.capture(response, 0);
      const ms = performance.now() - start;
      return { kept: text.length, markdown: markdown.length, wellFormed: text.isWellFormed(), truncated, length, ms };
    });
    expect(result).toMatchObject({ truncated: true, wellFormed: true });
    expect(result?.kept).toBeGreaterThanOrEqual(199_999);
    expect(result?.kept).toBeLessThanOrEqual(200_000);
    expect(result?.markdown).toBeLessThanOrEqual(400_000);
    expect(result?.length).toBeGreaterThan(1_000_000);
  });

  it('given nodes ten thousand deep and half a character, reading neither fails nor loses text', async () => {
    const tab = await own('<div class="answer">start</div>');
    const result = await tab.evaluate(() => {
      const { detector } = globalThis as unknown as DetectionWorld;
      let node = document.querySelector('.answer') as Element;
      node.textContent = 'half \ud83d ';
      for (let depth = 0; depth < 10_000; depth += 1) {
        node = node.appendChild(document.createElement(depth % 2 ? 'b' : 'blockquote'));
      }
      node.append('deep');
      const response = detector.responses()[0];
      const text = response ? detector.capture(response, 0).text : null;
      // The browser would lay it out for minutes before it shows the next page.
      document.body.replaceChildren();
      return text;
    });
    expect(result).toBe('half \ufffd\n\ndeep');
  });

  it('given a thread that is skipped while off screen, its answers are read all the same', async () => {
    const tab = await own(
      `<style>.turn{content-visibility:auto;contain-intrinsic-size:auto 400px}</style>${Array.from(
        { length: 40 },
        (_, at) =>
          `<div class="turn"><p class="question">${at}?</p><div class="answer"><p>Answer <b>${at}</b></p></div></div>`,
      ).join('')}`,
    );
    const responses = await until('all answers are found', async () => {
      const found = await seen(tab);
      return found.length === 40 && found;
    });
    expect(responses.map(({ prompt, markdown }) => `${prompt} ${markdown}`)).toEqual(
      Array.from({ length: 40 }, (_, at) => `${at}? Answer **${at}**`),
    );
  });

  it('the prompt is cut at its limit, and left out at none', async () => {
    const tab = await own('<p class="question">What is two and two?</p><p class="answer">Four.</p>');
    const prompts = await tab.evaluate(() => {
      const { detector } = globalThis as unknown as DetectionWorld;
      const [response] = detector.responses();
      return response ? [100, 8, 0].map((limit) => detector.capture(response, limit).prompt) : [];
    });
    expect(prompts).toEqual(['What is two and two?', 'What is ', null]);
    const alone = await tab.evaluate(() => {
      const { detector } = globalThis as unknown as DetectionWorld;
      return detector.responses().map((response) => detector.prompt(response, 8));
    });
    expect(alone).toEqual(['What is ']);
  });
});
