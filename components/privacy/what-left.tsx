import { LateDisclosure } from '../controls/disclosure.tsx';
import { Section } from '../settings/section.tsx';
import { aboutSends, sendsChoices } from '../workbench/sends-words.ts';
import type { PrivacyLevel } from '../workbench/types.ts';
import { countWords, fullTime, numberWords, siteName, timeWords } from '../workbench/wording.ts';

/** One acknowledgement. */
interface Acknowledged {
  readonly key: string;
  readonly reviewId: string;
  readonly kind: 'review' | 'deletion';
  readonly level: PrivacyLevel | null;
  readonly attempt: number;
  readonly deliveredAt: string;
}

/** What one destination has had, over all time. */
interface LeftView {
  readonly destinationId: string;
  readonly name: string;
  readonly origin: string;
  readonly present: boolean;
  readonly total: number;
  readonly since: string;
  readonly newest: readonly Acknowledged[];
}

interface WhatLeftProps {
  /** null while it is read. */
  readonly left: readonly LeftView[] | null;
  readonly now: number;
  readonly linkTo: (reviewId: string) => string;
}

function levelWords(level: PrivacyLevel | null): string {
  return sendsChoices.find(({ value }) => value === level)?.label ?? 'level not noted';
}

function whatWords({ kind, level, attempt }: Acknowledged): string {
  const tries = attempt > 1 ? `, at try ${attempt}` : '';
  return kind === 'deletion'
    ? `Word that a review was deleted${tries}`
    : `A review: ${levelWords(level).toLowerCase()}${tries}`;
}

/** What has left this computer, to whom and when. */
export function WhatLeft({ left, now, linkTo }: WhatLeftProps) {
  return (
    <Section
      id="what-left"
      title="What has left"
      about="What a destination acknowledged. The note stays when the review or the destination is gone. A copy that was sent without an answer may have arrived too."
    >
      {left?.length === 0 && <p>Nothing has left this computer.</p>}
      <ul class="pv-list">
        {left?.map(({ destinationId, name, origin, present, total, since, newest }) => (
          <li key={destinationId}>
            <strong class="captured">{name}</strong>
            <span class="captured">
              {countWords(total, 'delivery', 'deliveries')} to {siteName(origin)}, {total > 1 && 'the last '}
              {timeWords(newest[0]?.deliveredAt ?? since, now)}
              {total > 1 && `, the first ${timeWords(since, now)}`}.
              {!present && ' You have removed this destination since.'}
            </span>
            <LateDisclosure
              summary={newest.length < total ? `The newest ${numberWords(newest.length)}` : 'Each of them'}
            >
              {() => (
                <ul>
                  {newest.map((one) => (
                    <li key={one.key}>
                      <time dateTime={one.deliveredAt} title={fullTime(one.deliveredAt)}>
                        {timeWords(one.deliveredAt, now).replace(/^./, (letter) => letter.toUpperCase())}
                      </time>
                      {': '}
                      {one.kind === 'review' ? <a href={linkTo(one.reviewId)}>{whatWords(one)}</a> : whatWords(one)}
                    </li>
                  ))}
                </ul>
              )}
            </LateDisclosure>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What a destination is set to get. */
interface ShareView {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly sends: PrivacyLevel;
  readonly sendPrompt?: boolean | undefined;
  readonly sendContext?: boolean | undefined;
  readonly former?: true | undefined;
  readonly owed: number;
}

interface WhatWouldLeaveProps {
  readonly destinations: readonly ShareView[];
  readonly model?: ModelAsked | null;
}

/** The model that may be asked for a second opinion, and how often one was. */
export interface ModelAsked {
  /** Host of the endpoint; null for the browser's own model, or none. */
  readonly host: string | null;
  readonly set: boolean;
  readonly count: number;
  /** When it was asked last, in words. */
  readonly last: string;
}

/** What goes to the model, in one or two sentences. */
function modelWords({ host, set, count, last }: ModelAsked): string {
  const now = !set
    ? 'No model is set any more.'
    : host === null
      ? 'The browser’s own model is asked on this computer: nothing leaves it.'
      : `When you ask ${host} for a second opinion, the answer and its prompt go there at once, redacted; your judgement does not.`;
  const so = count === 0 ? 'Nobody was asked yet.' : `${countWords(count, 'question')} so far, the last ${last}.`;
  return `${now} ${so}`;
}

/** What leaves with the next review, by destination; and what goes to a model, if one is asked. */
export function WhatWouldLeave({ destinations, model = null }: WhatWouldLeaveProps) {
  return (
    <Section
      id="would-leave"
      title="What would leave"
      about={
        <>
          With the next review you save. To see exactly what, press “What leaves” beside the save button, or open a
          review and look under “What would leave”. Change it under <a href="#/delivery">Delivery</a>.
        </>
      }
    >
      {destinations.length === 0 && (
        <p>Nothing: there is no destination, and Countersign makes no request of its own.</p>
      )}
      {model && (
        <p class="captured">
          {modelWords(model)} <a href="#/settings">Settings</a>
        </p>
      )}
      <ul class="pv-list">
        {destinations.map(({ id, name, url, sends, sendPrompt, sendContext, former, owed }) => {
          const texts = sends === 'text' || sends === 'redacted';
          return (
            <li key={id}>
              <span>
                <strong class="captured">{name}</strong> <span class="quiet captured">{siteName(url)}</span>
              </span>
              {former ? (
                <span>Nothing new: a former address, which only gets what it was owed.</span>
              ) : (
                <span>
                  {aboutSends[sends]}
                  {texts &&
                    (sendPrompt === false
                      ? ' The prompt does not leave.'
                      : sendContext
                        ? ' The prompt before the answer, and what was said before that, are part of it, where they are kept.'
                        : ' The prompt before the answer is part of it, where it is kept.')}
                </span>
              )}
              {owed > 0 && <span class="quiet">{countWords(owed, 'delivery', 'deliveries')} waiting.</span>}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
