/** The workbench: a full page with all reviews, their delivery, and the settings. */
import { effect } from '@preact/signals';
import { render } from 'preact';
import '../../components/base.css';
import '../../components/controls/controls.css';
import '../../components/controls/inputs.css';
import '../../components/workbench/workbench.css';
import '../../components/workbench/reviews.css';
import { pageClient } from '../../utils/messaging/client.ts';
import { ownChrome } from '../../utils/runtime.ts';
import { CountersignDatabase } from '../../utils/storage/database.ts';
import { App } from './app.tsx';
import { createWorkbench } from './workbench.ts';

// All that the workbench uses has promises in both browsers: it does without the polyfill.
const browser = ownChrome();
const leaving = new AbortController();
const workbench = createWorkbench(
  browser,
  new CountersignDatabase('countersign', { session: browser.storage.session }),
  pageClient(),
  leaving.signal,
);

// No style knows `system`: then the browser's own scheme holds.
effect(() => {
  document.documentElement.dataset.theme = workbench.settings.value.theme;
});
// Nobody needs this at once.
void import('../../utils/storage/persist.ts').then(({ askToPersist }) => askToPersist());

const root = document.getElementById('app');
// What is seen takes keys.
void import('./help.ts')
  .then(({ listenForHelp }) => listenForHelp(() => workbench.settings.peek()))
  .finally(() => root && render(<App workbench={workbench} />, root));
