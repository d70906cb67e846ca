import './notices.css';
import { X } from 'lucide';
import { Button } from '../controls/button.tsx';

/** What just happened, with what can be done about it. */
export interface Notice {
  readonly id: number;
  readonly tone: 'quiet' | 'good' | 'bad';
  readonly text: string;
  readonly action?: { readonly name: string; readonly run: () => void };
}

export interface NoticesProps {
  readonly notices: readonly Notice[];
  readonly onDismiss: (id: number) => void;
}

/** Stands in a live region at the foot of the page. Failures stay until dismissed. */
export function Notices({ notices, onDismiss }: NoticesProps) {
  return (
    <>
      {notices.map(({ id, tone, text, action }) => (
        <div key={id} class={`wb-notice wb-notice-${tone}`}>
          <span>{text}</span>
          {action && <Button onPress={action.run}>{action.name}</Button>}
          <Button kind="quiet" icon={X} label="Dismiss" onPress={() => onDismiss(id)} />
        </div>
      ))}
    </>
  );
}
