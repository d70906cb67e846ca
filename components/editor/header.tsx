import { CircleQuestionMark, Redo2, Undo2, X } from 'lucide';
import type { Snapshot } from '../../utils/review/schema.ts';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import { HELP_ID } from './help.tsx';
import type { EditsView } from './view.ts';

interface HeaderProps {
  /** Why triage asks for this review; null where it does not. */
  readonly asked: readonly string[] | null;
  readonly snapshot: Pick<Snapshot, 'pageUrl' | 'model'>;
  readonly onClose: (event: MouseEvent) => void;
  /** What was changed in the form can be undone, or done again. */
  readonly edits: EditsView;
  readonly onEdit: (by: 1 | -1, event: MouseEvent) => void;
}

function hostOf(url: string): string {
  return URL.parse(url)?.host.replace(/^www\./, '') ?? url;
}

/** What is reviewed, and the way out. */
export function Header({ asked, snapshot, onClose, edits, onEdit }: HeaderProps) {
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
        {asked !== null && (
          <p class="ed-asked small captured">
            {asked.length > 0 ? `Asked because: ${asked.join('; ')}.` : 'Triage asks for this review.'}
          </p>
        )}
      </div>
      {(edits.canUndo || edits.canRedo) && (
        <>
          <Button
            kind="quiet"
            icon={Undo2}
            label="Undo the last change"
            disabled={!edits.canUndo}
            onPress={(event) => onEdit(-1, event)}
          />
          <Button
            kind="quiet"
            icon={Redo2}
            label="Redo the change"
            disabled={!edits.canRedo}
            onPress={(event) => onEdit(1, event)}
          />
        </>
      )}
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
