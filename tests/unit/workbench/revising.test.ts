// @vitest-environment happy-dom
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startRevising } from '../../../entrypoints/workbench/store/revising.ts';
import { defaultSettings } from '../../../utils/storage/default-settings.ts';
import { getDraft } from '../../../utils/storage/drafts.ts';
import { readRevisions } from '../../../utils/storage/list.ts';
import { type Background, startBackground } from '../../support/background.ts';
import { aJudgement } from '../../support/builders.ts';
import { SITE, stored } from '../../support/stored.ts';

const click = new MouseEvent('click');
let background: Background;
let id: string;

beforeEach(async () => {
  background = await startBackground();
  // The form looks at the clock on the wall to see whether there is time left to undo: it stands still.
  vi.useFakeTimers({ toFake: ['Date'], now: background.now });
  const first = { judgement: aJudgement({ verdict: 'approve', correction: null, labels: [] }) };
  const { draft } = await stored(background.database, first, { now: background.now - 60_000 });
  id = draft.id;
});

afterEach(() => void vi.useRealTimers());

async function open(onClose = () => {}) {
  const history = await readRevisions(background.database, id);
  const draft = (await getDraft(background.database, { origin: SITE, responseKey: history[0]?.responseKey ?? '' }))
    ?.judgement;
  const settings = defaultSettings;
  const readHistory = () => readRevisions(background.database, id);
  return startRevising({ call: background.page, history, draft: draft ?? null, settings, onClose, readHistory });
}

const saved = (revising: Awaited<ReturnType<typeof open>>) =>
  vi.waitFor(() => expect(revising.model().save.is).toBe('saved'), { timeout: 30_000 });

describe('revising in the workbench', () => {
  it('given another verdict, when it is saved, then a second revision of the workbench is stored and the first stays', async () => {
    const revising = await open();
    expect(revising.model().fields.verdict).toBe('approve');
    revising.on.pickVerdict('reject', click);
    revising.on.toggleLabel('tone', click);
    revising.on.save(click);
    await saved(revising);
    const revisions = await readRevisions(background.database, id);
    expect(revisions.map(({ judgement, surface }) => [judgement.verdict, judgement.labels, surface])).toEqual([
      ['approve', [], 'editor'],
      ['reject', ['tone'], 'workbench'],
    ]);
  });

  it('given work that was not saved, when the form is left and opened again, then the work is there', async () => {
    const revising = await open();
    revising.on.comment('Half a thought');
    await revising.end();
    expect((await open()).model().fields.comment).toBe('Half a thought');
    expect(await readRevisions(background.database, id)).toHaveLength(1);
  });

  it('given a save, when it is undone in time, then the revision is gone and the work is still in the form', async () => {
    const revising = await open();
    revising.on.comment('Too quick');
    revising.on.save(click);
    await saved(revising);
    revising.on.undo(click);
    await vi.waitFor(() => expect(revising.model().save.is).toBe('undone'));
    expect(await readRevisions(background.database, id)).toHaveLength(1);
    expect(revising.model().fields.comment).toBe('Too quick');
  });

  it('given a correction, then the form shows what changes', async () => {
    const revising = await open();
    revising.on.correct('Refunds take 30 days after the parcel has arrived.');
    await vi.waitFor(() => expect(revising.model().diff?.stats.added).toBe(1));
    expect(revising.model().fields.verdict).toBe('approve');
  });

  it('given that an editor saved meanwhile, shows that revision, and saves after it with one more press', async () => {
    const revising = await open();
    revising.on.comment('From the workbench');
    const other = await open();
    other.on.pickVerdict('unsure', click);
    other.on.save(click);
    await saved(other);
    revising.on.save(click);
    await vi.waitFor(() => expect(revising.model().save).toMatchObject({ is: 'conflict', theirs: { revision: 2 } }));
    revising.on.save(click);
    await saved(revising);
    const revisions = await readRevisions(background.database, id);
    expect(revisions.map(({ judgement }) => [judgement.verdict, judgement.comment])).toEqual([
      ['approve', null],
      ['unsure', null],
      ['approve', 'From the workbench'],
    ]);
  });

  it('given findings, shows them on the snapshot, and adds one', async () => {
    const revising = await open();
    revising.on.findings.begin(click);
    revising.on.findings.take('tone', click);
    const [finding] = revising.model().findings.findings;
    revising.on.findings.change(finding?.id ?? '', { note: 'Curt' }, 'note');
    revising.on.save(click);
    await saved(revising);
    const newest = (await readRevisions(background.database, id)).at(-1);
    expect(newest?.judgement.findings).toMatchObject([{ label: 'tone', note: 'Curt', quote: finding?.quote }]);
  });

  it('given that the review was deleted meanwhile, when it is saved, then it says so and keeps the work', async () => {
    const revising = await open();
    revising.on.comment('Still here');
    await background.page('deleteReviews', { ids: [id] });
    revising.on.save(click);
    await vi.waitFor(() => expect(revising.model().save.problem?.message).toContain('not stored'));
    expect(revising.model().fields.comment).toBe('Still here');
  });
});
