import { Copy, TextCursorInput } from 'lucide';
import { useMemo, useState } from 'preact/hooks';
import type { TextDiff } from '../../utils/review/diff.ts';
import { REVIEWER_TEXT_LIMIT } from '../../utils/review/limits.ts';
import type { Snapshot } from '../../utils/review/schema.ts';
import { Button } from '../controls/button.tsx';
import { Field } from '../controls/field.tsx';
import { Status } from '../controls/status.tsx';
import { TextArea } from '../controls/text-area.tsx';
import { DiffView, diffSentence } from '../review/diff-view.tsx';
import { places, type Used } from './view.ts';

interface CorrectionFieldProps {
  readonly text: string;
  readonly corrected: boolean;
  readonly diff: TextDiff | null;
  readonly snapshot: Pick<Snapshot, 'truncated' | 'length' | 'settled' | 'text'>;
  readonly invalid: boolean;
  readonly onInput: (text: string) => void;
  readonly used?: Used | null;
  /** Puts the correction into the page, or on the clipboard. */
  readonly onUse?: (how: 'insert' | 'copy', event: MouseEvent) => void;
}

const numbers = new Intl.NumberFormat('en');

function hintOf({ text, corrected, diff, snapshot }: CorrectionFieldProps): string {
  if (text.length >= REVIEWER_TEXT_LIMIT)
    return `This is as long as a correction can be: ${numbers.format(REVIEWER_TEXT_LIMIT)} characters.`;
  if (text.trim() === '') return 'Empty: no correction will be stored.';
  if (corrected && diff) return diffSentence(diff);
  if (snapshot.truncated) {
    return `The answer has ${numbers.format(snapshot.length)} characters; the first ${numbers.format(snapshot.text.length)} are here.`;
  }
  if (!snapshot.settled) return 'The answer was still growing when it was captured.';
  return 'Edit the text to how it should have been. Changes show below.';
}

/**
 * The text as it should have been, and what that changes. Plain text, as the reviewer saw the answer: sites render and
 * export Markdown differently, and a diff of its marks would drown the words.
 */
export function CorrectionField(props: CorrectionFieldProps) {
  const { text, corrected, diff } = props;
  const [open, setOpen] = useState(true);
  // The same element for the same diff: typing elsewhere must not draw it again.
  const view = useMemo(() => diff && <DiffView diff={diff} label="Changes to the answer" />, [diff]);
  return (
    <Field label="Correction" htmlFor={places.correction}>
      <TextArea
        id={places.correction}
        value={text}
        minLines={3}
        maxLines={8}
        maxLength={REVIEWER_TEXT_LIMIT}
        invalid={props.invalid}
        describedBy="ed-correction-hint"
        onInput={props.onInput}
      />
      <div class="ed-changes">
        <p id="ed-correction-hint" class="cs-field-hint">
          {hintOf(props)}
        </p>
        {corrected && (
          <Button kind="quiet" expanded={open} onPress={() => setOpen(!open)}>
            {open ? 'Hide changes' : 'Show changes'}
          </Button>
        )}
      </div>
      {corrected && open && view}
      {corrected && props.onUse && <UseCorrection used={props.used ?? null} onUse={props.onUse} />}
    </Field>
  );
}

interface UseCorrectionProps {
  readonly used: Used | null;
  readonly onUse: (how: 'insert' | 'copy', event: MouseEvent) => void;
}

/** The correction goes on being useful: into the message that the reviewer writes, which they send themselves. */
function UseCorrection({ used, onUse }: UseCorrectionProps) {
  return (
    <div class="ed-use">
      <Button icon={TextCursorInput} onPress={(event) => onUse('insert', event)}>
        Put into the message field
      </Button>
      <Button kind="quiet" icon={Copy} onPress={(event) => onUse('copy', event)}>
        Copy
      </Button>
      <Status tone={used?.ok === false ? 'bad' : 'quiet'}>{used?.words}</Status>
    </div>
  );
}
