import type { ComponentChildren } from 'preact';
import { Switch } from '../controls/switch.tsx';
import { Section } from './section.tsx';
import type { SiteEntry } from './types.ts';

interface SitesProps {
  readonly sites: readonly SiteEntry[];
  /** Called within the click: the browser asks for its permission only there. */
  readonly onToggle: (site: SiteEntry, on: boolean) => void;
}

/** The switches alone; also the first step of the welcome. */
export function SiteSwitches({ sites, onToggle }: SitesProps) {
  return (
    <ul class="st-rows">
      {sites.map((site) => (
        <li key={site.patterns.join()}>
          <Switch
            label={site.name}
            {...(site.hosts === site.name ? {} : { hint: site.hosts })}
            on={site.on}
            onToggle={(on) => onToggle(site, on)}
          />
        </li>
      ))}
    </ul>
  );
}

/** Where Countersign may look at pages: nowhere, until switched on. */
export function Sites(props: SitesProps & { readonly children?: ComponentChildren }) {
  return (
    <Section
      id="sites"
      title="Sites"
      about="Countersign looks at no page but those that you turn on. For any other site, open it and press the Countersign button of the browser."
    >
      <SiteSwitches sites={props.sites} onToggle={props.onToggle} />
      {props.children}
    </Section>
  );
}
