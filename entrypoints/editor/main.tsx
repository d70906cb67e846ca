/** The editor frame. Blank, and silent, until its token was exchanged for a session. */
import '../../components/base.css';
import '../../components/controls/controls.css';
import '../../components/review/review.css';
import '../../components/editor/editor.css';
import { render } from 'preact';
import { editorClient } from '../../utils/messaging/client.ts';
import type { ToPage } from '../../utils/messaging/contract.ts';
import { App } from './app.tsx';
import { firstClaim } from './claim.ts';
import { reportHeight } from './height.ts';
import { joinPage } from './page-port.ts';
import { Room } from './room.ts';

/** How long the rest waits for what was corrected before: a look-up takes a tenth of that. */
const PATIENCE_MS = 150;

async function open(): Promise<void> {
  const { token, port, gate } = await firstClaim();
  const call = editorClient();
  if (gate) {
    const { openGate } = await import('./sending.tsx');
    return openGate(token, call);
  }
  const claimed = await call('claimEditor', { token });
  const root = document.getElementById('app');
  if (!claimed.ok || root === null) return;
  port?.postMessage({ say: 'alive' } satisfies ToPage);
  const { theme } = claimed.value.settings;
  if (theme !== 'system') document.documentElement.dataset.theme = theme;
  const room = new Room(claimed.value, { call });
  const untilGone = new AbortController().signal;
  // Shown with the rest where it is known in time, so that nothing moves under the pointer.
  await Promise.race([room.lookBack(untilGone), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  render(<App room={room} opened={Date.now()} />, root);
  room.start(untilGone);
  room.focusFirst();
  if (port) joinPage(port, { desk: room.desk, onSelect: () => room.focusFindings() }, untilGone);
  const sizeOf = (height: number) => ({ height, ...(room.compare.peek() && { wide: true as const }) });
  reportHeight(root, (height) => call('resizeEditor', sizeOf(height)), untilGone);
}

void open();
