import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Background, refused, startBackground, value } from '../../support/background.ts';
import { aDraft, aFinding, aJudgement, aSnapshot } from '../../support/builders.ts';
import type { FakeTab } from '../../support/fake-extension.ts';
import { stored } from '../../support/stored.ts';

const text =
  'Your parcel left the warehouse in Graz on Tuesday and should reach you by Thursday. If it does not, write to us again.';
let background: Background;
let tab: FakeTab;

beforeEach(async () => {
  background = await startBackground();
  tab = background.extension.openTab('https://chat.example/c/1');
  background.extension.grant('https://chat.example/*');
});

/** A stored review whose findings are on these words. */
async function reviewed(...words: readonly string[]) {
  const findings = words.map((each) => aFinding(text, each));
  const judgement = aJudgement({ verdict: 'reject', correction: null, findings });
  const draft = aDraft({ judgement, snapshot: aSnapshot({ text, markdown: text, length: text.length }) });
  await stored(background.database, draft);
  return draft;
}

describe('where stored findings are on the page now', () => {
  it('given the answer as it was, then they are where they were, without label, note or words', async () => {
    const { responseKey } = await reviewed('by Thursday');
    const answer = value(await background.content(tab)('anchorFindings', { responseKey, text }));
    const start = text.indexOf('by Thursday');
    expect(answer).toEqual({
      findings: [{ id: expect.any(String), start, end: start + 11, severity: 'major' }],
      orphans: 0,
    });
  });

  it('given the page changed it, then they move along, and what is gone is only counted', async () => {
    const { responseKey } = await reviewed('by Thursday', 'in Graz');
    const now = `Good news! ${text.replace('in Graz', 'abroad')}`;
    const answer = value(await background.content(tab)('anchorFindings', { responseKey, text: now }));
    expect(answer.findings.map(({ start, end }) => now.slice(start, end))).toEqual(['by Thursday']);
    expect(answer.orphans).toBe(1);
  });

  it('given another site, or one that is off, then it learns nothing of them', async () => {
    const { responseKey } = await reviewed('by Thursday');
    const other = background.extension.openTab('https://other.example/');
    expect(await background.content(other)('anchorFindings', { responseKey, text })).toMatchObject(refused('off'));
    background.extension.grant('https://other.example/*');
    expect(value(await background.content(other)('anchorFindings', { responseKey, text }))).toEqual({
      findings: [],
      orphans: 0,
    });
  });

  it('given a text that is longer than a snapshot can be, then it is refused', async () => {
    const { responseKey } = await reviewed('by Thursday');
    const long = 'x'.repeat(200_001);
    expect(await background.content(tab)('anchorFindings', { responseKey, text: long })).toMatchObject(
      refused('invalid'),
    );
  });
});
