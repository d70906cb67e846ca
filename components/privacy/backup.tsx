import { Download, FileInput, ShieldAlert, ShieldCheck } from 'lucide';
import { useRef } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import { Status } from '../controls/status.tsx';
import { Section } from '../settings/section.tsx';
import { countWords, numberWords } from '../workbench/wording.ts';

/** How writing or taking a backup stands. */
export type BackupState =
  | { readonly is: 'idle' }
  | { readonly is: 'writing' | 'taking'; readonly lines: number }
  | { readonly is: 'written'; readonly lines: number; readonly name: string }
  | {
      readonly is: 'taken';
      readonly name: string;
      readonly added: number;
      readonly kept: number;
      readonly refused: readonly { readonly line: number; readonly why: string }[];
    }
  | { readonly is: 'failed'; readonly message: string };

interface BackupProps {
  readonly state: BackupState;
  readonly onExport: () => void;
  readonly onImport: (file: File) => void;
}

/** Refused lines that are shown; the rest is a number. */
const SHOWN = 5;

function stateWords(state: BackupState): string {
  switch (state.is) {
    case 'idle':
      return '';
    case 'writing':
      return `Writing: ${countWords(state.lines, 'line')} so far`;
    case 'taking':
      return `Taking: ${countWords(state.lines, 'line')} so far`;
    case 'written':
      return `${countWords(state.lines, 'line')} written to ${state.name}.`;
    case 'taken': {
      const refused = state.refused.length === 0 ? '' : ` ${countWords(state.refused.length, 'line')} not taken:`;
      return `From ${state.name}: ${numberWords(state.added)} added, ${numberWords(state.kept)} here already.${refused}`;
    }
    case 'failed':
      return state.message;
  }
}

/** Everything as a file, and back. */
export function Backup({ state, onExport, onImport }: BackupProps) {
  const input = useRef<HTMLInputElement>(null);
  const busy = state.is === 'writing' || state.is === 'taking';
  const refused = state.is === 'taken' ? state.refused : [];
  return (
    <Section
      id="backup"
      title="Backup"
      about="Everything in one file, unredacted: reviews with their history, drafts, rules, settings, destinations and what was delivered. Tokens and signing secrets are not in it. Keep it safe."
    >
      <div class="wb-buttons">
        <Button icon={Download} disabled={busy} onPress={onExport}>
          Export everything
        </Button>
        <Button icon={FileInput} disabled={busy} onPress={() => input.current?.click()}>
          Take a backup back
        </Button>
        <input
          ref={input}
          type="file"
          accept=".jsonl,.ndjson"
          hidden
          aria-label="Backup file"
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            if (file) onImport(file);
            event.currentTarget.value = '';
          }}
        />
      </div>
      <p class="quiet">
        What is here stays, and newer work beats older. Destinations from a backup get nothing before you enter their
        token and save them.
      </p>
      <div role="status" class={state.is === 'failed' || refused.length > 0 ? 'wb-tone-bad' : ''}>
        {stateWords(state)}
        {refused.length > 0 && (
          <ul>
            {refused.slice(0, SHOWN).map(({ line, why }) => (
              <li key={line} class="captured">
                Line {numberWords(line)}: {why}
              </li>
            ))}
            {refused.length > SHOWN && <li>and {numberWords(refused.length - SHOWN)} more</li>}
          </ul>
        )}
      </div>
    </Section>
  );
}

/** How the check of the history stands. */
export type CheckState =
  | { readonly is: 'idle' }
  | { readonly is: 'checking'; readonly checked: number; readonly all: number }
  | { readonly is: 'intact'; readonly checked: number }
  | { readonly is: 'broken'; readonly words: string; readonly reviewId: string }
  | { readonly is: 'failed'; readonly message: string };

interface HistoryCheckProps {
  readonly state: CheckState;
  readonly onCheck: () => void;
  readonly onStop: () => void;
  readonly linkTo: (reviewId: string) => string;
}

/** Whether the log of revisions is as it was written. */
export function HistoryCheck({ state, onCheck, onStop, linkTo }: HistoryCheckProps) {
  return (
    <Section
      id="history-check"
      title="Is the history as it was?"
      about="Each revision carries a hash of itself and of the one before. The check finds what was changed or taken out since; a newest revision that was taken away whole leaves no gap to find."
    >
      <div class="wb-buttons">
        {state.is === 'checking' ? (
          <Button onPress={onStop}>Stop</Button>
        ) : (
          <Button onPress={onCheck}>Check all revisions</Button>
        )}
      </div>
      {state.is === 'checking' && (
        <p role="status" class="quiet">
          Checking: {numberWords(state.checked)} of {numberWords(state.all)}
        </p>
      )}
      {state.is === 'intact' && (
        <Status tone="good" icon={ShieldCheck}>
          {state.checked === 0
            ? 'There is nothing to check yet.'
            : `${countWords(state.checked, 'revision')} checked: all as they were saved.`}
        </Status>
      )}
      {state.is === 'broken' && (
        <Status tone="bad" icon={ShieldAlert} role="alert">
          {state.words} <a href={linkTo(state.reviewId)}>Open the review</a>
        </Status>
      )}
      {state.is === 'failed' && (
        <Status tone="bad" icon={ShieldAlert} role="alert">
          {state.message}
        </Status>
      )}
    </Section>
  );
}
