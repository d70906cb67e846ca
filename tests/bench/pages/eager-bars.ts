/** The plain alternative to one shared toolbar: a bar of Preact in a shadow root after each answer. Runs inside a page. */
import { h, render } from 'preact';
import { useState } from 'preact/hooks';

const style = new CSSStyleSheet();
style.replaceSync(
  ':host{display:block}.bar{display:flex;gap:4px;font:13px sans-serif}button{height:28px;border:1px solid #ccc;border-radius:4px}',
);
const words = ['Approve', 'Reject', 'Correct', 'Unsure', 'More'];

function Bar({ name }: { readonly name: string }) {
  const [pressed, press] = useState<string | null>(null);
  return h(
    'div',
    { class: 'bar', role: 'toolbar', 'aria-label': name },
    words.map((word) =>
      h(
        'button',
        { key: word, type: 'button', 'aria-pressed': pressed === word, onClick: () => press(word) },
        h('span', { class: 'icon' }, '·'),
        h('span', { class: 'word' }, word),
      ),
    ),
    h('span', { class: 'state' }, pressed ?? 'Not judged'),
  );
}

/** Puts a bar after each element that matches and has none; answers how many were put. */
export function mount(selector: string): number {
  let count = 0;
  for (const answer of document.querySelectorAll(selector)) {
    if (answer.nextElementSibling?.localName === 'eager-bar') continue;
    const host = document.createElement('eager-bar');
    const root = host.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [style];
    answer.after(host);
    render(h(Bar, { name: `Answer ${count}` }), root);
    count += 1;
  }
  return count;
}
