/**
 * /join: where an invitation leads when it is clicked in a mail. The invitation stands behind the `#`, so it never comes here;
 * the page says what to do with it. It can set up nothing by itself: Countersign's own page shows what will change, and asks.
 */
import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import type { AppEnv } from '../env.ts';

const style = `
:root { color-scheme: light dark; --ink: #1c1d22; --quiet: #5b5e6b; --surface: #fff; --border: #d5d7de; --accent: #3b4cc0; }
@media (prefers-color-scheme: dark) { :root { --ink: #eceef4; --quiet: #a7abba; --surface: #1b1c20; --border: #3a3d47; --accent: #aab4ff; } }
body { margin: 0; background: var(--surface); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 34rem; margin: 0 auto; padding: 3rem 1.25rem; }
h1 { font-size: 1.4rem; line-height: 1.3; margin: 0 0 1rem; }
ol { padding-inline-start: 1.4rem; } li { margin-block: .6rem; } .quiet { color: var(--quiet); }
button { font: inherit; min-height: 36px; padding: 0 .9rem; border: 1px solid var(--accent); border-radius: 6px; background: none; color: var(--accent); cursor: pointer; }
button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }`;

const script = `
const button = document.getElementById('copy');
const told = document.getElementById('told');
if (location.hash.length < 2) {
  document.getElementById('whole').hidden = false;
} else {
  button.hidden = false;
  button.addEventListener('click', () => {
    navigator.clipboard.writeText(location.href).then(
      () => { told.textContent = 'Copied.'; },
      () => { told.textContent = 'The browser does not allow that: copy the address of this page instead.'; },
    );
  });
}`;

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>You are invited to a team · Countersign</title>
<style>${style}</style>
<main>
<h1>You are invited to review for a team</h1>
<p id="whole" hidden role="alert">This link is not whole: the invitation behind the # is missing. Ask for it again.</p>
<p>The address of this page is the invitation. Treat it like a password.</p>
<ol>
<li>Stay on this page and press the Countersign button of your browser: it offers to look at the invitation.</li>
<li>Or copy the link, open Countersign’s settings, choose “Join a team”, and paste it there.
<p><button id="copy" type="button" hidden>Copy the link</button> <span id="told" role="status" class="quiet"></span></p></li>
</ol>
<p class="quiet">Countersign then shows what would change on your computer, and asks you. Until you agree, nothing is changed and nothing is sent.</p>
</main>
<script>${script}</script>
</html>
`;

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const policy = [
  "default-src 'none'",
  `style-src ${hashOf(style)}`,
  `script-src ${hashOf(script)}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const joinRoute = () =>
  new Hono<AppEnv>().get('/', (context) =>
    context.html(page, 200, {
      'content-security-policy': policy,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    }),
  );
