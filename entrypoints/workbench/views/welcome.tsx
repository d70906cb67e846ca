import '../../../components/workbench/page.css';
import '../../../components/settings/settings.css';
import { SiteSwitches } from '../../../components/settings/sites.tsx';
import { Welcome } from '../../../components/workbench/welcome.tsx';
import { createSites } from '../store/sites.ts';
import type { Workbench } from '../workbench.ts';
import { useStore } from './use-store.ts';

/** The first minute with Countersign. */
export function WelcomeView({ workbench }: { readonly workbench: Workbench }) {
  const { browser, call, settings } = workbench;
  const sites = useStore((stop) => createSites(browser.permissions, call, stop));
  const { keys, singleKeys, chord } = settings.value;
  const entries = sites.entries.value;
  return (
    <Welcome
      sites={<SiteSwitches sites={entries} onToggle={(site, on) => void sites.toggle(site, on)} />}
      anySiteOn={entries.some(({ on }) => on)}
      keys={keys}
      singleKeys={singleKeys}
      chord={chord}
      settingsLink="#/settings"
      deliveryLink="#/delivery"
      teamLink="#/team"
      reviewsLink="#/reviews"
    />
  );
}
