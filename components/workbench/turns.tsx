import type { Turn } from '../../utils/review/schema.ts';
import { PlainText } from './answer.tsx';
import { countWords } from './wording.ts';

const speakers: Readonly<Record<Turn['role'], string>> = {
  user: 'The user',
  assistant: 'The AI',
  agent: 'A person of the support',
  system: 'The system',
};

/** What was said before the prompt, the newest last. */
export function Turns({ context }: { readonly context: readonly Turn[] }) {
  return (
    <section class="wb-part" aria-labelledby="context-title">
      <h3 id="context-title">Before the prompt, {countWords(context.length, 'message')}</h3>
      {context.map(({ role, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what was said never changes its order
        <div key={`${index}`} class="wb-turn">
          <p class="quiet">{speakers[role]}</p>
          <PlainText text={text} label={`Message ${index + 1}, ${speakers[role]}`} />
        </div>
      ))}
    </section>
  );
}
