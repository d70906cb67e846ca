/** The pages of connectors say what the code does: the fields to fill in, and the record as it arrives. */
import { describe, expect, test } from 'vitest';
import { abouts } from '../../../utils/connectors/abouts.ts';
import { loadConnector } from '../../../utils/connectors/index.ts';
import { type ConnectorId, connectorIds, type HttpReply, type HttpRequest } from '../../../utils/connectors/types.ts';
import type { Trace } from '../../../utils/review/schema.ts';
import { aShownEvent, jsonExample, pageOf } from '../../support/connector-document.ts';
import { converse } from '../../support/exchange.ts';
import { aLangfuse } from '../../support/targets/langfuse.ts';
import { aLangSmith } from '../../support/targets/langsmith.ts';
import { anOpik } from '../../support/targets/opik.ts';
import { aFullDestination, anUuidTrace, aTrace } from '../../support/traced.ts';

const NOW = Date.parse('2026-11-21T08:01:00Z');
const RUN = '0190a1b2-0000-7000-8000-0000000000ff';

test.each(connectorIds.filter((id) => pageOf(id) !== null))(
  'docs/connectors/%s.md tells of all that is to be filled in',
  (id) => {
    const { fields, token, example } = abouts[id];
    const rows = (pageOf(id) ?? '').split('\n').filter((line) => line.startsWith('|'));
    const told = (words: string) => rows.some((line) => line.includes(words));
    const names = [example, ...(token ? [token.label] : []), ...fields.map(({ label }) => label)];
    expect(names.filter((name) => !told(name))).toEqual([]);
  },
);

/** What a target was sent that changes anything there, in order. */
async function sent(
  id: ConnectorId,
  trace: Trace,
  answer: (request: HttpRequest) => HttpReply,
  token: string,
): Promise<readonly unknown[]> {
  const connector = await loadConnector(id);
  const event = aShownEvent(trace);
  const destination = aFullDestination(abouts[id], { token });
  const { requests, outcome } = await converse(connector.exchange([event], destination, NOW), answer);
  expect(outcome).toEqual({ kind: 'items', items: new Map([[event.id, { outcome: 'delivered' }]]) });
  return requests.filter(({ body }) => body !== '').map(({ body }) => JSON.parse(body) as unknown);
}

describe('the record on the page is the one that arrives', () => {
  test('in Langfuse', async () => {
    const to = aLangfuse({ datasets: ['corrections'] });
    const made = await sent('langfuse', aTrace, to.answer, 'pk-lf-1:sk-lf-1');
    expect(jsonExample('langfuse', 'scores', made.slice(0, -1))).toEqual([...to.scores.values()]);
    expect(jsonExample('langfuse', 'item', made.at(-1))).toEqual([...to.items.values()][0]);
  });

  test('in LangSmith', async () => {
    const project = aFullDestination(abouts.langsmith).options?.project ?? '';
    const to = aLangSmith({ project, runs: [RUN] });
    const made = await sent('langsmith', { ...anUuidTrace, span: RUN }, to.answer, 'token-of-tests');
    expect(jsonExample('langsmith', 'feedback', made)).toEqual([...to.feedback.values()]);
  });

  test('in Opik', async () => {
    const to = anOpik({ has: [anUuidTrace.id] });
    const made = await sent('opik', anUuidTrace, to.answer, 'token-of-tests');
    const { scores, comments } = to.entities.get(anUuidTrace.id) ?? { scores: new Map(), comments: new Map() };
    expect(jsonExample('opik', 'scores', made[0])).toEqual({ scores: [...scores.values()] });
    expect(jsonExample('opik', 'comment', made[1])).toEqual({ text: [...comments.values()][0] });
    expect(jsonExample('opik', 'item', made[2])).toMatchObject({ items: [...to.items.values()] });
  });
});
