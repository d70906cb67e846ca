import { useId, useState } from 'preact/hooks';
import type { Verdict } from '../../utils/review/schema.ts';
import { Button } from '../controls/button.tsx';
import { Field } from '../controls/field.tsx';
import { Segmented } from '../controls/segmented.tsx';
import { TextArea } from '../controls/text-area.tsx';
import type { CaseRow } from './types.ts';

interface RulingFormProps {
  readonly ruling: CaseRow['ruling'];
  readonly onRule: (verdict: Verdict, text: string) => Promise<boolean>;
}

const verdicts: readonly { value: Verdict; label: string; tone: 'good' | 'bad' | 'warn' }[] = [
  { value: 'approve', label: 'Approve', tone: 'good' },
  { value: 'correct', label: 'Correct', tone: 'warn' },
  { value: 'reject', label: 'Reject', tone: 'bad' },
];

/** How such an answer is to be judged from now on. */
export function RulingForm({ ruling, onRule }: RulingFormProps) {
  const id = useId();
  const [verdict, setVerdict] = useState<Verdict | null>(ruling?.verdict ?? null);
  const [text, setText] = useState(ruling?.text ?? '');
  const isSame = ruling !== null && ruling.verdict === verdict && ruling.text === text.trim();
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{ruling ? 'Rule anew' : 'Rule on it'}</h2>
      <Field label="Such an answer is to be">
        <Segmented
          label="Such an answer is to be"
          options={verdicts}
          value={verdict}
          onPick={(picked) => setVerdict(picked)}
        />
      </Field>
      <Field
        label="Because"
        htmlFor={`${id}-why`}
        hint="Shown to the next reviewer of an answer like this one."
        hintId={`${id}-hint`}
      >
        <TextArea
          id={`${id}-why`}
          value={text}
          minLines={2}
          maxLines={8}
          maxLength={4000}
          describedBy={`${id}-hint`}
          onInput={setText}
        />
      </Field>
      <div>
        <Button
          kind={ruling ? 'plain' : 'primary'}
          disabled={verdict === null || !text.trim() || isSame}
          onPress={() => {
            if (verdict) void onRule(verdict, text.trim());
          }}
        >
          Rule
        </Button>
      </div>
    </section>
  );
}
