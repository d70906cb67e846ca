/** What the packages may do, and what a page can tell of them: read off the production builds, and off a page that looks. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildFolder } from '../../scripts/lib/run.ts';
import { loadedWith } from '../../scripts/lib/sizes.ts';
import { abouts } from '../../utils/connectors/abouts.ts';
import { siteRules } from '../../utils/detection/sites/index.ts';
import { until } from '../support/browser/poll.ts';
import { browsers, inEachBrowser } from '../support/given.ts';
import { htmlPage, thread } from '../support/hostile.ts';

const anySite = ['https://*/*', 'http://*/*'];
/** Hosts of sites with a rule of their own; it is shown elsewhere that the rules are good. */
const namedHosts = siteRules.flatMap(({ matches }) =>
  matches.map((pattern) => pattern.replace(/^[^:]+:\/\//, '').replace(/\/.*$/, '')),
);
const icons = Object.fromEntries([16, 32, 48, 128].map((size) => [size, `icon/${size}.png`]));

/** A policy as its directives. */
const directives = (policy: string): Record<string, readonly string[]> =>
  Object.fromEntries(
    policy.split(';').map((part) => {
      const [name = '', ...sources] = part.trim().split(/\s+/);
      return [name, sources];
    }),
  );

describe.each(browsers)('the package for %s', (browser) => {
  const folder = buildFolder(browser);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const code = files.filter((file) => /\.(?:js|css|html)$/.test(file)).map((file) => ({ file, text: read(file) }));
  /** Each place in the code that matches, as `file: match`. */
  const places = (pattern: RegExp) =>
    code.flatMap(({ file, text }) => Array.from(text.matchAll(pattern), ([match]) => `${file}: ${match}`));

  it('asks for what was approved, and for no site until a person turns one on', () => {
    const { content_security_policy: policy, ...manifest } = JSON.parse(read('manifest.json'));
    // The whole of it: whatever a build adds by itself shows here.
    expect(manifest).toEqual({
      manifest_version: 3,
      name: 'Countersign',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      description: expect.any(String),
      icons,
      action: { default_icon: icons, default_title: 'Countersign', default_popup: 'popup.html' },
      permissions: [
        ...['storage', 'unlimitedStorage', 'scripting', 'alarms', 'activeTab', 'contextMenus'],
        ...(browser === 'chromium' ? ['sidePanel'] : []),
      ],
      commands: {
        'review-selection': { suggested_key: { default: 'Alt+Shift+S' }, description: expect.any(String) },
        'point-at-answer': { suggested_key: { default: 'Alt+Shift+P' }, description: expect.any(String) },
        'open-queue': { suggested_key: { default: 'Alt+Shift+Q' }, description: expect.any(String) },
      },
      optional_host_permissions: anySite,
      incognito: 'not_allowed',
      web_accessible_resources: [
        {
          resources: ['editor.html', 'picker.html'],
          matches: anySite,
          ...(browser === 'chromium' && { use_dynamic_url: true }),
        },
      ],
      ...(browser === 'chromium'
        ? {
            background: { service_worker: 'background.js' },
            side_panel: { default_path: 'sidepanel.html' },
            minimum_chrome_version: '120',
            externally_connectable: { ids: [] },
            // What an organisation may set; Firefox has no such key.
            storage: { managed_schema: 'managed-schema.json' },
          }
        : {
            background: { scripts: ['background.js'] },
            sidebar_action: {
              default_panel: 'sidepanel.html',
              default_title: 'Countersign queue',
              // Nothing opens by itself.
              open_at_install: false,
            },
            browser_specific_settings: {
              gecko: {
                id: 'countersign@countersign.dev',
                strict_min_version: '140.0',
                data_collection_permissions: {
                  required: ['none'],
                  optional: [
                    'websiteContent',
                    'personalCommunications',
                    'websiteActivity',
                    'personallyIdentifyingInfo',
                  ],
                },
              },
            },
          }),
    });
    expect(Object.keys(policy)).toEqual(['extension_pages']);
  });

  it('runs only its own code, and writes no HTML', () => {
    const { content_security_policy: policy } = JSON.parse(read('manifest.json'));
    expect(directives(policy.extension_pages)).toEqual({
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      // The views set custom properties such as a row's height through `style` attributes; markup is never written.
      'style-src': ["'self'", "'unsafe-inline'"],
      'img-src': ["'self'", 'data:'],
      // Reviews go to the endpoint that the team names, by https. A collector on this computer, which `npm start` runs
      // and an engineer of the team tries first, has no certificate: it is the only place that plain http leads to.
      // The extension's own files: the background reads the bundled rules from one.
      'connect-src': ["'self'", 'https:', 'http://localhost:*', 'http://127.0.0.1:*'],
      'require-trusted-types-for': ["'script'"],
      // The one policy that there may be is that of the loader of Chromium's service worker; see the next test.
      'trusted-types': [browser === 'firefox' ? "'none'" : 'background-parts'],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
    });
  });

  it('holds no code made from text, none from elsewhere, and no source map', () => {
    expect(places(/\beval\s*\(|\bnew\s+Function\b|\bFunction\s*\(|=\s*Function\b(?!\.)/g)).toEqual([]);
    // A file is loaded by a name that does not stand there in one place, by the background's loader, which refuses (see its
    // own tests) what is not in its list; and that are the extension's own files.
    expect(places(/\bimportScripts\b(?=(?:\?\.)?\()/g)).toEqual(['background.js: importScripts']);
    expect(places(/\bimport\s*\((?!\s*[`'"])[^)]*\)/g)).toEqual(['background.js: import(url)']);
    const parts = /\(globalThis,(\{.*?\}),\(url\)=>import\(url\)\)/.exec(read('background.js'))?.[1] ?? '';
    const listed = Object.values<string[]>(JSON.parse(parts)).flat();
    expect(new Set(listed)).toEqual(new Set(files.filter((file) => file.startsWith('background/'))));
    expect(places(/\bimport\s*\(?\s*[`'"](?![./])[^`'"]*/g)).toEqual([]);
    expect(
      places(
        /<script[^>]*\ssrc=["'](?!\/)[^"']*|<link[^>]*\shref=["'](?!\/)[^"']*|url\(\s*["']?(?:https?:)?\/\/[^)]*/g,
      ),
    ).toEqual([]);
    expect(places(/sourceMappingURL/g)).toEqual([]);
    const data = ['manifest.json', 'managed-schema.json', 'site-rules.json'];
    expect(files.filter((file) => !/\.(?:js|css|html|png|svg)$/.test(file) && !data.includes(file))).toEqual([]);
  });

  it('names only addresses that are known, and fetches none of them', () => {
    const hosts = new Set(
      places(/https?:\/\/[\w.*-]*/g).map((place) => place.slice(place.indexOf(': ') + 2).replace(/^https?:\/\//, '')),
    );
    // The addresses of sites that rules know, and the examples in the form for a destination, come first.
    expect([...hosts].sort()).toEqual(
      [
        ...new Set([...namedHosts, ...Object.values(abouts).map(({ example }) => new URL(example).hostname)]),
        // Names of markup languages.
        'www.w3.org',
        // Where the context menu is offered.
        '*',
        // Examples for the address of a rule pack and the pattern of a rule.
        ...['collector.example.com', 'MY-SITE.example'],
        // What makes an address of a typed host.
        ...['localhost', '.', ''],
        // An example in the form for a site with traces, and the page of the made-up review, which no host can have.
        ...['chat.example.com', 'sample.invalid'],
        // Examples of an invitation's address and, at the end of a sentence, of a site in a team's file.
        ...['reviews.example.com', 'desk.example.com.'],
        // In the database library's messages to developers.
        ...['tinyurl.com', 'bit.ly'],
      ].sort(),
    );
    // `fetch` is called where reviews are delivered, where a model is asked that the reviewer has set, where an invitation's
    // file is asked for that the reviewer has given, and nowhere else.
    const fetching = code.filter(({ text }) => /\bfetch\b/.test(text));
    expect(fetching.map(({ file }) => file)).toContain('background.js');
    const others = fetching.filter(({ file }) => !/^background(?:\/[\w-]+)?\.js$/.test(file));
    const asks = (what: string) => others.filter(({ text }) => text.includes(what)).map(({ file }) => file);
    const known = [asks('/chat/completions'), asks('/v1/team')];
    expect(others.map(({ file }) => file).sort()).toEqual(known.flat().sort());
    for (const files of known) expect(files.length).toBeLessThanOrEqual(1);
    // They load on demand: no page has them from the start.
    const first = ['editor.html', 'workbench.html', 'popup.html', 'sidepanel.html'];
    for (const { file } of others)
      expect(first.filter((page) => loadedWith(buildFolder(browser), page).has(file))).toEqual([]);
    expect(places(/\bXMLHttpRequest\b|\bsendBeacon\b|\bWebSocket\b|\bEventSource\b|\bRTCPeerConnection\b/g)).toEqual(
      [],
    );
  });
});

inEachBrowser('a page that looks for the extension', (given) => {
  it('given a page that listens from its first line, when nobody has used the extension, then it finds nothing that it did not find without it', async () => {
    const listen = `<link rel="icon" href="data:,"><script>
      const heard = [];
      addEventListener('message', (event) => heard.push('message ' + String(event.data)), true);
      for (const target of [window, document]) target.addEventListener('securitypolicyviolation', (event) => heard.push('report ' + event.blockedURI), true);
      new PerformanceObserver((list) => { for (const entry of list.getEntries()) heard.push('resource ' + entry.name); }).observe({ type: 'resource', buffered: true });
      for (const name of ['attachShadow', 'setAttribute', 'append', 'appendChild', 'showPopover']) {
        const holder = name in Element.prototype && Object.hasOwn(Element.prototype, name) ? Element.prototype : name in Node.prototype ? Node.prototype : HTMLElement.prototype;
        const original = holder[name];
        holder[name] = function (...given) { if (!document.currentScript && /extension:/.test(new Error().stack)) heard.push('call ' + name); return original.apply(this, given); };
      }
      Object.defineProperty(window, Symbol.for('heard'), { value: heard });
    </script>`;
    const path = '/looking';
    given.chats.serve(path, {
      html: htmlPage(thread('Your parcel will be with you by Thursday.'), listen),
      // Reports whatever the policy does not name, and blocks nothing.
      headers: { 'content-security-policy-report-only': `default-src ${given.chats.origin} 'unsafe-inline' data:` },
    });
    const look = async (url: string, ready: boolean) => {
      const tab = await given.open(url);
      if (ready) await until('the overlay is on the page', tab.overlay);
      return tab.document.evaluate((root) => ({
        heard: (window as unknown as Record<symbol, string[]>)[Symbol.for('heard')] ?? [],
        globals: Object.getOwnPropertyNames(window).sort(),
        names: Array.from(root.querySelectorAll('*'), (element) =>
          element
            .getAttributeNames()
            .map((name) => `${name}=${element.getAttribute(name)}`)
            .join(' '),
        ),
        stores: [Object.keys(localStorage), Object.keys(sessionStorage), document.cookie],
        sheets: [document.styleSheets.length, document.adoptedStyleSheets.length, document.fonts.size],
        highlights: CSS.highlights.size,
        frames: window.length,
      }));
    };
    try {
      // The same page under another name of this computer, where the extension was never turned on.
      const without = await look(`${given.chats.origin.replace('127.0.0.1', 'localhost')}${path}`, false);
      const withIt = await look(`${given.chats.origin}${path}`, true);

      expect(withIt.heard).toEqual([]);
      expect(withIt.globals).toEqual(without.globals);
      expect(withIt.stores).toEqual(without.stores);
      expect(withIt.sheets).toEqual(without.sheets);
      expect({ frames: withIt.frames, highlights: withIt.highlights }).toEqual({ frames: 0, highlights: 0 });
      // One element is there that was not: it has no name.
      expect(withIt.names.filter((name) => /countersign|wxt|extension/i.test(name))).toEqual([]);
    } finally {
      given.chats.unserve(path);
    }
  });

  it('given the extension’s own address, when the page asks for its files, then it gets none but, in Firefox, the two empty frames', async () => {
    const tab = await given.open(given.chats.url('deep-chat', 'orders'));
    const files = readdirSync(buildFolder(given.browser), { recursive: true }).map(String);
    const got = await tab.document.evaluate(
      async (_root, origin, all) => {
        const answers = await Promise.all(
          all.map((file) =>
            fetch(`${origin}/${file}`, { mode: 'no-cors' }).then(
              () => file,
              () => null,
            ),
          ),
        );
        return answers.filter((file) => file !== null);
      },
      given.session.extensionOrigin,
      files,
    );
    // Chromium serves our frames in the page under an address that is new in each session; Firefox knows no such thing, but
    // draws the whole address anew for each user.
    expect(got.sort()).toEqual(given.browser === 'chromium' ? [] : ['editor.html', 'picker.html']);
  });
});
