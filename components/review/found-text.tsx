import './found-text.css';
import { ExternalLink } from 'lucide';
import { useState } from 'preact/hooks';
import type { Label } from '../../utils/review/rubric.ts';
import type { Finding } from '../../utils/review/schema.ts';
import { Icon } from '../controls/icon.tsx';
import { FindingLine } from './finding-line.tsx';
import { MarkedText } from './marked-text.tsx';

interface FoundTextProps {
  readonly text: string;
  /** Name of the region that scrolls. */
  readonly label: string;
  /** By place. */
  readonly findings: readonly Finding[];
  readonly labels: readonly Label[];
  /** The text is shown; else the list alone. */
  readonly withText: boolean;
}

/** A text with its findings, to read: each with its number at its place, and in the list with all that was said of it. */
export function FoundText({ text, label, findings, labels, withText }: FoundTextProps) {
  const [lit, setLit] = useState<string | null>(null);
  const numbered = findings.map((finding, index) => ({ ...finding, number: index + 1 }));
  const marks = numbered
    .filter(({ orphan }) => !orphan)
    .map(({ id, number, utf16, severity }) => ({ id, number, severity, ...utf16 }));
  return (
    <div class="ft">
      {withText && (
        <section
          class="wb-text captured"
          aria-label={label}
          dir="auto"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
          tabIndex={0}
          onPointerOver={({ target }) =>
            setLit(
              target instanceof Element
                ? (target.closest<HTMLElement>('[data-finding]')?.dataset.finding ?? null)
                : null,
            )
          }
          onPointerLeave={() => setLit(null)}
        >
          <MarkedText text={text} marks={marks} lit={lit} />
        </section>
      )}
      <ol class="ft-list" aria-label="Findings">
        {numbered.map((finding) => (
          <li
            key={finding.id}
            class={lit === finding.id ? 'ft-line ft-lit' : 'ft-line'}
            onPointerEnter={() => setLit(finding.id)}
            onPointerLeave={() => setLit(null)}
          >
            <FindingLine finding={finding} labels={labels} />
            {finding.source !== null && (
              <a class="ft-source" href={finding.source} target="_blank" rel="noreferrer noopener">
                Source
                <Icon node={ExternalLink} size={12} />
              </a>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}
