import './findings.css';
import { Highlighter } from 'lucide';
import { Button } from '../controls/button.tsx';
import { Field } from '../controls/field.tsx';
import { Status } from '../controls/status.tsx';
import { AnswerPane } from './answer-pane.tsx';
import { FindingCard } from './finding-card.tsx';
import type { FindingsActions, FindingsModel } from './findings-model.ts';
import { TakeBar } from './take-bar.tsx';
import { places } from './view.ts';

interface FindingsFieldProps {
  readonly model: FindingsModel;
  readonly on: FindingsActions;
}

/** Parts of the answer, each with what is to be said of it. Closed it is one button: most answers need none. */
export function FindingsField({ model, on }: FindingsFieldProps) {
  const { findings, isOpen, key } = model;
  if (!isOpen) {
    return (
      <div id={places.finding}>
        <Button icon={Highlighter} onPress={on.begin} {...(key !== null && { keys: key })}>
          Point at a part of the answer
        </Button>
      </div>
    );
  }
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
