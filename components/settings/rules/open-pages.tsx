import { CircleCheck, CircleDashed, Copy, RefreshCw, TriangleAlert } from 'lucide';
import { useState } from 'preact/hooks';
import { Button } from '../../controls/button.tsx';
import { Icon } from '../../controls/icon.tsx';
import { Switch } from '../../controls/switch.tsx';
import { Section } from '../section.tsx';
import type { OpenPage } from './types.ts';

interface OpenPagesProps {
  /** null while the pages are asked. */
  readonly pages: readonly OpenPage[] | null;
  readonly onLook: () => void;
  /** Within the click: browsers give the clipboard only there. Answers whether it is in the clipboard. */
  readonly onCopy: (page: OpenPage, withTexts: boolean) => Promise<boolean>;
}

const icons = { good: CircleCheck, quiet: CircleDashed, warn: TriangleAlert };

/** How detection fares on the pages that are open now. */
export function OpenPages({ pages, onLook, onCopy }: OpenPagesProps) {
  const [withTexts, setWithTexts] = useState(false);
  const [told, setTold] = useState('');
  const copy = async (page: OpenPage) => {
    const done = await onCopy(page, withTexts);
    setTold(done ? `Report on ${page.site} copied.` : 'The browser did not let it be copied. Try again.');
  };
  return (
    <Section
      id="open-pages"
      title="Open pages"
      about="What is found where Countersign is on. A report says which rule, which selectors and how many matches; it is for whoever keeps the rules."
    >
      {pages?.length === 0 && <p class="quiet">No page with Countersign on is open. Open one and look again.</p>}
      <ul class="st-rows">
        {pages === null && <li class="st-page quiet">Looking at the open pages …</li>}
        {pages?.map((page) => (
          <li key={page.tabId} class="st-page">
            <span class={`st-page-icon st-tone-${page.tone}`}>
              <Icon node={icons[page.tone]} />
            </span>
            <span class="st-page-words">
              <span class="captured">{page.title}</span>
              <span class="cs-field-hint">
                <span class="captured">{page.site}</span> · {page.headline}
              </span>
            </span>
            <Button kind="quiet" icon={Copy} onPress={() => void copy(page)}>
              Copy report<span class="visually-hidden"> on {page.title}</span>
            </Button>
          </li>
        ))}
      </ul>
      <Switch
        label="Reports with the texts of the messages"
        hint="Off: no text of the page is in a report."
        on={withTexts}
        onToggle={setWithTexts}
      />
      <div class="wb-buttons">
        <Button icon={RefreshCw} disabled={pages === null} onPress={onLook}>
          Look again
        </Button>
        <span class="quiet" role="status">
          {told}
        </span>
      </div>
    </Section>
  );
}
