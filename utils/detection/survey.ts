/** What the page is to detection, in a form that leaves the page: for the popup, the picker, `npm run inspect`, the report. */
import { locate } from './engine/locate.ts';
import { confidenceOf, isAnswer } from './engine/roles.ts';
import type { Session } from './engine/session.ts';
import { type FoundMessage, findMessages } from './engine/survey.ts';
import { readText } from './read-text.ts';
import type { Health, Survey, SurveyedMessage } from './types.ts';

/** Nothing was found, or nothing was looked for. */
const nothing: Health = {
  state: 'idle',
  message: null,
  selectors: [],
  found: { rule: 0, generic: 0, manual: 0, growing: 0 },
};

/** Every message of the page that the reader sees, in the order in which they were said. */
export function messagesOf(session: Session): readonly FoundMessage[] {
  const { force } = session;
  return findMessages(force.active(), session.roots(), (rule) => force.authors(rule), session.inOrder());
}

/** Reads the whole page once. `session` is null where detection does not run. */
export function surveyPage(url: string, session: Session | null): Survey {
  if (!session) return { url, rule: null, messages: [], conversationKey: null, composer: null, health: nothing, ms: 0 };
  return {
    url,
    rule: session.rule(),
    messages: messagesOf(session)
      .map((message) => describe(message, session))
      .filter(({ text }) => text !== ''),
    conversationKey: session.conversation(),
    composer: composerOf(session),
    health: session.health(),
    ms: Math.round(session.spent() * 10) / 10,
  };
}

function composerOf(session: Session): string | null {
  for (const { rule } of session.force.active()) {
    const { composer } = rule;
    if (composer !== undefined && session.roots().some((root) => root.querySelector(composer))) return composer;
  }
  return null;
}

function describe({ entry, element, variant, judgement, bodies }: FoundMessage, session: Session): SurveyedMessage {
  const response = entry?.response ?? session.at(element)?.response ?? null;
  const codeBlock = isAnswer(judgement.role) ? variant.codeBlock : undefined;
  const { text, markdown, truncated } = readText({
    bodies,
    without: variant.without,
    codeBlock,
    range: entry?.range ?? null,
  });
  const { role, author, evidence } = judgement;
  return {
    role,
    author,
    text,
    markdown,
    truncated,
    confidence: response?.confidence ?? confidenceOf(evidence),
    asserted: response?.asserted ?? false,
    evidence,
    settled: response?.settled ?? true,
    messageId: response ? response.messageId : locate(variant.messageId, element),
    model: isAnswer(role) ? locate(variant.model, element) : null,
    variantOf: response?.variantOf ?? null,
  };
}
