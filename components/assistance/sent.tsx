import { LateDisclosure } from '../controls/disclosure.tsx';
import type { AssistanceModel } from './view.ts';

/** Word for word what goes to the model, before and after it went. */
export function SentToModel({ model, onLook }: { readonly model: AssistanceModel; readonly onLook: () => void }) {
  const { sent, state } = model;
  const done = state.is !== 'idle' && sent !== null;
  return (
    <LateDisclosure summary={done ? 'What was sent' : 'What would be sent'} onOpen={onLook}>
      {() =>
        sent && (
          <>
            <p class="small quiet">
              {sent.replaced === 0
                ? 'Nothing in it had to be replaced.'
                : `${sent.replaced} ${sent.replaced === 1 ? 'place is' : 'places are'} replaced, as for a destination.`}{' '}
              Your judgement is not part of it.
            </p>
            {sent.question.messages.map(({ role, content }) => (
              <section key={role} aria-label={role === 'system' ? 'Instructions' : 'Question'}>
                <p class="small quiet">{role === 'system' ? 'Instructions' : 'Question'}</p>
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
                <pre class="captured as-text" tabIndex={0}>
                  {content}
                </pre>
              </section>
            ))}
          </>
        )
      }
    </LateDisclosure>
  );
}
