import { CircleCheck, CircleDashed, Copy, Crosshair, TriangleAlert } from 'lucide';
import { useId, useState } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import { Disclosure } from '../controls/disclosure.tsx';
import { Icon } from '../controls/icon.tsx';

/** What detection sees on the page, in words. */
export interface PageHealth {
  readonly tone: 'good' | 'quiet' | 'warn';
  readonly headline: string;
  readonly detail: string | null;
  /** What is known of the authors on this site. */
  readonly authors: readonly { readonly name: string; readonly is: 'assistant' | 'person' }[];
}

/** How the last copying ended. */
export type CopyState = 'copied' | 'failed' | null;

interface PageHealthProps {
  /** null while the page is asked. */
  readonly health: PageHealth | null;
  readonly copied: CopyState;
  readonly onPoint: () => void;
  /** Within the click: browsers give the clipboard only there. */
  readonly onCopy: (withTexts: boolean) => void;
}

const icons = { good: CircleCheck, quiet: CircleDashed, warn: TriangleAlert };

function Authors({ authors }: { readonly authors: PageHealth['authors'] }) {
  const [one, other] = [authors.filter(({ is }) => is === 'assistant'), authors.filter(({ is }) => is === 'person')];
  const line = (names: PageHealth['authors'], words: string) =>
    names.length > 0 && (
      <p class="small">
        {words}{' '}
        {names.map(({ name }, index) => (
          <span key={name}>
            {index > 0 && ', '}
            <span class="captured">{name}</span>
          </span>
        ))}
      </p>
    );
  return (
    <div>
      {line(one, 'Known as AI here:')}
      {line(other, 'Known as people here:')}
    </div>
  );
}

function Report({ copied, onCopy }: Pick<PageHealthProps, 'copied' | 'onCopy'>) {
  const [withTexts, setWithTexts] = useState(false);
  const box = useId();
  return (
    <Disclosure summary="Report a problem">
      <p class="small quiet">Rule, selectors and counts as text, for whoever keeps the rules.</p>
      <label class="pp-check small" for={box}>
        <input
          id={box}
          type="checkbox"
          checked={withTexts}
          onChange={(event) => setWithTexts(event.currentTarget.checked)}
        />
        With the texts of the messages
      </label>
      <div class="pp-line">
        <Button icon={Copy} onPress={() => onCopy(withTexts)}>
          Copy report
        </Button>
        <span class="small quiet" role="status">
          {copied === 'copied' && 'Copied.'}
          {copied === 'failed' && 'The browser did not let it be copied. Click into this window and try again.'}
        </span>
      </div>
    </Disclosure>
  );
}

/** What is found on this page, and what to do where that is not right. */
export function PageHealthPart({ health, copied, onPoint, onCopy }: PageHealthProps) {
  return (
    <section class="pp-health" aria-label="This page">
      <div class={`pp-seen pp-seen-${health?.tone ?? 'quiet'}`} role="status">
        <Icon node={icons[health?.tone ?? 'quiet']} />
        <div>
          <p class="pp-headline">{health?.headline ?? 'Looking at this page …'}</p>
          {health?.detail && <p class="small quiet">{health.detail}</p>}
        </div>
      </div>
      {health && health.authors.length > 0 && <Authors authors={health.authors} />}
      <Button icon={Crosshair} disabled={health === null} onPress={onPoint}>
        Point at an AI answer
      </Button>
      <Report copied={copied} onCopy={onCopy} />
    </section>
  );
}
