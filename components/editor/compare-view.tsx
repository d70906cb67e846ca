import './compare.css';
import { ArrowLeft, CircleQuestionMark, Diff, Eye, EyeOff, Pin, Redo2, Undo2, X } from 'lucide';
import { useRef } from 'preact/hooks';
import type { Press, Strength } from '../../utils/review/ranking.ts';
import { STRENGTHS } from '../../utils/review/ranking.ts';
import type { Rating } from '../../utils/review/schema.ts';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import { Segmented } from '../controls/segmented.tsx';
import type { CompareModel } from './compare-model.ts';
import { ComparedAnswer } from './compared-answer.tsx';
import { ComparedWith } from './compared-with.tsx';
import { Footer } from './footer.tsx';
import { HELP_ID, Help, type HelpProps } from './help.tsx';
import { syncScroll } from './sync-scroll.ts';
import { VerdictField } from './verdict-field.tsx';
import type { EditorActions } from './view.ts';

/** What the reviewer does here. Events come along where a judgement is made: `isTrusted` decides. */
export interface CompareActions {
  readonly press: (press: Press, event: Event) => void;
  readonly strengthen: (strength: Strength, event: Event) => void;
  readonly rate: (key: string, dimension: string, value: Rating['value'] | null, event: Event | null) => void;
  /** Why one of the answers is rated like that. */
  readonly reason: (key: string, dimension: string, text: string) => void;
  readonly choose: (key: string, on: boolean, event: Event) => void;
  readonly undo: (event: Event) => void;
  readonly redo: (event: Event) => void;
  readonly pin: (event: Event) => void;
  readonly unpin: (pinId: string, event: Event) => void;
  readonly showNames: (event: Event) => void;
  readonly showDifferences: (event: Event) => void;
  /** To the form of the one answer. */
  readonly leave: (event: Event) => void;
}

interface CompareViewProps {
  readonly model: CompareModel;
  readonly on: CompareActions;
  /** What the footer and the header can do. */
  readonly editor: EditorActions;
  readonly help: HelpProps;
}

const strengthWords: Readonly<Record<Strength, string>> = { slight: 'Slightly', clear: 'Clearly', strong: 'Much' };

/** Several answers side by side, to say which is better: names hidden, order random. */
export function CompareView({ model, on, editor, help }: CompareViewProps) {
  const { answers, keys } = model;
  const isMany = answers.length > 2;
  const grid = useRef<HTMLDivElement>(null);
  const key = (name: string) => (keys ? { keys: name } : {});
  return (
    <main class="ed ed-compare">
      <header class="ed-header">
        <div class="ed-title">
          <h1>Which answer is better?</h1>
          <p class="quiet small">In random order, names hidden until you have judged</p>
        </div>
        <Button kind="quiet" icon={ArrowLeft} onPress={on.leave} {...key(model.compareKey)}>
          To the review
        </Button>
        <button
          type="button"
          class="cs-button cs-button-quiet cs-button-icon"
          aria-label="Keys and hints"
          title="Keys and hints"
          popovertarget={HELP_ID}
        >
          <Icon node={CircleQuestionMark} />
        </button>
        <Button kind="quiet" icon={X} label="Close (Esc)" keys="Escape" onPress={editor.close} />
      </header>
      <Help {...help} />
      <div class="ed-fields">
        {answers.length < 2 ? (
          <p class="cmp-empty">
            There is no other answer to compare with. Pin one on any page that Countersign is on, with{' '}
            <strong>Pin this answer</strong> here or the key of Pin there: it will be here then.
          </p>
        ) : (
          <>
            {model.prompt !== null && (
              <section class="cmp-prompt captured" aria-label="Prompt" dir="auto">
                {model.prompt}
              </section>
            )}
            {model.otherPrompt && <p class="cmp-note small">Not all of these answer the same prompt.</p>}
            <div ref={grid} class="cmp-answers" onScrollCapture={(event) => syncScroll(grid.current, event.target)}>
              {answers.map((answer) => (
                <ComparedAnswer
                  key={answer.key}
                  answer={answer}
                  prefer={isMany ? `${answer.letter} next` : `${answer.letter} is better`}
                  keys={keys}
                  on={on}
                />
              ))}
            </div>
            <div class="cmp-bar">
              <div class="cmp-presses">
                <Button onPress={(event) => on.press('equal', event)} {...key('e')}>
                  {isMany ? 'Equal' : 'Both equal'}
                </Button>
                <Button onPress={(event) => on.press('none', event)} {...key('x')}>
                  {isMany ? 'None is good' : 'Both bad'}
                </Button>
                <Button kind="quiet" icon={Undo2} label="Undo" disabled={!model.canUndo} onPress={on.undo} />
                <Button kind="quiet" icon={Redo2} label="Redo" disabled={!model.canRedo} onPress={on.redo} />
              </div>
              <p class="cmp-standing" role="status">
                {model.sentence}
              </p>
              <div class="cmp-strength">
                {model.hasStrength && (
                  <Segmented
                    label="How much better"
                    value={model.strength}
                    onPick={on.strengthen}
                    options={STRENGTHS.map((value, index) => ({
                      value,
                      label: strengthWords[value],
                      ...key(String(index + 1)),
                    }))}
                  />
                )}
              </div>
            </div>
            {model.isDone && (
              <div class="cmp-verdict">
                <p id="cmp-verdict-of">
                  Verdict on <strong>{model.own}</strong>, the answer that you opened
                </p>
                <VerdictField value={model.verdict} keys={null} onPick={editor.pickVerdict} />
              </div>
            )}
          </>
        )}
        {model.elsewhere.map((words) => (
          <p key={words} class="ed-wrong small">
            {words}
          </p>
        ))}
        <div class="cmp-more">
          <Button kind="quiet" icon={Pin} pressed={model.pinned} disabled={model.pinned} onPress={on.pin}>
            {model.pinned ? 'This answer is pinned' : 'Pin this answer'}
          </Button>
          {answers.length > 1 && (
            <>
              <Button kind="quiet" icon={Diff} pressed={model.differences} onPress={on.showDifferences} {...key('w')}>
                Differences from A
              </Button>
              <Button
                kind="quiet"
                icon={model.named ? EyeOff : Eye}
                pressed={model.named}
                disabled={!model.isDone}
                onPress={on.showNames}
              >
                Names
              </Button>
            </>
          )}
        </div>
        {model.choices.length > 0 && <ComparedWith choices={model.choices} on={on} />}
      </div>
      <Footer save={model.save} saveKeys={model.saveKeys} on={editor} />
    </main>
  );
}
