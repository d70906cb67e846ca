/** Firefox's consent to sending data; other browsers know no such permission and never ask. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Browser } from '../../../utils/browser.ts';
import { report } from '../../../utils/errors.ts';
import { dataCollection, mayTransmit } from '../../../utils/messaging/consent.ts';
import { followPermissions } from './follow-permissions.ts';

export interface Consent {
  /** Reviews may be sent, as far as the browser is concerned. */
  readonly given: ReadonlySignal<boolean>;
  /** Asks where it was not given. Call it within the click, before anything is awaited; answers whether it is given. */
  readonly ask: () => Promise<boolean>;
}

/** Follows the consent until `stop` aborts. */
export function createConsent(permissions: Browser['permissions'], stop: AbortSignal): Consent {
  const given = signal(true);
  const read = async () => {
    try {
      given.value = await mayTransmit(permissions);
    } catch (thrown) {
      report(thrown, 'reading the consent to send');
    }
  };
  followPermissions(permissions, read, stop);
  return {
    given,
    async ask() {
      if (given.peek()) return true;
      // The polyfill's types do not know this kind of permission yet.
      const request = { data_collection: [...dataCollection] } as Parameters<typeof permissions.request>[0];
      given.value = await permissions.request(request);
      return given.peek();
    },
  };
}
