/** Destinations with their counts, as the views show them. */
import type { DestinationView } from '../../../components/workbench/types.ts';
import type { Workbench } from '../workbench.ts';

/** All destinations by name; none while they are read. */
export function destinationViews({
  destinations,
  counts,
}: Pick<Workbench, 'destinations' | 'counts'>): DestinationView[] {
  const numbers = counts.value.value?.destinations ?? {};
  return (destinations.value.value ?? []).map((destination) => ({
    ...destination,
    ...(numbers[destination.id] ?? { owed: 0, delivered: 0, dead: 0 }),
  }));
}
