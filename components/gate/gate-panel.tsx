/** The panel beside a composer: what is about to be sent, why it waits, and what can be done. Data in, callbacks out. */
import './gate-panel.css';
import { useState } from 'preact/hooks';
import type { Decision, GateSession } from '../../utils/composer/types.ts';
import { Button } from '../controls/button.tsx';
import { Field } from '../controls/field.tsx';
import { TextInput } from '../controls/text-input.tsx';
import { MarkedText } from '../review/marked-text.tsx';

export interface GatePanelProps {
  readonly session: GateSession;
  /** Share of the draft's words that is still there, 0 to 1; null where nothing was edited. */
  readonly kept: number | null;
  /** Whether the field for a reason is open although no policy asks for one. */
  readonly overriding: boolean;
  /** Why the last try did not work. */
  readonly problem: string | null;
  readonly busy: boolean;
  readonly onDecide: (decision: Decision, said: Said, event: Event) => void;
  readonly onOverriding: (on: boolean) => void;
}

/** What was typed. */
export interface Said {
  readonly reason: string;
  readonly approver: string;
}

const own = 'You asked for a look at every draft of an AI on this site.';

function Why({ session: { hits, own: isOwn, broken } }: Pick<GatePanelProps, 'session'>) {
  return (
    <ul class="gt-why">
      {hits.map(({ id, words, severity }) => (
        <li key={id} data-severity={severity}>
          {words}
        </li>
      ))}
      {isOwn && <li>{own}</li>}
      {broken.map((name) => (
        <li key={name} class="quiet">
          The policy “{name}” is broken and has no say.
        </li>
      ))}
    </ul>
  );
}

export function GatePanel(props: GatePanelProps) {
  const { session, kept, overriding, problem, busy, onDecide, onOverriding } = props;
  const { text, hits, needs, mayApprove } = session;
  const [reason, setReason] = useState('');
  const [approver, setApprover] = useState('');
  const said = { reason, approver };
  const decide = (decision: Decision) => (event: Event) => onDecide(decision, said, event);
  const marks = hits.flatMap(({ id, span, severity }, index) =>
    span ? [{ id, number: index + 1, severity, ...span }] : [],
  );
  const asksReason = needs.reason || overriding;
  return (
    <main class="gt" aria-labelledby="gt-title">
      <div class="gt-head">
        <h1 id="gt-title">{mayApprove ? 'Waits for your approval' : 'May not be sent like this'}</h1>
        <Button kind="quiet" onPress={decide('line')}>
          Enter only makes a new line here
        </Button>
      </div>
      <Why session={session} />
      <section
        class="gt-text captured"
        aria-label="What would be sent"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <MarkedText text={text} marks={marks} />
      </section>
      {kept !== null && <p class="quiet small">Edited: {Math.round(kept * 100)} % of the AI’s draft is kept.</p>}
      {needs.approver && (
        <Field label="Who else agrees" htmlFor="gt-approver">
          <TextInput id="gt-approver" value={approver} maxLength={200} onInput={setApprover} />
        </Field>
      )}
      {asksReason && (
        <Field label={overriding ? 'Why it is sent all the same' : 'Why it may be sent'} htmlFor="gt-reason">
          <TextInput id="gt-reason" value={reason} maxLength={4000} onInput={setReason} />
        </Field>
      )}
      <div role="alert">{problem && <p class="gt-problem">{problem}</p>}</div>
      {overriding ? (
        <div class="gt-row">
          <Button kind="danger" disabled={busy || reason.trim() === ''} onPress={decide('override')}>
            Send all the same
          </Button>
          <Button kind="quiet" keys="Escape" onPress={() => onOverriding(false)}>
            Back
          </Button>
          <span class="quiet small">It is recorded as overridden, with your reason.</span>
        </div>
      ) : (
        <div class="gt-row">
          {mayApprove && (
            <Button kind="primary" keys="a" disabled={busy} onPress={decide('approve')}>
              Approve and send
            </Button>
          )}
          <Button keys="e" disabled={busy} onPress={decide('edit')}>
            Edit
          </Button>
          <Button keys="r" disabled={busy} onPress={decide('reject')}>
            Reject
          </Button>
          <Button kind="quiet" keys="o" disabled={busy} onPress={() => onOverriding(true)}>
            Send all the same…
          </Button>
        </div>
      )}
    </main>
  );
}
