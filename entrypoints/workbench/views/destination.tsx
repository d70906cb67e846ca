import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../../components/controls/button.tsx';
import { DeadLetters } from '../../../components/workbench/dead-letters.tsx';
import { DestinationCard } from '../../../components/workbench/destination-card.tsx';
import type { DeadLetterView, DestinationView as Destination } from '../../../components/workbench/types.ts';
import { countWords } from '../../../components/workbench/wording.ts';
import { abouts } from '../../../utils/connectors/abouts.ts';
import { eventOf, listOutbox, type OutboxEntry } from '../../../utils/storage/outbox.ts';
import { watch } from '../../../utils/storage/watch.ts';
import { writeRoute } from '../route.ts';
import { exportDead } from '../store/export.ts';
import type { Workbench } from '../workbench.ts';

interface DestinationViewProps {
  readonly workbench: Workbench;
  readonly destination: Destination;
  readonly onEdit: () => void;
}

/** Dead letters read at first, and more with each request. */
const PAGE = 10;

function letterOf({ entryId, reviewId, key, kind, reason, attempts }: OutboxEntry): DeadLetterView {
  const revision = kind === 'deletion' ? null : Number(key.slice(key.lastIndexOf(':') + 1));
  return { entryId, reviewId, reason, attempts, revision };
}

/** One destination with what it refused. */
export function DestinationView({ workbench, destination, onEdit }: DestinationViewProps) {
  const { database, act, notices, counts, now } = workbench;
  const { id, name, dead, owed, delivered } = destination;
  const [letters, setLetters] = useState<readonly DeadLetterView[]>([]);
  const [limit, setLimit] = useState(PAGE);

  useEffect(() => {
    const gone = new AbortController();
    watch(() => listOutbox(database, { state: 'dead', destinationId: id, limit }), gone.signal, {
      onValue: (entries) => setLetters(entries.map(letterOf)),
      onFailure: (failure) => notices.fail(failure),
    });
    return () => gone.abort();
  }, [database, notices, id, limit]);

  const tell = (text: string) => notices.tell({ tone: 'quiet', text });
  const resend = async (which: { readonly entryId: number } | { readonly destinationId: string }) => {
    if (await act('resend', which)) tell('They are sent again.');
  };
  const discard = async (which: { readonly entryId: number } | { readonly destinationId: string }) => {
    if (await act('discard', which)) tell('They will not be delivered.');
  };
  const read = async (entryId: number) => {
    const event = await eventOf(database, entryId);
    return event && JSON.stringify(event, null, 2);
  };
  // Every stored revision is owed to, or was delivered to, each destination that existed when it was saved.
  const earlier = Math.max(0, (counts.value.value?.revisions ?? 0) - owed - delivered - dead);
  const deliverEarlier = async () => {
    if (await act('deliverEarlier', { destinationId: id })) tell(`They are on their way to ${name}.`);
  };

  return (
    <DestinationCard
      destination={destination}
      kind={abouts[destination.connector].name}
      now={now.value}
      onDeliverNow={() => void act('deliverNow', {})}
      onEdit={onEdit}
      onRemove={() => void act('removeDestination', { id }).then((done) => done && tell(`${name} was removed.`))}
    >
      {earlier > 0 && (
        <div class="wb-earlier">
          <span class="quiet">
            {countWords(earlier, 'revision')} from before it was set up {earlier === 1 ? 'is' : 'are'} not sent there.
          </span>
          <Button onPress={() => void deliverEarlier()}>{earlier === 1 ? 'Send it too' : 'Send them too'}</Button>
        </div>
      )}
      <DeadLetters
        letters={letters}
        count={dead}
        onMore={() => setLimit(limit + PAGE * 5)}
        onRead={read}
        onResend={(entryId) => void resend({ entryId })}
        onDiscard={(entryId) => void discard({ entryId })}
        onDiscardAll={() => void discard({ destinationId: id })}
        onResendAll={() => void resend({ destinationId: id })}
        onExport={() =>
          void exportDead(database, { id, name }).then((count) =>
            tell(`${countWords(count, 'delivery', 'deliveries')} written to a file.`),
          )
        }
        linkTo={(reviewId) => writeRoute({ view: 'reviews', reviewId, query: {} })}
      />
    </DestinationCard>
  );
}
