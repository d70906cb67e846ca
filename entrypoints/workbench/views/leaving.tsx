import { LeavingPreview, type SuggestionView } from '../../../components/review/leaving-preview.tsx';
import type { Review } from '../../../utils/review/schema.ts';
import { createLeaving } from '../store/leaving.ts';
import type { Workbench } from '../workbench.ts';
import { useStore } from './use-store.ts';

export interface LeavingProps {
  readonly workbench: Workbench;
  /** Another one needs another instance of this view. */
  readonly review: Review;
}

/** Exactly what would leave of a review, by destination. */
export function Leaving({ workbench, review }: LeavingProps) {
  const { database, settings, act, notices } = workbench;
  const leaving = useStore((stop) => createLeaving(database, review, stop));
  const { value, failure } = leaving.value;
  const redact = async (suggestion: SuggestionView) => {
    const alsoRedact = [...settings.peek().alsoRedact, suggestion];
    if (await act('saveSettings', { alsoRedact }))
      notices.tell({ tone: 'good', text: `“${suggestion.value}” is replaced from now on.` });
  };
  if (failure) {
    return (
      <p class="wb-failure" role="alert">
        {failure.message} {failure.next}
      </p>
    );
  }
  return (
    <LeavingPreview
      previews={value?.previews ?? null}
      suggestions={value?.suggestions ?? []}
      onRedact={(suggestion) => void redact(suggestion)}
    />
  );
}
