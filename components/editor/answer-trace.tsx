import { LateDisclosure } from '../controls/disclosure.tsx';
import { Lazy, partOf } from '../controls/lazy.tsx';
import type { TraceFieldProps } from './trace-field.tsx';

const field = partOf<TraceFieldProps>(() => import('./trace-field.tsx').then((module) => module.TraceField));

/** Where a refused save leads back to. Not among the parts that F6 goes through: hardly anybody wants it. */
export const TRACE_PLACE = 'ed-trace';

/** What is known of the answer's trace, and behind it the field to say it in: for the few that nobody's page tells. */
export function AnswerTrace(props: TraceFieldProps) {
  const { known, isOwn } = props.trace;
  return (
    <div id={TRACE_PLACE}>
      <LateDisclosure
        summary={
          <span>
            Trace <span class="ed-goes captured">· {isOwn ? 'changed by you' : known || 'none known'}</span>
          </span>
        }
      >
        {() => <Lazy part={field} props={props} />}
      </LateDisclosure>
    </div>
  );
}
