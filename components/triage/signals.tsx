import './triage.css';
import { RotateCcw } from 'lucide';
import { Button } from '../controls/button.tsx';
import { Section } from '../settings/section.tsx';
import { type SignalView, signalWords, type TriageChange, type TriageView } from './view.ts';

/** What a signal did lately, with its numbers. */
function lately({ fired, judged, bad }: SignalView): string {
  if (fired === 0) return 'No answer lately';
  return judged === 0 ? `${fired} lately, none judged` : `${fired} lately; ${bad} of ${judged} judged were wrong`;
}

interface SignalsProps {
  readonly view: TriageView;
  readonly onChange: (change: TriageChange) => void;
}

function Row({ signal, onChange }: { readonly signal: SignalView } & Pick<SignalsProps, 'onChange'>) {
  const { name, weight } = signal;
  const [title = name, means = ''] = signalWords[name] ?? [];
  const id = `weight-${name}`;
  return (
    <tr>
      <th scope="row">
        <label for={id}>{title}</label>
        <span class="quiet small">{means}</span>
      </th>
      <td class="tr-lately small">{lately(signal)}</td>
      <td>
        <input
          id={id}
          class="cs-input tr-weight"
          type="number"
          min={-10}
          max={10}
          step={0.1}
          value={Math.round(weight * 10) / 10}
          onChange={({ currentTarget: { valueAsNumber: value } }) =>
            onChange({ weight: { name, value: Number.isNaN(value) ? null : Math.max(-10, Math.min(10, value)) } })
          }
        />
      </td>
    </tr>
  );
}

/** The signals with their weights, and what each did lately. */
export function Signals({ view, onChange }: SignalsProps) {
  return (
    <Section
      id="triage-signals"
      title="Signals"
      about="A weight says how much a signal at its full strength adds to the log-odds: 0 is no say, 1 makes it nearly three times as likely, 3 twenty times."
    >
      <table class="tr-signals">
        <thead>
          <tr>
            <th scope="col">Signal</th>
            <th scope="col">Lately</th>
            <th scope="col">Weight</th>
          </tr>
        </thead>
        <tbody>
          {view.signals.map((signal) => (
            <Row key={signal.name} signal={signal} onChange={onChange} />
          ))}
        </tbody>
      </table>
      {view.changed && (
        <div>
          <Button
            icon={RotateCcw}
            onPress={() => {
              onChange({ askFrom: null, auditShare: null, weight: { name: '', value: null } });
            }}
          >
            Back to the default
          </Button>
        </div>
      )}
    </Section>
  );
}
