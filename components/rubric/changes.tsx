import type { Change } from '../../utils/review/project-diff.ts';

const words = { added: 'New', removed: 'Gone', changed: 'Changed' } as const;

/** What is different, in words. */
export function ChangeList({ changes }: { readonly changes: readonly Change[] }) {
  if (changes.length === 0) return <p class="quiet">Nothing is different.</p>;
  return (
    <ul class="ru-changes">
      {changes.map(({ is, what, how }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a list that is made anew as a whole
        <li key={index}>
          <span class={`ru-change ru-${is}`}>{words[is]}</span>
          <span class="captured">
            {what}
            {how.length > 0 && <span class="quiet">: {how.join('; ')}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
