/**
 * Where the content scripts run. The browser's granted host permissions are the only record of which sites are on; the
 * registered scripts follow them, so that a revoked permission can leave nothing behind. The gate goes everywhere where
 * they allow it, the overlay at once to the hosts that a rule names, and elsewhere where the gate asks for it.
 */
import type { Browser, Scripting } from '../../utils/browser.ts';
import { commonHosts, coversHost } from '../../utils/detection/host-pattern.ts';
import { report } from '../../utils/errors.ts';
import { sitePattern, webPatterns } from '../../utils/messaging/site-pattern.ts';
import type { PartName } from '../../utils/parts.ts';
import { findingStyle } from './finding-style.ts';

const GATE = { id: 'countersign-gate', file: 'gate.js' };
const OVERLAY = { id: 'countersign-overlay', file: 'overlay.js' };
/** Stands between a composer and the page, and so before any script of the page. */
const COMPOSER_GATE = { id: 'countersign-composer-gate', file: 'composer-gate.js' };
const DRAWING_FILE = 'toolbar.js';
const FINDER_FILE = 'finder.js';

/** A frame, and the document in it where the browser tells them apart. */
export interface Frame {
  readonly tabId: number;
  readonly frameId: number;
  readonly documentId: string;
}

export interface Sites {
  /** Whether the overlay may work on this origin: permission granted, and not paused. */
  isOn(origin: string): Promise<boolean>;
  /**
   * Makes the registration match the granted permissions and the rules. Calls are made one after the other. Answers whether
   * scripts are registered now that were not: pages that loaded before have none.
   */
  reconcile(): Promise<boolean>;
  /** Starts the scripts in tabs that are open already: of these patterns, or of all granted ones. */
  inject(patterns?: readonly string[]): Promise<void>;
  /** Starts them in one tab. */
  injectInto(tabId: number): Promise<void>;
  /** Loads what finds responses into a frame whose gate saw a sign of a conversation. */
  wake(frame: Frame): Promise<void>;
  /** Loads what draws into a frame in which the overlay has found a response. */
  draw(frame: Frame): Promise<void>;
  /** Loads what finds answers without a rule. */
  find(frame: Frame): Promise<void>;
  /** Starts the gate in the open tabs that it governs. */
  guard(): Promise<void>;
  /** Loads a part of what draws that few pages need. */
  load(frame: Frame, part: PartName): Promise<void>;
}

interface SitesParts {
  readonly permissions: Browser['permissions'];
  readonly scripting: Browser['scripting'];
  readonly tabs: Browser['tabs'];
  readonly isPaused: () => Promise<boolean>;
  /** The match patterns of all rules in force, whatever the permissions say. */
  readonly namedHosts: () => Promise<readonly string[]>;
  /** The match patterns of the hosts on which drafts are governed, whatever the permissions say. */
  readonly governedHosts: () => Promise<readonly string[]>;
}

type Target = Scripting.InjectionTarget;

/** What is registered of one script: where it goes, and where not. */
interface Reach {
  readonly matches: readonly string[];
  readonly excludeMatches: readonly string[];
}

const sameReach = (a: Reach, b: Reach) =>
  a.matches.join(' ') === b.matches.join(' ') && a.excludeMatches.join(' ') === b.excludeMatches.join(' ');

