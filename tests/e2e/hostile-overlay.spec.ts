/** A page that forges, hides, covers, moves and kills: no review is recorded by it, and none is made without sight. */
import { describe, expect, it } from 'vitest';
import { until } from '../support/browser/poll.ts';
import type { Tab } from '../support/browser/types.ts';
import { editorOf, overlayOf } from '../support/browser/ui.ts';
import { inEachBrowser, type Review } from '../support/given.ts';
import { asPage, htmlPage, middleOf, onlyHonestReviewCounts, openHostile, thread } from '../support/hostile.ts';
import { differingShare } from '../support/pictures.ts';

inEachBrowser('a hostile page and the overlay', (given) => {
  /** A trusted click in the middle of a control of the toolbar that has stood still long enough. */
  const clickApprove = async (review: Review) => {
    const { x, y } = await middleOf(review, 'Approve');
    await review.tab.page.mouse.click(x, y);
  };
  /** Waits as long as a control must stand in sight before a click counts, so that a refusal has another reason. */
  const steady = async (review: Review) => {
    let place = '';
    let still = Date.now();
    await until('the toolbar has stood still', async () => {
      const now = JSON.stringify((await review.toolbar.get('button', 'Approve')).box);
      if (now !== place) still = Date.now();
      place = now;
      return Date.now() - still > 700;
    });
  };

  it('given a page that patched attachShadow, when it looks for our root, then it finds none and its patch saw nothing', async () => {
    const review = await openHostile(
      given,
      `<script>
        window.attached = [];
        const attach = Element.prototype.attachShadow;
        Element.prototype.attachShadow = function (init) { window.attached.push(this.localName); return attach.call(this, init); };
      </script>`,
    );
    const found = await asPage(review)((root) => ({
      attached: (window as unknown as { attached: string[] }).attached,
      roots: Array.from(root.querySelectorAll('*'))
        .filter((element) => element.shadowRoot !== null)
        .map((element) => element.localName),
    }));
    expect(found.attached).not.toContain('div');
    expect(found.roots).toEqual(['deep-chat']);
  });

  it('given a page that sends events to everything it reaches, when it forges clicks and keys, then nothing is recorded', async () => {
    const review = await openHostile(given, '');
    await asPage(review)((root) => {
      // All but the page's own links and buttons, which would lead elsewhere.
      const targets = [window, document, ...root.querySelectorAll('*:not(a):not(button):not(li)')];
      for (const target of targets) {
        for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'dblclick'])
          target.dispatchEvent(new PointerEvent(type, { bubbles: true, composed: true, cancelable: true }));
        for (const key of ['a', 'r', '1', 'Enter', 'u', 'c'])
          for (const type of ['keydown', 'keypress', 'keyup'])
            target.dispatchEvent(new KeyboardEvent(type, { key, bubbles: true, composed: true, cancelable: true }));
      }
      for (const element of root.querySelectorAll<HTMLElement>('[popover]')) element.click();
    });
    await onlyHonestReviewCounts(given, review);
  });

  it('given a page that could reach into our root, when it clicks and submits in it, then nothing is recorded', async () => {
    const review = await openHostile(given, '');
    // What an open root would allow: the driver lends the page a reference that the page cannot get by itself.
    await review.toolbar.evaluate((root) => {
      for (const element of root.querySelectorAll<HTMLElement>('*')) {
        element.click?.();
        element.focus?.();
        for (const type of ['pointerdown', 'click', 'change', 'input', 'submit', 'toggle'])
          element.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
        for (const key of ['Enter', ' ', 'a'])
          element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
      }
      for (const form of root.querySelectorAll('form')) form.requestSubmit();
      document.execCommand('insertText', false, 'forged');
    });
    await onlyHonestReviewCounts(given, review);
  });

  it('given style sheets, inline styles and animations against our host, when they apply, then it looks as before', async () => {
    const review = await openHostile(given, '');
    const look = () =>
      review.toolbar.evaluate((root) => {
        const style = getComputedStyle((root as ShadowRoot).host);
        const names = [
          'opacity',
          'visibility',
          'pointer-events',
          'clip-path',
          'display',
          'filter',
          'transform',
          'position',
        ];
        return names.map((name) => `${name}: ${style.getPropertyValue(name)}`);
      });
    const before = await look();
    await asPage(review)((root) => {
      const rules =
        'opacity:0!important;visibility:hidden!important;pointer-events:none!important;clip-path:inset(50%)!important;display:none!important;filter:blur(9px)!important;transform:translateX(-999px)!important';
      const sheet = document.createElement('style');
      sheet.textContent = `[popover]{${rules}}`;
      document.head.append(sheet);
      for (const host of root.querySelectorAll<HTMLElement>('[popover]')) {
        host.animate({ opacity: [0, 0], visibility: ['hidden', 'hidden'] }, { duration: 1, fill: 'forwards' });
      }
    });
    expect(await look()).toEqual(before);
    await asPage(review)((root) => {
      for (const host of root.querySelectorAll<HTMLElement>('[popover]'))
        host.setAttribute('style', 'opacity:0!important;display:none!important');
    });
    expect(await look()).toEqual(before);
  });

  it('given a site that dims what is behind its own popovers, when our host is one, then nothing is dimmed', async () => {
    const review = await openHostile(
      given,
      '<style>::backdrop, [popover]::backdrop { background: red !important; display: block !important }</style>',
    );
    await review.toolbar.get('button', 'Approve');
    const display = await review.toolbar.evaluate(
      (root) => getComputedStyle((root as ShadowRoot).host, '::backdrop').display,
    );
    expect(display).toBe('none');
  });

  it('given a page that fades and covers itself, when the toolbar is photographed, then it stands on top as before', async () => {
    const review = await openHostile(given, '');
    await steady(review);
    const { box } = await review.toolbar.get('toolbar', 'Review this answer');
    const clip = {
      x: Math.ceil(box.x) + 4,
      y: Math.ceil(box.y) + 4,
      width: Math.floor(box.width) - 8,
      height: Math.floor(box.height) - 8,
    };
    await review.tab.page.mouse.move(5, 790);
    const picture = () => review.tab.page.screenshot({ clip, encoding: 'base64' });
    const beside = () =>
      review.tab.page.screenshot({ clip: { x: 300, y: 500, width: 50, height: 50 }, encoding: 'base64' });
    const [before, besideBefore] = [await picture(), await beside()];
    await asPage(review)(() => {
      document.body.style.cssText = 'opacity:.01;filter:blur(4px)';
      const cover = document.createElement('div');
      cover.style.cssText = 'position:fixed;inset:0;background:red;pointer-events:none;z-index:2147483647';
      document.documentElement.append(cover);
    });
    expect(await differingShare(review.tab.document, before, await picture())).toBeLessThan(0.02);
    // The rest of the page did change.
    expect(await differingShare(review.tab.document, besideBefore, await beside())).toBeGreaterThan(0.9);
  });

  it('given a cover in the top layer that lets clicks through, when the reviewer clicks what they cannot see, then it is refused or marked', async () => {
    const review = await openHostile(given, '');
    await steady(review);
    await asPage(review)(() => {
      const cover = document.createElement('div');
      cover.popover = 'manual';
      cover.style.cssText =
        'position:fixed;inset:0;width:100%;height:100%;background:white;pointer-events:none;border:0;margin:0';
      document.documentElement.append(cover);
      cover.showPopover();
    });
    await steady(review);
    await clickApprove(review);

    if (given.browser === 'chromium') {
      await review.toolbar.shows('Something covers this toolbar');
      expect((await given.inside.stored()).revisions).toEqual([]);
    } else {
      // Firefox cannot tell; the review says so, and can be undone for 8 s.
      const [row] = await given.inside.revisions(1);
      expect(row?.review.visibility).toBe('unverified');
    }
  });

  it('given a page that shows a popover again and again, when it fights for the top, then the overlay gives way and the page works', async () => {
    const review = await openHostile(given, '');
    await asPage(review)((root) => {
      const host = Array.from(root.querySelectorAll<HTMLElement>('[popover]')).at(-1) as HTMLElement;
      setInterval(() => host.hidePopover(), 50);
    });
    await until('the overlay has given way', async () => !(await review.toolbar.exists()), { timeoutMs: 20_000 });
    expect(await asPage(review)(() => document.readyState)).toBe('complete');
    expect((await given.inside.stored()).revisions).toEqual([]);
  });

  it('given a page that moves our host into a faded box, when the reviewer clicks at once, then nothing is recorded', async () => {
    const review = await openHostile(given, '');
    await steady(review);
    const { x, y } = await middleOf(review, 'Approve');
    await asPage(review)((root) => {
      const box = document.createElement('div');
      box.style.opacity = '.01';
      document.body.append(box);
      window.addEventListener(
        'pointerdown',
        () => box.append(Array.from(root.querySelectorAll<HTMLElement>('[popover]')).at(-1) as HTMLElement),
        { capture: true, once: true },
      );
    });
    await review.tab.page.mouse.click(x, y);
    await onlyHonestReviewCounts(given, review);
  });

  it('given a page that removes our host again and again, when it is put back three times, then it stays away', async () => {
    const review = await openHostile(given, '');
    const removals = await asPage(review)(async (root) => {
      let count = 0;
      for (let round = 0; round < 100; round += 1) {
        for (const host of root.querySelectorAll('[popover]')) {
          host.remove();
          count += 1;
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return count;
    });
    expect(removals).toBeGreaterThan(1);
    expect(removals).toBeLessThanOrEqual(4);
    expect(await review.toolbar.exists()).toBe(false);
  });

  it('given a chat inside a modal dialog, when everything else is inert, then it can be judged there', async () => {
    given.chats.serve('/modal', {
      html: htmlPage(
        `<dialog style="width:700px">${thread('Your parcel will be with you by Thursday.')}</dialog><script>document.querySelector('dialog').showModal()</script>`,
      ),
    });
    const tab = await given.open(`${given.chats.origin}/modal`);
    const toolbar = overlayOf(tab);
    await toolbar.get('button', 'Approve');
    await toolbar.click('button', 'Approve');
    await toolbar.shows('Saved on this computer');
    await given.inside.revisions(1);
  });

  it('given a view transition that lasts, when the reviewer clicks through it, then Chromium records nothing unseen', async () => {
    const review = await openHostile(
      given,
      '<style>::view-transition-group(root),::view-transition-old(root){animation-duration:60s}</style>',
    );
    await steady(review);
    const { x, y } = await middleOf(review, 'Approve');
    const started = await asPage(review)(async () => {
      const start = (document as { startViewTransition?: (change: () => void) => { ready: Promise<void> } })
        .startViewTransition;
      if (!start) return false;
      await start.call(document, () => {
        document.body.style.background = 'navy';
      }).ready;
      return true;
    });
    expect(started).toBe(true);
    await review.tab.page.mouse.click(x, y);
    const { revisions } = await given.inside.stored();
    if (given.browser === 'chromium') expect(revisions).toEqual([]);
    else for (const row of revisions) expect(row.review.visibility).toBe('unverified');
  });

  it('given an answer that the page moves away, when the click follows at once, then it is refused', async () => {
    const review = await openHostile(given, '');
    await steady(review);
    await asPage(review)((root) => {
      (root.querySelector('main') as HTMLElement).style.marginTop = '90px';
    });
    await clickApprove(review);
    await review.toolbar.shows(/Just moved/);
    await onlyHonestReviewCounts(given, review);
  });

  it('given a page that knows how content scripts of this framework die, when it sends their message, then the overlay stays', async () => {
    const review = await openHostile(given, '');
    const id = new URL(given.session.extensionOrigin).host;
    await asPage(review)((_root, extensionId) => {
      for (const name of ['overlay', 'toolbar', 'content']) {
        for (const type of [`${extensionId}:${name}:wxt:content-script-started`, 'wxt:content-script-started']) {
          const detail = { contentScriptName: name, messageId: 'x' };
          document.dispatchEvent(new CustomEvent(type, { detail }));
          window.postMessage({ type, ...detail }, '*');
        }
      }
    }, id);
    await onlyHonestReviewCounts(given, review);
  });

  it('given a page that listens from the start, when the overlay works, then nothing tells the page that it is there before it is used', async () => {
    const review = await openHostile(
      given,
      `<script>
        window.signs = [];
        addEventListener('message', (event) => window.signs.push('message ' + JSON.stringify(event.data)), true);
        addEventListener('securitypolicyviolation', (event) => window.signs.push('csp ' + event.blockedURI), true);
        window.globalsBefore = Object.getOwnPropertyNames(window);
      </script>`,
    );
    const id = new URL(given.session.extensionOrigin).host;
    const found = await asPage(review)(async (root, origin) => {
      const page = window as unknown as { signs: string[]; globalsBefore: string[] };
      const known = new Set([...page.globalsBefore, 'globalsBefore', 'signs']);
      const fetched = await Promise.all(
        ['manifest.json', 'editor.html', 'overlay.js', 'icon/16.png'].map((file) =>
          fetch(`${origin}/${file}`).then(
            () => file,
            () => null,
          ),
        ),
      );
      return {
        signs: page.signs,
        globals: Object.getOwnPropertyNames(window).filter((name) => !known.has(name)),
        resources: performance
          .getEntriesByType('resource')
          .map((entry) => entry.name)
          .filter((name) => /extension:/.test(name)),
        fetched: fetched.filter((file) => file !== null),
        named: Array.from(root.querySelectorAll('*'), (element) => `${element.id} ${element.className}`).filter(
          (name) => /countersign/i.test(name),
        ),
        highlights: (CSS as unknown as { highlights?: { size: number } }).highlights?.size ?? 0,
      };
    }, given.session.extensionOrigin);
    expect(found.signs.filter((sign) => sign.includes(id) || /countersign/i.test(sign))).toEqual([]);
    expect(found.resources).toEqual([]);
    expect(found.named).toEqual([]);
    expect(found.highlights).toBe(0);
    expect(found.globals.filter((name) => /countersign|wxt/i.test(name))).toEqual([]);
    // The editor's page must be loadable as a frame. Chromium hides it behind an address that changes; Firefox cannot.
    expect(found.fetched).toEqual(
      given.browser === 'chromium' ? [] : expect.not.arrayContaining(['manifest.json', 'overlay.js', 'icon/16.png']),
    );
  });

  const strict = {
    // The icon is Firefox's own request: it would report it with or without us.
    'content-security-policy':
      "default-src 'none'; script-src 'nonce-a'; style-src 'none'; frame-src 'none'; img-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
  };
  const isolated = { 'cross-origin-embedder-policy': 'require-corp', 'cross-origin-opener-policy': 'same-origin' };

  describe.each([
    ['a strict policy', strict],
    ['cross-origin isolation', isolated],
  ] as const)('given a page with %s', (_what, headers) => {
    const listener =
      "<script nonce=\"a\">window.violations = []; addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective + ' ' + event.sourceFile), true)</script>";
    const openPage = async () => {
      const html = htmlPage(thread('Your parcel will be with you by Thursday.'), listener);
      given.chats.serve('/strict', { headers, html });
      const tab = await given.open(`${given.chats.origin}/strict`);
      return { tab, toolbar: overlayOf(tab), editor: editorOf(tab) };
    };
    const violations = (tab: Tab) =>
      tab.document.evaluate(() => (window as unknown as { violations: string[] }).violations);

    it('when the reviewer approves with one key, then it is stored and the page is told of no violation', async () => {
      const { tab, toolbar } = await openPage();
      await toolbar.get('button', 'Approve');
      await tab.page.keyboard.press('a');
      await toolbar.shows('Approved · Saved on this computer');
      await given.inside.revisions(1);
      expect(await violations(tab)).toEqual([]);
    });

    it('when the reviewer corrects, then the editor works, or says that it cannot open here', async () => {
      const { tab, toolbar, editor } = await openPage();
      await toolbar.get('button', 'Correct');
      await tab.page.keyboard.press('c');
      if (headers === isolated && given.browser === 'chromium') {
        // Chromium serves the frame from an address that changes with each session, and isolation blocks the way there.
        await toolbar.shows('This page does not let the editor open.');
        return;
      }
      await editor.fill('Correction', 'It will be there on Friday.');
      await editor.click('button', 'Save');
      await editor.shows('Saved on this computer');
      await given.inside.revisions(1);
      expect(await violations(tab)).toEqual([]);
    });
  });

  it('given a sandboxed page without an origin, when it shows answers, then the extension stays away', async () => {
    given.chats.serve('/sandboxed', {
      headers: { 'content-security-policy': 'sandbox allow-scripts' },
      html: htmlPage(thread('Your parcel will be with you by Thursday.')),
    });
    const honest = await given.openChat('deep-chat', 'orders');
    await honest.toolbar.get('button', 'Approve');
    const tab = await given.open(`${given.chats.origin}/sandboxed`);
    await until('the thread is there', () =>
      tab.document.evaluate((root) => root.querySelector('.cs-message') !== null),
    );
    // A page opened later with the overlay on it shows that there was time enough.
    const later = await given.openChat('deep-chat', 'orders');
    await later.toolbar.get('button', 'Approve');
    expect(await tab.overlay()).toBeNull();
  });
});
