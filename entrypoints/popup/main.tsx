/** The popup: what hangs from the browser's toolbar button. */
import { effect } from '@preact/signals';
import { render } from 'preact';
import '../../components/base.css';
import '../../components/controls/controls.css';
import '../../components/popup/popup.css';
import { Popup } from '../../components/popup/popup.tsx';
import { pageClient } from '../../utils/messaging/client.ts';
import { ownChrome } from '../../utils/runtime.ts';
import { openSidePanel } from '../../utils/side-panel.ts';
import { CountersignDatabase } from '../../utils/storage/database.ts';
import { askToPersist } from '../../utils/storage/persist.ts';
import { createHealth } from './health.ts';
import { createStore, type PopupStore } from './store.ts';

// All that the popup uses has promises in both browsers: it does without the polyfill.
const browser = ownChrome();
const { tabs, permissions, scripting, runtime } = browser;
const database = new CountersignDatabase('countersign', { session: browser.storage.session });
const health = (stop: AbortSignal) =>
  createHealth({ scripting, database, version: runtime.getManifest().version, page: navigator }, stop);
const store = createStore(
  { tabs, permissions, database, call: pageClient(), health, openPanel: openSidePanel },
  new AbortController().signal,
);

// No style knows `system`: then the browser's own scheme holds.
effect(() => {
  document.documentElement.dataset.theme = store.settings.value.theme;
});

function App({ store }: { readonly store: PopupStore }) {
  const { paused, singleKeys, keys } = store.settings.value;
  const page = browser.runtime.getURL('/workbench.html');
  const views = {
    reviews: '#/reviews',
    here: `#/reviews?${new URLSearchParams({ site: store.origin.value ?? '' })}`,
    waiting: '#/reviews?delivery=pending',
    delivery: '#/delivery',
    sites: '#/sites',
    settings: '#/settings',
    welcome: '#/welcome',
    privacy: '#/privacy',
  };
  return (
    <Popup
      site={store.site.value}
      paused={paused}
      counts={store.counts.value}
      offers={store.offers.value}
      keys={singleKeys ? keys : null}
      problem={store.problem.value}
      loss={store.loss.value}
      onToggle={(on) => void store.toggle(on)}
      onOffer={(offer) => void store.accept(offer)}
      onPause={(on) => void store.pause(on)}
      drafts={{
        gate: store.settings.value.gateOn.includes(store.origin.value ?? ''),
        delta: store.settings.value.deltaOn.includes(store.origin.value ?? ''),
      }}
      onDrafts={(what, on) => void store.setDrafts(what, on)}
      health={store.health.seen.value}
      copied={store.health.copied.value}
      onPoint={() => void store.point().then((started) => started && window.close())}
      onQueue={() => void store.openQueue().then((opened) => opened && window.close())}
      onCopy={(withTexts) => void store.health.copy(withTexts)}
      invitation={store.invitation.value && `${page}#/team?${new URLSearchParams({ link: store.invitation.value })}`}
      linkTo={(view) => page + views[view]}
    />
  );
}

const root = document.getElementById('app');
if (root) render(<App store={store} />, root);
void askToPersist();
