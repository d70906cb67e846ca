/** Tells the background how detection fares, so that the toolbar button can say so. */
import type { Health } from '../../utils/detection/types.ts';
import type { Call } from '../../utils/messaging/client.ts';
import type { ContentCalls } from '../../utils/messaging/contract.ts';

/** Takes each new state and passes it on; a page on which nothing was found yet stays silent. `site` is asked with each. */
export function reportTo(call: Call<ContentCalls>, site: () => string | null): (state: Health['state']) => void {
  let told: Health['state'] = 'idle';
  return (state) => {
    if (state === told) return;
    told = state;
    void call('reportHealth', { state, site: site() });
  };
}
