import { FileInput } from 'lucide';
import { useRef, useState } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import { Field } from '../controls/field.tsx';
import { TextInput } from '../controls/text-input.tsx';

interface InvitationProps {
  /** What was handed over, to begin with. */
  readonly link: string;
  /** Of a team already: an invitation can bring a new version of it. */
  readonly isMember: boolean;
  readonly busy: boolean;
  readonly problem: string | null;
  readonly onLink: (link: string) => void;
  readonly onFile: (file: File) => void;
}

/** Takes an invitation: a link, or a file that is chosen or dropped. Changes nothing by itself. */
export function Invitation({ link, isMember, busy, problem, onLink, onFile }: InvitationProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const shown = typed ?? link;
  return (
    <section
      class={`te-card te-invitation${over ? ' te-over' : ''}`}
      aria-labelledby="invitation-title"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const [file] = event.dataTransfer?.files ?? [];
        if (file) onFile(file);
      }}
    >
      <h2 id="invitation-title">{isMember ? 'A new version from a link or file' : 'Join a team'}</h2>
      <p class="quiet">
        {isMember
          ? 'You see what would change before anything does.'
          : 'A team sets where your reviews go, what you judge by, and on which sites. You see all of it before anything changes.'}
      </p>
      <form
        class="te-form"
        onSubmit={(event) => {
          event.preventDefault();
          onLink(shown);
        }}
      >
        <Field
          label="Link of the invitation"
          htmlFor="team-link"
          hint="It is asked for the team’s file. Nothing of yours is sent."
          hintId="team-link-hint"
        >
          <TextInput
            id="team-link"
            kind="url"
            value={shown}
            onInput={setTyped}
            placeholder="https://reviews.example.com/join#cst_…"
            invalid={problem !== null}
            describedBy="team-link-hint"
          />
        </Field>
        <div class="wb-buttons">
          <button type="submit" class="cs-button cs-button-primary" disabled={busy || shown.trim() === ''}>
            {busy ? 'Reading' : 'Look at it'}
          </button>
          <Button icon={FileInput} disabled={busy} onPress={() => input.current?.click()}>
            Choose a team file
          </Button>
        </div>
      </form>
      <input
        ref={input}
        class="visually-hidden"
        type="file"
        accept=".json,application/json"
        aria-label="Team file"
        tabIndex={-1}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file) onFile(file);
          // The same file may be chosen again once it was mended.
          event.currentTarget.value = '';
        }}
      />
      <div role="alert">{problem && <p class="te-bad captured">{problem}</p>}</div>
    </section>
  );
}
