import type { ComponentChildren } from 'preact';
import { Kbd, keyName } from '../controls/kbd.tsx';

interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly done?: boolean;
  readonly children: ComponentChildren;
}

function Step({ number, title, done, children }: StepProps) {
  return (
    <li class="wb-step">
      <span class={`wb-step-number${done ? ' wb-step-done' : ''}`} aria-hidden="true">
        {number}
      </span>
      <div class="wb-step-body">
        <h2>{title}</h2>
        {children}
      </div>
    </li>
  );
}

interface WelcomeProps {
  /** The switches of the known sites. */
  readonly sites: ComponentChildren;
  readonly anySiteOn: boolean;
  readonly keys: Readonly<Record<'approve' | 'reject' | 'correct' | 'more' | 'undo', string>>;
  readonly singleKeys: boolean;
  readonly chord: string;
  readonly settingsLink: string;
  readonly deliveryLink: string;
  readonly teamLink: string;
  readonly reviewsLink: string;
}

const does = {
  approve: 'The answer is right.',
  reject: 'It is wrong. A digit then says why.',
  correct: 'Write it as it should be; you see what you change.',
  more: 'Rating, labels, a comment.',
  undo: 'Take it back, for 8 seconds.',
} as const;

/** The first minute: a site, the keys, and where reviews go. */
export function Welcome(props: WelcomeProps) {
  const prefix = props.singleKeys ? '' : `${props.chord.replace('+', ' ')} `;
  return (
    <div class="wb-page wb-page-narrow">
      <h1>Review AI answers where they appear</h1>
      <p class="quiet">
        Countersign puts a small toolbar at each AI answer. What you say is kept on this computer, and goes nowhere
        unless you say where.
      </p>
      <ol class="wb-steps">
        <Step number={1} title="Turn on a site" done={props.anySiteOn}>
          <p class="quiet">
            Countersign looks at no page but those. For any other site, open it and press the Countersign button of the
            browser.
          </p>
          {props.sites}
        </Step>
        <Step number={2} title="Learn five keys">
          <p class="quiet">Move the pointer over an answer, then press one key. While you type, they do nothing.</p>
          <dl class="wb-keys">
            {Object.entries(does).map(([action, words]) => {
              const key = props.keys[action as keyof typeof does];
              return (
                <div key={action}>
                  <dt>
                    {prefix && <span class="quiet">{prefix}</span>}
                    <Kbd keys={key} />
                    <span class="visually-hidden">{keyName(key)}</span>
                  </dt>
                  <dd>{words}</dd>
                </div>
              );
            })}
          </dl>
          <p>
            <a href={props.settingsLink}>Choose other keys</a>
          </p>
        </Step>
        <Step number={3} title="Deliver, if you want">
          <p class="quiet">
            If your team has an endpoint, add it as a destination. What we recognise as personal data is redacted before
            it is sent there; Firefox asks you first, in its own words. Without a destination, nothing ever leaves this
            computer; you can still export everything.
          </p>
          <p>
            <a href={props.teamLink}>Join a team</a> by its link or file, or{' '}
            <a href={props.deliveryLink}>add a destination</a> yourself.
          </p>
        </Step>
      </ol>
      <p>
        <a href={props.reviewsLink}>Go to your reviews</a>
      </p>
    </div>
  );
}
