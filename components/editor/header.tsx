import { CircleQuestionMark, X } from 'lucide';
import type { Snapshot } from '../../utils/review/schema.ts';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import { HELP_ID } from './help.tsx';

interface HeaderProps {
  readonly snapshot: Pick<Snapshot, 'pageUrl' | 'model'>;
  readonly onClose: (event: MouseEvent) => void;
}

function hostOf(url: string): string {
  return URL.parse(url)?.host.replace(/^www\./, '') ?? url;
}

/** What is reviewed, and the way out. */
export function Header({ snapshot, onClose }: HeaderProps) {
  return (
    <header class="ed-header">
      <div class="ed-title">
        <h1>Review this answer</h1>
        <p class="quiet small">
          <bdi>{hostOf(snapshot.pageUrl)}</bdi>
          {snapshot.model !== null && (
            <>
              {' · '}
              <bdi>{snapshot.model}</bdi>
            </>
          )}
        </p>
      </div>
      <button
        type="button"
        class="cs-button cs-button-quiet cs-button-icon"
        aria-label="Keys and hints"
        title="Keys and hints"
        popovertarget={HELP_ID}
      >
        <Icon node={CircleQuestionMark} />
      </button>
      <Button kind="quiet" icon={X} label="Close (Esc)" keys="Escape" onPress={onClose} />
    </header>
  );
}
