import type { ComponentChildren } from 'preact';
import type { Rubric } from '../../utils/review/rubric.ts';
import type { Snapshot } from '../../utils/review/schema.ts';
import { Disclosure } from '../controls/disclosure.tsx';

interface StoredDetailsProps {
  readonly snapshot: Snapshot;
  readonly rubric: Pick<Rubric, 'id' | 'version'>;
  /** Names of the destinations that it will be delivered to. */
  readonly destinations: readonly string[];
  readonly keepPrompt: boolean;
}

const numbers = new Intl.NumberFormat('en');
const characters = (count: number) => `${numbers.format(count)} ${count === 1 ? 'character' : 'characters'}`;
const list = new Intl.ListFormat('en', { type: 'conjunction' });

function answerWords({ text, truncated, length, settled }: Snapshot): string {
  const size = truncated
    ? `the first ${numbers.format(text.length)} of ${characters(length)}`
    : characters(text.length);
  return `As text and Markdown, ${size}${settled ? '' : '; it was still growing'}`;
}

function promptWords({ prompt }: Snapshot, keepPrompt: boolean): string {
  if (prompt !== null) return `Kept, ${characters(prompt.length)}`;
  return keepPrompt ? 'None was found before this answer' : 'Not kept: switched off in the settings';
}

function contextWords(context: NonNullable<Snapshot['context']>): string {
  const length = context.reduce((sum, { text }) => sum + text.length, 0);
  return `${numbers.format(context.length)} ${context.length === 1 ? 'message' : 'messages'}, ${characters(length)}`;
}

function ruleWords({ foundBy }: Snapshot): string {
  if (foundBy === null) return 'Selected by hand';
  return [`Site rule ${foundBy.site}, version ${foundBy.version}`, foundBy.variant].filter(Boolean).join(', ');
}

function Row({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd class="captured">{children}</dd>
    </div>
  );
}

/** Everything that saving stores besides what the reviewer fills in, and where it goes from there. */
export function StoredDetails({ snapshot, rubric, destinations, keepPrompt }: StoredDetailsProps) {
  const goesTo = destinations.length === 0 ? 'stays on this computer' : `goes to ${list.format(destinations)}`;
  return (
    <Disclosure
      summary={
        <span>
          What will be stored <span class="ed-goes captured">· {goesTo}</span>
        </span>
      }
    >
      <dl class="ed-stored">
        <Row name="Answer">{answerWords(snapshot)}</Row>
        <Row name="Prompt">{promptWords(snapshot, keepPrompt)}</Row>
        {snapshot.context && <Row name="Before it">{contextWords(snapshot.context)}</Row>}
        <Row name="Model">{snapshot.model ?? 'Not named by the page'}</Row>
        <Row name="Page">
          {snapshot.pageUrl}
          {snapshot.pageTitle !== '' && <span class="quiet">, “{snapshot.pageTitle}”</span>}
        </Row>
        <Row name="Found by">{ruleWords(snapshot)}</Row>
        <Row name="With it">
          Time of saving, how long you worked on it, whether this frame was visible, rubric {rubric.id} {rubric.version}
        </Row>
        <Row name="Delivered to">
          {destinations.length === 0
            ? 'Nowhere: no destination is set'
            : `${list.format(destinations)}, 8 seconds after saving or later; redacted first, unless the destination is set to get more or less`}
        </Row>
      </dl>
    </Disclosure>
  );
}
