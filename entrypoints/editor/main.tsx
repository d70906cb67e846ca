/** The editor frame. Blank, and silent, until its token was exchanged for a session. */
import '../../components/base.css';
import '../../components/controls/controls.css';
import '../../components/review/review.css';
import '../../components/editor/editor.css';
import { render } from 'preact';
import { editorClient } from '../../utils/messaging/client.ts';
import { App } from './app.tsx';
import { firstToken } from './claim.ts';
import { reportHeight } from './height.ts';
import { Room } from './room.ts';

async function open(): Promise<void> {
  const token = await firstToken();
  const call = editorClient();
  const claimed = await call('claimEditor', { token });
  const root = document.getElementById('app');
  if (!claimed.ok || root === null) return;
  const { theme } = claimed.value.settings;
  if (theme !== 'system') document.documentElement.dataset.theme = theme;
  const room = new Room(claimed.value, { call });
  const untilGone = new AbortController().signal;
  render(<App room={room} opened={Date.now()} />, root);
  room.start(untilGone);
  room.focusFirst();
  reportHeight(root, (height) => call('resizeEditor', { height }), untilGone);
}

void open();
