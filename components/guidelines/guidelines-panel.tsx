import './guidelines.css';
import { BookOpen } from 'lucide';
import { Button } from '../controls/button.tsx';
import { Lazy, partOf } from '../controls/lazy.tsx';
import type { Entry } from './entries.ts';
import type { LookupProps } from './lookup.tsx';

// Most judgements are made without looking anything up.
const lookup = partOf<LookupProps>(() => import('./lookup.tsx').then((module) => module.Lookup));

interface GuidelinesPanelProps {
  readonly entries: readonly Entry[];
  /** Version of the guidelines; null where the project has none beside its rubric. */
  readonly version: string | null;
  /** The panel is open, about one question or label, or about everything (null); `false` while it is closed. */
  readonly about: string | null | false;
  /** The key that opens it; null where single keys are switched off. */
  readonly keys: string | null;
  readonly onOpen: (about: string | null) => void;
  readonly onClose: () => void;
}

/** What the team agreed about judging, to look up without leaving the form. */
export function GuidelinesPanel({ entries, version, about, keys, onOpen, onClose }: GuidelinesPanelProps) {
  const open = about !== false;
  if (entries.length === 0) return null;
  return (
    <section class="gl" aria-label="Guidelines">
      <Button
        kind="quiet"
        icon={BookOpen}
        expanded={open}
        controls="gl-panel"
        {...(keys !== null && { keys })}
        onPress={() => (open ? onClose() : onOpen(null))}
      >
        Guidelines{version !== null && ` · version ${version}`}
      </Button>
      <div id="gl-panel">{open && <Lazy key={about} part={lookup} props={{ entries, about, onOpen, onClose }} />}</div>
    </section>
  );
}
