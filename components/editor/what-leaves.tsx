import { Eye, TriangleAlert } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import type { LeavingView } from '../../utils/review/leaving-view.ts';
import { Button } from '../controls/button.tsx';
import { Lazy, partOf } from '../controls/lazy.tsx';
import { Status } from '../controls/status.tsx';
import type { LeavingPreviewProps } from '../review/leaving-preview.tsx';
import type { LeavingActions } from './view.ts';

const preview = partOf<LeavingPreviewProps>(() =>
  import('../review/leaving-preview.tsx').then((module) => module.LeavingPreview),
);
const nothing = { suggestions: [], onRedact: () => undefined };

/** ms without a change after which the preview is made anew. */
const PAUSE_MS = 400;

type Shown = { readonly previews: readonly LeavingView[] | null } | { readonly problem: string };

/** What each destination would get of the form as it is now, followed while it is shown. */
export function LeavingNow({ leaves }: { readonly leaves: LeavingActions }) {
  const [shown, setShown] = useState<Shown>({ previews: null });
  useEffect(() => {
    let [asked, timer] = [0, 0 as unknown as ReturnType<typeof setTimeout>];
    const ask = async () => {
      asked += 1;
      const own = asked;
      const answer = await leaves.ask();
      if (own !== asked) return;
      setShown(answer.ok ? { previews: answer.value } : { problem: `${answer.error.message} ${answer.error.next}` });
    };
    let first = true;
    const stop = leaves.of.subscribe(() => {
      clearTimeout(timer);
      timer = setTimeout(() => void ask(), first ? 0 : PAUSE_MS);
      first = false;
    });
    return () => {
      asked = -1;
      clearTimeout(timer);
      stop();
    };
  }, [leaves]);
  return (
    <section class="ed-leaves" aria-label="What leaves">
      {'problem' in shown ? (
        <Status tone="bad" icon={TriangleAlert} role="alert">
          {shown.problem}
        </Status>
      ) : (
        <Lazy part={preview} props={{ ...nothing, ...shown }} />
      )}
    </section>
  );
}

/** Opens and closes it, from beside the save button. */
export function LeavingButton({ open, onToggle }: { readonly open: boolean; readonly onToggle: () => void }) {
  return (
    <Button kind="quiet" icon={Eye} expanded={open} onPress={onToggle}>
      What leaves
    </Button>
  );
}