export function createSites({ permissions, scripting, tabs, isPaused, namedHosts, governedHosts }: SitesParts): Sites {
  const granted = async () => webPatterns((await permissions.getAll()).origins);
  const named = async () => commonHosts(await granted(), await namedHosts());
  const governed = async () => commonHosts(await granted(), await governedHosts());

  async function register(id: string, file: string, wanted: Reach, runAt = 'document_idle'): Promise<boolean> {
    const [script] = await scripting.getRegisteredContentScripts({ ids: [id] });
    const sorted = (patterns: readonly string[] | null | undefined) => [...(patterns ?? [])].sort();
    const current = { matches: sorted(script?.matches), excludeMatches: sorted(script?.excludeMatches) };
    if (sameReach(wanted, current)) return false;
    if (script) await scripting.unregisterContentScripts({ ids: [id] });
    if (wanted.matches.length === 0) return false;
    await scripting.registerContentScripts([
      {
        id,
        js: [file],
        matches: [...wanted.matches],
        ...(wanted.excludeMatches.length > 0 ? { excludeMatches: [...wanted.excludeMatches] } : {}),
        allFrames: true,
        // A chat widget often lives in a frame without an address of its own (about:srcdoc, or about:blank written into).
        matchOriginAsFallback: true,
        runAt,
        persistAcrossSessions: true,
      } as Scripting.RegisteredContentScript,
    ]);
    return true;
  }

  async function follow(): Promise<boolean> {
    const paused = await isPaused();
    const [everywhere, hosts] = paused ? [[], []] : [await granted(), await named()];
    const overlay = await register(OVERLAY.id, OVERLAY.file, { matches: hosts, excludeMatches: [] });
    const drafts = { matches: paused ? [] : await governed(), excludeMatches: [] };
    const composerGate = await register(COMPOSER_GATE.id, COMPOSER_GATE.file, drafts, 'document_start');
    // Where the overlay goes by itself, nobody needs to ask for it.
    const rest = everywhere.filter((pattern) => !hosts.some((host) => coversHost(host, pattern)));
    const gate = await register(GATE.id, GATE.file, { matches: rest, excludeMatches: rest.length > 0 ? hosts : [] });
    return overlay || composerGate || gate;
  }

  async function load(target: Target, file: string, when: string): Promise<boolean> {
    try {
      await scripting.executeScript({ target, files: [file] });
      return true;
    } catch (thrown) {
      // A tab that is just loading, crashed or an error page, a frame that is gone, or the permission with it.
      report(thrown, when);
      return false;
    }
  }

  /** The document where the browser knows it, so that another one in the same frame gets nothing. */
  const only = ({ tabId, frameId, documentId }: Frame): Target =>
    documentId === '' ? { tabId, frameIds: [frameId] } : ({ tabId, documentIds: [documentId] } as unknown as Target);

  async function guardTab(tabId: number | undefined): Promise<void> {
    if (tabId === undefined) return;
    await load({ tabId, allFrames: true }, COMPOSER_GATE.file, 'starting the gate in an open tab');
  }

  async function start(tabId: number, url: string | undefined, hosts: readonly string[]): Promise<void> {
    const when = 'starting in an open tab';
    if (url !== undefined && hosts.some((host) => coversHost(host, sitePattern(new URL(url).origin)))) {
      await load({ tabId }, OVERLAY.file, when);
    }
    await load({ tabId, allFrames: true }, GATE.file, when);
    const address = url === undefined ? null : sitePattern(new URL(url).origin);
    if (address && (await governed()).some((host) => coversHost(host, address))) await guardTab(tabId);
  }

  let last: Promise<unknown> = Promise.resolve();
  return {
    async isOn(origin) {
      if (await isPaused()) return false;
      return permissions.contains({ origins: [sitePattern(origin)] });
    },
    reconcile() {
      const followed = last.then(follow, follow);
      last = followed;
      return followed;
    },
    async inject(patterns) {
      const url = patterns ? webPatterns(patterns) : await granted();
      if (url.length === 0 || (await isPaused())) return;
      const [open, hosts] = [await tabs.query({ url, discarded: false }), await named()];
      await Promise.all(open.map((tab) => (tab.id === undefined ? null : start(tab.id, tab.url, hosts))));
    },
    async injectInto(tabId) {
      // A tab that is gone has no address, and takes no script.
      const url = await tabs.get(tabId).then(
        (tab) => tab.url,
        () => undefined,
      );
      await start(tabId, url, await named());
    },
    async wake(frame) {
      await load(only(frame), OVERLAY.file, 'loading the overlay');
    },
    async draw(frame) {
      await load(only(frame), DRAWING_FILE, 'loading the toolbar');
    },
    async find(frame) {
      await load(only(frame), FINDER_FILE, 'loading the finder');
    },
    async guard() {
      const url = (await isPaused()) ? [] : await governed();
      if (url.length === 0) return;
      await Promise.all((await tabs.query({ url: [...url], discarded: false })).map(({ id }) => guardTab(id)));
    },
    async load(frame, part) {
      if (part === 'findings') {
        // A frame that is gone, or the permission with it: then there is nothing to paint on either.
        const style = { target: only(frame), css: findingStyle, origin: 'USER' } as const;
        await scripting
          .insertCSS(style as Scripting.CSSInjection)
          .catch((thrown) => report(thrown, 'styling findings'));
      }
      await load(only(frame), `${part}.js`, `loading ${part}`);
    },
  };
}
