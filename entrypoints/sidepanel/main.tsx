/** The queue beside the page: Chromium's side panel, Firefox's sidebar. */
import { effect } from '@preact/signals';
import { render } from 'preact';
import '../../components/base.css';
import '../../components/controls/controls.css';
import '../../components/controls/inputs.css';
import { pageClient } from '../../utils/messaging/client.ts';
import { ownChrome } from '../../utils/runtime.ts';
import { CountersignDatabase } from '../../utils/storage/database.ts';
import { App } from './app.tsx';
import { listen } from './keys.ts';
import { createPanel } from './store/panel.ts';

// All that the panel uses has promises in both browsers: it does without the polyfill.
const browser = ownChrome();

const { signal } = new AbortController();
const panel = createPanel(
  {
    browser,
    database: new CountersignDatabase('countersign', { session: browser.storage.session }),
    call: pageClient(),
  },
  signal,
);
listen(panel, signal);

// No style knows `system`: then the browser's own scheme holds.
effect(() => {
  document.documentElement.dataset.theme = panel.settings.value.theme;
});

const root = document.getElementById('app');
if (root) render(<App panel={panel} />, root);
