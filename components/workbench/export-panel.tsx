import './export-panel.css';
import { Download } from 'lucide';
import { useState } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import { Segmented } from '../controls/segmented.tsx';
import { countWords } from './wording.ts';

/** How an export stands. */
export type ExportState =
  | { readonly is: 'idle' }
  | { readonly is: 'writing'; readonly lines: number; readonly what: ExportedLine }
  | { readonly is: 'done'; readonly lines: number; readonly what: ExportedLine; readonly name: string }
  | { readonly is: 'failed'; readonly message: string };

/** What a line holds. */
export type ExportChoice = 'newest' | 'all' | 'csv' | 'pairs' | 'findings';
type ExportedLine = 'review' | 'pair' | 'finding';

interface ExportPanelProps {
  /** Only those that the filters let through. */
  readonly filtered: boolean;
  /** How many there are without filters. */
  readonly reviews: number;
  readonly state: ExportState;
  readonly onExport: (choice: ExportChoice) => void;
  readonly onStop: () => void;
}

const choices = [
  { value: 'newest', label: 'Newest revision' },
  { value: 'all', label: 'All revisions' },
  { value: 'csv', label: 'Table' },
  { value: 'pairs', label: 'Preference pairs' },
  { value: 'findings', label: 'Findings' },
] as const;

const about: Readonly<Record<ExportChoice, string>> = {
  newest: 'Nothing is left out.',
  all: 'Nothing is left out.',
  csv: 'The newest revision of each. A text that a spreadsheet would take for a formula gets an apostrophe in front; texts of more than 32,000 characters are cut.',
  pairs: 'A line for each two of which one was preferred.',
  findings: 'A line for each finding, as a W3C web annotation.',
};

function stateWords(state: ExportState): string {
  switch (state.is) {
    case 'idle':
      return '';
    case 'writing':
      return `Writing: ${countWords(state.lines, state.what)} so far`;
    case 'done':
      return `${countWords(state.lines, state.what)} written to ${state.name}`;
    case 'failed':
      return state.message;
  }
}

/** Takes the reviews out as a file, one line each. */
export function ExportPanel({ filtered, reviews, state, onExport, onStop }: ExportPanelProps) {
  const [choice, setChoice] = useState<ExportChoice>('newest');
  const writing = state.is === 'writing';
  return (
    <div class="wb-export">
      <p>
        {filtered ? 'The reviews that match the filters' : `All ${countWords(reviews, 'review')}`},{' '}
        {choice === 'csv' ? 'one per row, as CSV.' : 'one per line, as JSON Lines.'} {about[choice]}
      </p>
      <Segmented label="Revisions" options={choices} value={choice} onPick={setChoice} apart />
      <div class="wb-buttons">
        {writing ? (
          <Button onPress={onStop}>Stop</Button>
        ) : (
          <Button kind="primary" icon={Download} onPress={() => onExport(choice)}>
            {choice === 'csv' ? 'Export as CSV' : 'Export as JSONL'}
          </Button>
        )}
        <span role="status" class={state.is === 'failed' ? 'wb-tone-bad' : 'quiet'}>
          {stateWords(state)}
        </span>
      </div>
    </div>
  );
}
