import './confirm.css';
import type { IconNode } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from './button.tsx';

interface ConfirmProps {
  /** The button that asks. Left out, only the icon shows, named by `label`. */
  readonly children?: string;
  readonly label?: string;
  readonly icon?: IconNode;
  /** What will happen, with the number, and what cannot be taken back. */
  readonly question: string;
  /** What the button that does it says: `Delete 214 reviews`. */
  readonly action: string;
  readonly onConfirm: () => void;
  readonly disabled?: boolean;
}

/** A button for what cannot be undone: asks in its place, never in a dialog. Escape keeps everything as it is. */
export function Confirm(props: ConfirmProps) {
  const [asking, setAsking] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const keep = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);
  useEffect(() => {
    if (asking) keep.current?.focus();
    else if (wasAsking.current) opener.current?.focus();
    wasAsking.current = asking;
  }, [asking]);

  if (!asking) {
    const label = props.label === undefined ? {} : { label: props.label };
    const icon = props.icon === undefined ? {} : { icon: props.icon };
    return (
      <Button
        kind="quiet"
        elementRef={opener}
        disabled={props.disabled ?? false}
        onPress={() => setAsking(true)}
        {...label}
        {...icon}
      >
        {props.children}
      </Button>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields
    <div
      class="cs-confirm"
      role="group"
      aria-label={props.question}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        setAsking(false);
      }}
    >
      <p>{props.question}</p>
      <div class="cs-confirm-buttons">
        <Button elementRef={keep} onPress={() => setAsking(false)}>
          Keep
        </Button>
        <Button
          kind="danger"
          onPress={() => {
            setAsking(false);
            props.onConfirm();
          }}
        >
          {props.action}
        </Button>
      </div>
    </div>
  );
}
