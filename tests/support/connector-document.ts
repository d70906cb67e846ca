/** The pages docs/connectors/<id>.md: their examples, and a review short enough to be shown there. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { ConnectorId } from '../../utils/connectors/types.ts';
import type { Trace } from '../../utils/review/schema.ts';
import { type ReviewEvent, toEvent } from '../../utils/review/wire.ts';
import { aFinding, aJudgement, aReview, aSnapshot } from './builders.ts';

const pathOf = (id: ConnectorId) => new URL(`../../docs/connectors/${id}.md`, import.meta.url);

/** The page of a connector; null where there is none. */
export const pageOf = (id: ConnectorId): string | null =>
  existsSync(pathOf(id)) ? readFileSync(pathOf(id), 'utf8') : null;

const block = (name: string) => new RegExp(`(<!-- example: ${name} -->\n\`\`\`\\w+\n)([\\s\\S]*?)(\n\`\`\`)`);

/**
 * The value in the code block behind `<!-- example: name -->`. With COUNTERSIGN_WRITE_DOCS=1, `made` is written there before:
 * after a change of what is sent.
 */
export function jsonExample(id: ConnectorId, name: string, made: unknown): unknown {
  let page = pageOf(id) ?? '';
  if (process.env.COUNTERSIGN_WRITE_DOCS) {
    page = page.replace(block(name), (_, before, _old, after) => before + JSON.stringify(made, null, 2) + after);
    writeFileSync(pathOf(id), page);
  }
  const found = block(name).exec(page)?.[2];
  if (found === undefined) throw new Error(`docs/connectors/${id}.md has no example ${name}`);
  return JSON.parse(found);
}

/** The review that pages show as it arrives. */
export function aShownEvent(trace: Trace): ReviewEvent {
  const snapshot = aSnapshot({ trace });
  return toEvent(
    aReview({
      id: '019aa551-1c88-7b1e-9d3f-3f2a6c0d8e55',
      responseKey: 'example:conversation-1:message-1',
      reviewer: { id: 'b6a1f0', name: 'A. Reviewer' },
      contentHash: '2aacb69285c5fc4373fb564031deb0e528d4d48dcde02edac399453d5f9bdeb5',
      snapshot,
      judgement: aJudgement({
        ratings: [{ dimension: 'quality', value: 2, reason: 'One wrong number.' }],
        comment: 'It is 30 days since May.',
        findings: [aFinding(snapshot.text, '14 days', { replacement: '30 days' })],
      }),
    }),
  );
}
