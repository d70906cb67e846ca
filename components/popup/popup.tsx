import { ArrowRight, Settings, TriangleAlert } from 'lucide';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import { keyName } from '../controls/kbd.tsx';
import { Switch } from '../controls/switch.tsx';
import { type LossFacts, lossWords } from '../workbench/loss-words.ts';
import { countWords, numberWords } from '../workbench/wording.ts';
import { type CopyState, type PageHealth, PageHealthPart } from './page-health.tsx';

/** The page in the current tab. */
export type SiteState =
  | { readonly is: 'reading' }
  | { readonly is: 'unavailable'; readonly because: string }
  | { readonly is: 'site'; readonly name: string; readonly on: boolean };

/** A known site that could be turned on from here. */
export interface Offer {
  readonly name: string;
  readonly patterns: readonly string[];
}

/** What lies here and what became of it. */
export interface PopupCounts {
  /** Of the current site. */
  readonly here: number;
  readonly all: number;
  readonly owed: number;
  readonly dead: number;
  readonly destinations: number;
  /** Destinations that wait for the reviewer. */
  readonly stopped: number;
  /** Answers set aside and not judged since. */
  readonly aside: number;
}

/** So many known sites are offered here. */
const OFFERS = 8;

interface PopupProps {
  readonly site: SiteState;
  readonly paused: boolean;
  /** null while they are read. */
  readonly counts: PopupCounts | null;
  /** Shown as long as no site is on. */
  readonly offers: readonly Offer[];
  /** Keys of the common judgements, where single keys are on. */
  readonly keys: { readonly approve: string; readonly reject: string; readonly correct: string } | null;
  /** Why the last thing did not work. */
  readonly problem: string | null;
  /** What the browser has lost of what was stored here; null for nothing. */
  readonly loss: LossFacts | null;
  /** Within the click: the browser asks for its permission only there. */
  readonly onToggle: (on: boolean) => void;
  readonly onOffer: (offer: Offer) => void;
  readonly onPause: (paused: boolean) => void;
  /** What is done with drafts of an AI on this site. */
  readonly drafts: { readonly gate: boolean; readonly delta: boolean };
  readonly onDrafts: (what: 'gate' | 'delta', on: boolean) => void;
  /** What detection sees on this page; null while it is asked. */
  readonly health: PageHealth | null;
  readonly copied: CopyState;
  readonly onPoint: () => void;
  /** Within the click: browsers open a side panel only there. */
  readonly onQueue: () => void;
  /** Within the click: browsers give the clipboard only there. */
  readonly onCopy: (withTexts: boolean) => void;
  /** Where the invitation of this page can be looked at; null where it is none. */
  readonly invitation: string | null;
  /** Address of a view of the workbench. */
  readonly linkTo: (
    view: 'reviews' | 'here' | 'waiting' | 'delivery' | 'sites' | 'settings' | 'welcome' | 'privacy',
  ) => string;
}

function hintOf({ site, paused, keys }: PopupProps): string {
  if (site.is !== 'site' || !site.on)
    return 'The browser will ask whether Countersign may read this site, and no other.';
  if (paused) return 'Paused: nothing is shown or read until you go on.';
  if (!keys) return 'Move the pointer over an answer and use the toolbar beside it.';
  const { approve, reject, correct } = keys;
  return `On an answer, press ${keyName(approve)} to approve, ${keyName(reject)} to reject, ${keyName(correct)} to correct.`;
}

function SiteSwitch(props: PopupProps) {
  const { site, onToggle } = props;
  if (site.is === 'reading') return <div class="pp-site" />;
  if (site.is === 'unavailable') {
    return (
      <div class="pp-site">
        <p>Not available on this page</p>
        <p class="quiet small">{site.because}</p>
      </div>
    );
  }
  return (
    <div class="pp-site">
      <Switch
        label={`Countersign is ${site.on ? 'on' : 'off'} for ${site.name}`}
        hint={hintOf(props)}
        on={site.on}
        onToggle={onToggle}
      />
    </div>
  );
}

function Drafts({ drafts: { gate, delta }, onDrafts }: PopupProps) {
  return (
    <section class="pp-drafts" aria-label="Drafts of an AI on this site">
      <Switch
        label="Drafts of an AI wait for my approval"
        hint="Before they are sent to a customer, on this site."
        on={gate}
        onToggle={(on) => onDrafts('gate', on)}
      />
      <Switch
        label="Keep what I change in them"
        hint="Draft and sent text become a correction."
        on={delta}
        onToggle={(on) => onDrafts('delta', on)}
      />
    </section>
  );
}

