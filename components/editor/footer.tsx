import { Check, Copy, TriangleAlert, Undo2 } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import { savedWords } from '../../utils/review/mark.ts';
import { Button } from '../controls/button.tsx';
import { keyName } from '../controls/kbd.tsx';
import { Status } from '../controls/status.tsx';
import { ConflictNote } from './conflict-note.tsx';
import { type EditorActions, places, type SaveView } from './view.ts';
import { LeavingButton, LeavingNow } from './what-leaves.tsx';

interface FooterProps {
  readonly save: SaveView;
  readonly saveKeys: string;
  readonly on: EditorActions;
}

const refusals = (save: SaveView, saveKeys: string) => ({
  verdict: 'Choose a verdict first.',
  correction: 'Change the answer’s text first, or choose another verdict.',
  source: 'The source of a finding is no address: correct it, or leave it empty.',
  trace: 'What is typed as the trace is no id of one and no link to one: correct it, or leave it empty.',
  rubric: 'Some answers are missing or do not fit: see the marks above.',
  ranking: 'Rank all of the answers first, or take back what you ranked.',
  'nothing-new': `Nothing has changed since revision ${save.revision}.`,
  'not-seen': `Not saved: the button was covered or only just shown. Press it again in a moment, or use ${keyName(saveKeys)}.`,
});

/** Where the work stands, in words: never "sent", which is not for this place to know. */
function stateWords({ is, draft, dirty, inMemory }: SaveView): string {
  const kept = { none: '', waiting: '', kept: ' · Draft kept', failed: ' · Draft not kept' }[draft];
  switch (is) {
    case 'saving':
      return 'Saving…';
    case 'undoing':
      return 'Taking it back…';
    case 'undone':
      return `Taken back${dirty ? kept : ''}`;
    case 'discarded':
      return 'Draft discarded';
    case 'saved':
      return savedWords({ inMemory });
    default:
      return `Not saved yet${kept}`;
  }
}

/** "Undo", for as long as it is possible, with the seconds that are left. */
function UndoButton({ until, onUndo }: { readonly until: number; readonly onUndo: (event: MouseEvent) => void }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  const left = Math.ceil((until - now) / 1000);
  if (left <= 0) return null;
  return (
    <Button icon={Undo2} onPress={onUndo}>
      Undo
      <span class="ed-seconds quiet" aria-hidden="true">
        {left} s
      </span>
    </Button>
  );
}

/** The end of the form: what happened to the work, and what can be done with it. */
export function Footer({ save, saveKeys, on }: FooterProps) {
  const [leaves, setLeaves] = useState(false);
  const busy = save.is === 'saving' || save.is === 'undoing';
  const saved = save.is === 'saved';
  return (
    <footer class="ed-footer">
      {leaves && <LeavingNow leaves={on.leaves} />}
      {save.problem && (
        <div class="ed-problem">
          <Status tone="bad" icon={TriangleAlert} role="alert">
            {save.problem.message} <span class="ed-next">{save.problem.next}</span>
          </Status>
          <div class="ed-problem-actions">
            <Button icon={Copy} onPress={on.copy}>
              Copy text
            </Button>
            {save.copied !== null && (
              <Status tone={save.copied ? 'quiet' : 'bad'}>
                {save.copied ? 'Copied' : 'The browser refused: select the text and copy it'}
              </Status>
            )}
          </div>
        </div>
      )}
      {save.theirs && <ConflictNote theirs={save.theirs} onTake={on.takeTheirs} />}
      {save.refusal && (
        <Status tone="warn" icon={TriangleAlert} role="alert">
          {refusals(save, saveKeys)[save.refusal]}
        </Status>
      )}
      <div class="ed-footer-line">
        <Status tone={saved ? 'good' : 'quiet'} {...(saved && { icon: Check })}>
          {stateWords(save)}
        </Status>
        <div class="ed-footer-buttons">
          {save.undoUntil !== null && <UndoButton key={save.undoUntil} until={save.undoUntil} onUndo={on.undo} />}
          {save.is === 'discarded' && <Button onPress={on.bringBack}>Bring it back</Button>}
          {save.dirty && save.is !== 'discarded' && save.undoUntil === null && (
            <Button kind="quiet" onPress={on.discard} disabled={busy}>
              Discard draft
            </Button>
          )}
          <LeavingButton open={leaves} onToggle={() => setLeaves(!leaves)} />
          <span id={places.save}>
            <Button
              kind={saved ? 'plain' : 'primary'}
              keys="Control+Enter"
              keysShown={saveKeys}
              onPress={on.save}
              disabled={busy}
            >
              {save.theirs ? 'Save after it' : 'Save'}
            </Button>
          </span>
        </div>
      </div>
    </footer>
  );
}
