/** What the navigation says beside its names and below them. */
import type { NavigationItem } from '../../../components/workbench/shell.tsx';
import { countWords, numberWords } from '../../../components/workbench/wording.ts';
import type { Workbench } from '../workbench.ts';

type Note = NavigationItem['note'];

/** How many there are of what a view shows, where that is worth a word. */
export function notesOf({ counts, destinations, openCases }: Workbench): Readonly<Record<string, Note>> {
  const stored = counts.value.value;
  const stopped = (destinations.value.value ?? []).filter(({ pausedBecause }) => pausedBecause !== null).length;
  const trouble = (stored?.dead ?? 0) + stopped;
  const troubleWords = [
    stored?.dead && `${countWords(stored.dead, 'review')} could not be delivered`,
    stopped && `${countWords(stopped, 'destination')} paused`,
  ];
  const quiet = (count: number | null | undefined, what: string): Note =>
    count ? { text: numberWords(count), words: countWords(count, what), tone: 'quiet' } : undefined;
  return {
    reviews: quiet(stored?.reviews, 'review'),
    delivery: trouble
      ? { text: numberWords(trouble), words: troubleWords.filter(Boolean).join(', '), tone: 'bad' }
      : undefined,
    cases: quiet(openCases.value.value, 'open case'),
  };
}

/** What leaves this computer now, in one sentence. */
export function stateWords({ settings, destinations, counts, memoryOnly, assistance }: Workbench): string {
  const all = destinations.value.value;
  if (!all) return '';
  const paused = settings.value.paused ? 'Paused on all sites. ' : '';
  const memory = memoryOnly.value.value ? 'Memory only: what you review is forgotten when the browser closes. ' : '';
  const asks = assistance.value.value?.set?.by === 'endpoint' ? ' A model is asked when you press.' : '';
  if (all.length === 0) return `${paused}${memory}Nothing leaves this computer${asks && ' by itself'}.${asks}`;
  const owed = counts.value.value?.owed ?? 0;
  const names = all.length === 1 ? all[0]?.name : `${all.length} destinations`;
  return `${paused}${memory}Delivers to ${names}${owed > 0 ? `: ${numberWords(owed)} waiting` : ''}.${asks}`;
}
