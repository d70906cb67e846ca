import './guidelines.css';
import { X } from 'lucide';
import { useState } from 'preact/hooks';
import type { GuidelinesView } from '../../utils/review/project.ts';
import { Button } from '../controls/button.tsx';

interface NewsProps {
  readonly guidelines: GuidelinesView | null;
  readonly onDismiss: (event: MouseEvent) => void;
}

/** That the guidelines moved since this reviewer last saved, and what is different, until it is put away. */
export function GuidelineNews({ guidelines, onDismiss }: NewsProps) {
  const [away, setAway] = useState(false);
  if (!guidelines?.news || away) return null;
  const { since, added, changed, removed } = guidelines.news;
  const parts = [
    ['New', added],
    ['Changed', changed],
    ['Gone', removed],
  ] as const;
  const dismiss = (event: MouseEvent) => {
    setAway(true);
    onDismiss(event);
  };
  return (
    <section class="gl-news" aria-label="What changed in the guidelines">
      <div class="gl-news-head">
        <p>
          The guidelines are at version {guidelines.version} now; when you last saved it was {since}.
        </p>
        <Button kind="quiet" icon={X} label="Put this notice away" onPress={dismiss} />
      </div>
      <ul>
        {parts.map(([word, titles]) =>
          titles.map((title) => (
            <li key={word + title}>
              <span class="quiet">{word}:</span> {title}
            </li>
          )),
        )}
      </ul>
    </section>
  );
}