function Counts({ counts, linkTo }: { readonly counts: PopupCounts; readonly linkTo: PopupProps['linkTo'] }) {
  const { here, all, owed, dead, destinations, stopped } = counts;
  const link = (view: Parameters<PopupProps['linkTo']>[0], words: string, tone = '') => (
    <li>
      <a class={`pp-count ${tone}`} href={linkTo(view)} target="_blank" rel="noreferrer">
        <span>{words}</span>
        <Icon node={ArrowRight} size={14} />
      </a>
    </li>
  );
  return (
    <ul class="pp-counts" aria-live="polite">
      {here > 0 && link('here', `${countWords(here, 'review')} here`)}
      {link('reviews', all === 0 ? 'No reviews yet' : `${countWords(all, 'review')}${here > 0 ? ' in all' : ''}`)}
      {owed > 0 && link('waiting', `${numberWords(owed)} waiting to be delivered`)}
      {stopped > 0 && link('delivery', `${countWords(stopped, 'destination')} paused`, 'pp-bad')}
      {dead > 0 && link('delivery', `${numberWords(dead)} could not be delivered`, 'pp-bad')}
      {destinations === 0 && link('delivery', 'Nothing leaves this computer')}
    </ul>
  );
}

/** What hangs from the browser's toolbar button: this site, everything at once, and where to see more. */
export function Popup(props: PopupProps) {
  const { paused, counts, offers, problem, linkTo } = props;
  return (
    <main class="pp">
      <header class="pp-head">
        <img src="/icon/mark.svg" alt="" width="20" height="20" />
        <h1>Countersign</h1>
        <a class="pp-settings" href={linkTo('settings')} target="_blank" rel="noreferrer" title="Settings">
          <Icon node={Settings} />
          <span class="visually-hidden">Settings</span>
        </a>
      </header>
      {props.invitation && (
        <p class="pp-invitation">
          This page invites you to a team.{' '}
          <a href={props.invitation} target="_blank" rel="noreferrer">
            Look at the invitation
          </a>
        </p>
      )}
      <SiteSwitch {...props} />
      <div role="status">
        {props.loss && (
          <p class="pp-problem">
            <Icon node={TriangleAlert} />
            <span>
              {lossWords(props.loss, Date.now())}{' '}
              <a href={linkTo('privacy')} target="_blank" rel="noreferrer">
                Take a backup back
              </a>
            </span>
          </p>
        )}
        {problem && (
          <p class="pp-problem">
            <Icon node={TriangleAlert} />
            <span>{problem}</span>
          </p>
        )}
      </div>
      {props.site.is === 'site' && props.site.on && !paused && <PageHealthPart {...props} />}
      {props.site.is === 'site' && props.site.on && !paused && <Drafts {...props} />}
      {offers.length > 0 && (
        <section class="pp-offers" aria-label="Sites that Countersign knows">
          <p class="quiet small">Turn on a site that Countersign knows:</p>
          <div class="cs-chips">
            {offers.slice(0, OFFERS).map((offer) => (
              <button key={offer.name} type="button" class="cs-chip pp-offer" onClick={() => props.onOffer(offer)}>
                {offer.name}
              </button>
            ))}
          </div>
          <p class="small">
            <a href={linkTo('welcome')} target="_blank" rel="noreferrer">
              First steps
            </a>
            {offers.length > OFFERS && (
              <>
                {' · '}
                <a href={linkTo('sites')} target="_blank" rel="noreferrer">
                  {countWords(offers.length - OFFERS, 'more site')}
                </a>
              </>
            )}
          </p>
        </section>
      )}
      <div class="pp-queue">
        <Button onPress={props.onQueue}>Open the queue</Button>
        {counts !== null && counts.aside > 0 && (
          <span class="quiet">{countWords(counts.aside, 'answer')} set aside</span>
        )}
      </div>
      {counts && <Counts counts={counts} linkTo={linkTo} />}
      <footer class="pp-foot">
        <Switch
          label="Pause everywhere"
          hint={paused ? 'Off on all sites. Delivery goes on.' : 'Off on all sites until you go on.'}
          on={paused}
          onToggle={props.onPause}
        />
      </footer>
    </main>
  );
}
