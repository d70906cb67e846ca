import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { LateDisclosure } from '../controls/disclosure.tsx';
import { Switch } from '../controls/switch.tsx';
import { countWords } from '../workbench/wording.ts';
import { Section } from './section.tsx';
import type { SiteEntry } from './types.ts';

interface SitesProps {
  readonly sites: readonly SiteEntry[];
  /** Called within the click: the browser asks for its permission only there. */
  readonly onToggle: (site: SiteEntry, on: boolean) => void;
}

/** So many known sites are shown at once, and all that are on; the rest on demand. */
const SHOWN = 8;

/** The switches alone; also the first step of the welcome. */
export function SiteSwitches({ sites, onToggle }: SitesProps) {
  // Where a site stood when it was switched here: it stays there, so that nothing moves away under the pointer.
  const [switched] = useState(() => new Map<string, boolean>());
  const key = ({ patterns }: SiteEntry) => patterns.join();
  const isShown = (site: SiteEntry, index: number) => switched.get(key(site)) ?? (site.on || index < SHOWN);
  const rows = (some: readonly SiteEntry[], above: boolean) => (
    <ul class="st-rows">
      {some.map((site) => (
        <li key={key(site)}>
          <Switch
            label={site.name}
            {...(site.hosts === site.name ? {} : { hint: site.hosts })}
            on={site.on}
            onToggle={(on) => {
              switched.set(key(site), above);
              onToggle(site, on);
            }}
          />
        </li>
      ))}
    </ul>
  );
  const rest = sites.filter((site, index) => !isShown(site, index));
  return (
    <div>
      {rows(sites.filter(isShown), true)}
      {rest.length > 0 && (
        <LateDisclosure summary={`${countWords(rest.length, 'more site')} that Countersign knows`}>
          {() => rows(rest, false)}
        </LateDisclosure>
      )}
    </div>
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
