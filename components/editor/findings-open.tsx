import './findings.css';
import { Button } from '../controls/button.tsx';
import { Field } from '../controls/field.tsx';
import { Status } from '../controls/status.tsx';
import { AnswerPane } from './answer-pane.tsx';
import { FindingCard } from './finding-card.tsx';
import type { FindingsFieldProps } from './findings-field.tsx';
import { TakeBar } from './take-bar.tsx';

/** The answer to select in, and all findings. */
export function FindingsOpen({ model, on }: FindingsFieldProps) {
  const { findings } = model;
  const open = findings.filter(({ standing }) => standing === 'open').map(({ id }) => id);
  return (
    <Field
      label={findings.length === 0 ? 'Findings' : `Findings (${findings.length})`}
      aside={
        open.length > 1 ? (
          <Button kind="quiet" onPress={(event) => on.accept(open, event)}>
            {`Put all ${open.length} into the correction`}
          </Button>
        ) : null
      }
    >
      <AnswerPane model={model} on={on} />
      {model.atHand === null && <TakeBar model={model} on={on} />}
      {findings.length > 0 && (
        <ol class="ed-findings" aria-label="Findings">
          {findings.map((finding) => (
            <FindingCard key={finding.id} finding={finding} model={model} on={on} />
          ))}
        </ol>
      )}
      {model.said !== '' && <Status>{model.said}</Status>}
    </Field>
  );
}
