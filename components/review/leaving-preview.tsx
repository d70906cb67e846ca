import './leaving-preview.css';
import { TriangleAlert } from 'lucide';
import { type ComponentChildren, Fragment } from 'preact';
import type { LeavingView } from '../../utils/review/leaving-view.ts';
import { Button } from '../controls/button.tsx';
import { LateDisclosure } from '../controls/disclosure.tsx';
import { Status } from '../controls/status.tsx';
import { aboutSends } from '../workbench/sends-words.ts';
import { countWords } from '../workbench/wording.ts';

/** A name or an address that stays unless the reviewer says otherwise. */
export interface SuggestionView {
  readonly kind: 'name' | 'address';
  readonly value: string;
}

export interface LeavingPreviewProps {
  /** null while it is made. */
  readonly previews: readonly LeavingView[] | null;
  readonly suggestions: readonly SuggestionView[];
  readonly onRedact: (suggestion: SuggestionView) => void;
}

const placeholder = /(\[[A-Z][A-Z_]{1,30}_\d{1,6}\])/;

/** A text with its placeholders marked. */
function Marked({ text }: { readonly text: string }): ComponentChildren {
  return text.split(placeholder).map((part, index) => {
    const key = `${index}`;
    return index % 2 === 1 ? (
      <mark key={key} class="lv-placeholder">
        {part}
      </mark>
    ) : (
      <Fragment key={key}>{part}</Fragment>
    );
  });
}

function Preview({ preview }: { readonly preview: LeavingView }) {
  const { name, sends, result } = preview;
  if (result.is === 'withheld') {
    return (
      <li>
        <strong class="captured">{name}</strong>
        <Status tone="bad" icon={TriangleAlert}>
          {result.message}
        </Status>
      </li>
    );
  }
  const { texts, leftOut, replaced, json } = result;
  return (
    <li>
      <strong class="captured">{name}</strong>
      <span class="quiet">
        {aboutSends[sends]}
        {sends === 'redacted' &&
          ` In this review, ${replaced === 0 ? 'nothing is replaced' : `${countWords(replaced, 'place is', 'places are')} replaced`}.`}
        {leftOut.length > 0 && ` Stays here: ${leftOut.join(', ')}.`}
      </span>
      <div class="lv-sent">
        <dl>
          {texts.map(([field, text]) => (
            <div key={field}>
              <dt>{field}</dt>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard */}
              <dd class="captured" dir="auto" tabIndex={0}>
                <Marked text={text} />
              </dd>
            </div>
          ))}
        </dl>
        <LateDisclosure summary="All of it, as it is sent">
          {() => (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard
            <pre class="lv-json" tabIndex={0}>
              {json}
            </pre>
          )}
        </LateDisclosure>
      </div>
    </li>
  );
}

/** Exactly what would leave of a review, by destination. */
export function LeavingPreview({ previews, suggestions, onRedact }: LeavingPreviewProps) {
  if (previews === null) return <p class="quiet">Looking</p>;
  if (previews.length === 0) return <p>Nothing: there is no destination.</p>;
  return (
    <div class="lv-sent">
      {suggestions.length > 0 && (
        <div class="lv-form">
          <p>
            These may be names or addresses. They stay in the text unless you have them replaced, here and in all that
            has not left yet:
          </p>
          <div class="lv-buttons">
            {suggestions.map((suggestion) => (
              <Button key={suggestion.value} onPress={() => onRedact(suggestion)}>
                {`Replace “${suggestion.value}”`}
              </Button>
            ))}
          </div>
        </div>
      )}
      <ul class="lv-list">
        {previews.map((preview) => (
          <Preview key={preview.destinationId} preview={preview} />
        ))}
      </ul>
    </div>
  );
}
