// @vitest-environment happy-dom
/** A second opinion in the editor: the real room, a real background, a real server; only the browser is made of air. */
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { App } from '../../../entrypoints/editor/app.tsx';
import { Room } from '../../../entrypoints/editor/room.ts';
import type { VisibilityGate } from '../../../entrypoints/editor/visibility-gate.ts';
import type { Project } from '../../../utils/review/project.ts';
import { type Background, startBackground, value } from '../../support/background.ts';
import { aSnapshot } from '../../support/builders.ts';
import type { FakeTab } from '../../support/fake-extension.ts';
import { beginStream, type ModelServer, proposing, say, saying, startModelServer } from '../../support/model-server.ts';
import { aProject } from '../../support/projects.ts';

configure({ asyncUtilTimeout: 30_000 });
vi.setConfig({ testTimeout: 60_000 });

let background: Background;
let tab: FakeTab;
let frames: number;
let gone: AbortController;
let server: ModelServer;

beforeEach(async () => {
  background = await startBackground();
  background.now = Date.now();
  tab = background.extension.openTab('https://chat.example/c/1');
  background.extension.grant('https://chat.example/*');
  tab.overlay = true;
  frames = 10;
  gone = new AbortController();
  server = await startModelServer();
});
afterEach(async () => {
  gone.abort();
  cleanup();
  await server.close();
});

const text = 'Refunds take 14 days. Write to jane.doe@shop.example, twice: jane.doe@shop.example.';
const gate = { sight: 'verified', watch: () => {} } as unknown as VisibilityGate;

const setModel = async () =>
  value(await background.page('saveAssistance', { by: 'endpoint', url: server.url, model: 'test-model', key: 'sk-1' }));

async function open(isReal: () => boolean = () => true) {
  const { token } = value(
    await background.content(tab)('openEditor', {
      ...{ responseKey: 'chat.example|1|a', startWith: 'verdict', visibility: 'verified' },
      snapshot: aSnapshot({ text, prompt: 'My card is 4111 1111 1111 1111, when is it refunded?' }),
    }),
  );
  const call = background.editor(tab, ++frames);
  const session = value(await call('claimEditor', { token }));
  const room = new Room(session, { call, gate, isReal });
  render(<App room={room} opened={background.now} />);
  room.start(gone.signal);
  room.focusFirst();
  return room;
}
const ask = () => screen.findByRole<HTMLButtonElement>('button', { name: /^Ask/ });
const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key });
const reject = () => fireEvent.click(screen.getByRole('radio', { name: 'Reject' }));
const cards = () => within(screen.getByRole('list', { name: 'Proposals of the model' })).getAllByRole('listitem');
const inCard = (at: number, name: RegExp) => within(cards()[at] as HTMLElement).getByRole('button', { name });
const saved = async () => {
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText('Saved on this computer');
  return (await background.database.revisions.toArray()).at(-1)?.review;
};

const reply = {
  labels: ['wrong', 'no-such-label'],
  findings: [
    { quote: '14 days', label: 'wrong', note: 'It is 30.', replacement: '30 days' },
    { quote: '[EMAIL_1]', label: null, note: 'Twice there.', replacement: null },
  ],
  correction: 'Refunds take 30 days. Write to [EMAIL_1], not to [EMAIL_9].',
};

describe('a second opinion in the editor', () => {
  it('given no model, then the editor says nothing of it', async () => {
    await open();
    await waitFor(() => expect(screen.getByRole('radio', { name: 'Reject' })).toBeTruthy());
    expect(screen.queryByText('Second opinion')).toBeNull();
  });

  it('given a model and no verdict, then neither button, key nor a look at it sends anything; the verdict opens the way', async () => {
    await setModel();
    await open();
    expect((await ask()).disabled).toBe(true);
    press('q');
    fireEvent.click(await ask());
    expect(screen.queryByText(/^What would be sent/)).toBeNull();
    reject();
    await waitFor(async () => expect((await ask()).disabled).toBe(false));
    const look = await screen.findByText('What would be sent');
    (look.parentElement as HTMLDetailsElement).open = true;
    fireEvent(look.parentElement as Element, new Event('toggle'));
    const question = await screen.findByRole('region', { name: 'Question' });
    expect(question.textContent).toContain('Write to [EMAIL_1], twice: [EMAIL_1].');
    expect(question.textContent).toContain('[CARD_1]');
    expect(server.asked).toEqual([]);
  });

  it('given proposals, when they are taken, changed, dismissed or left, then the form has what was taken, and the review what became of each', async () => {
    await setModel();
    server.answer(proposing(reply));
    await open();
    await ask();
    reject();
    press('q');
    await screen.findByText('4 proposals are open: take what you agree with.');
    expect(cards()).toHaveLength(4);
    // What can be done next has the focus.
    expect(document.activeElement).toBe(inCard(0, /^Take/));
    expect(cards()[2]?.textContent).toContain('more than once');
    fireEvent.click(inCard(0, /^Take/));
    fireEvent.click(inCard(1, /^Take/));
    fireEvent.click(inCard(3, /^Take/));
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Correction' }).value).toBe(
      'Refunds take 30 days. Write to jane.doe@shop.example, not to [EMAIL_9].',
    );
    fireEvent.input(screen.getByRole('textbox', { name: 'Correction' }), {
      target: { value: 'Refunds take 30 days.' },
    });

    const review = await saved();
    expect(review?.judgement).toMatchObject({ labels: ['wrong'], correction: 'Refunds take 30 days.' });
    expect(review?.judgement.findings).toMatchObject([
      { quote: { exact: '14 days' }, label: 'wrong', note: 'It is 30.', replacement: '30 days' },
    ]);
    const about = { model: 'test-model', shown: 'after-verdict' };
    expect(review?.oversight?.assistance).toEqual([
      { kind: 'labels', ...about, outcome: 'accepted' },
      { kind: 'findings', ...about, outcome: 'accepted' },
      { kind: 'findings', ...about, outcome: 'rejected' },
      { kind: 'correction', ...about, outcome: 'edited' },
    ]);
    const [sent] = server.asked;
    expect(sent?.body).not.toMatch(/jane\.doe|4111/);
    expect(sent?.body).toContain('[EMAIL_1]');
  });

  it('given something taken and undone again, when it is saved, then it counts as rejected', async () => {
    await setModel();
    server.answer(proposing({ labels: ['wrong'], findings: [], correction: null }));
    await open();
    await ask();
    reject();
    press('q');
    await screen.findByText(/^One proposal is open/);
    fireEvent.click(inCard(0, /^Take/));
    fireEvent.click(screen.getByRole('button', { name: 'Undo the last change' }));
    expect((await saved())?.oversight?.assistance).toMatchObject([{ kind: 'labels', outcome: 'rejected' }]);
  });

  it('given a team that decided so, then a model may be asked at once, and the review says that', async () => {
    await setModel();
    const project: Project = { ...aProject(), assistance: { when: 'at-once' } };
    value(await background.page('setProject', { json: JSON.stringify(project) }));
    server.answer(proposing({ labels: [], findings: [{ quote: '14 days', note: 'No.' }], correction: null }));
    await open();
    expect((await ask()).disabled).toBe(false);
    fireEvent.click(await ask());
    await screen.findByText(/^One proposal is open/);
    fireEvent.click(inCard(0, /^Dismiss/));
    reject();
    expect((await saved())?.oversight?.assistance).toEqual([
      { kind: 'findings', model: 'test-model', shown: 'at-once', outcome: 'rejected' },
    ]);
  });

  it('given a script of the page that presses the buttons, then nothing is asked', async () => {
    await setModel();
    const room = await open(() => false);
    await ask();
    room.editor.pickVerdict('reject');
    await waitFor(async () => expect((await ask()).disabled).toBe(false));
    fireEvent.click(await ask());
    press('q');
    expect(server.asked).toEqual([]);
    expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull();
  });

  it('given what is no proposal, then it is text and nothing is taken; given another question, then that makes room', async () => {
    await setModel();
    server.answer(saying('<b>Approve</b> it, reviewer. https://evil.example'));
    await open();
    await ask();
    reject();
    fireEvent.click(await ask());
    const said = await screen.findByRole('region', { name: 'What the model answered' });
    expect(said.textContent).toBe('<b>Approve</b> it, reviewer. https://evil.example');
    expect(said.children).toHaveLength(0);
    server.answer(proposing({ labels: [], findings: [], correction: null }));
    fireEvent.click(await ask());
    await screen.findByText('The model proposes nothing.');
    expect(screen.queryByRole('region', { name: 'What the model answered' })).toBeNull();
    expect((await saved())?.oversight).toBeUndefined();
  });

  it('given a question under way, when it is cancelled or the frame goes, then the model is hung up on and what came in full stays', async () => {
    await setModel();
    server.answer((_, response) => {
      beginStream(response);
      say(response, '{"labels": ["wrong", "to');
    });
    await open();
    await ask();
    reject();
    fireEvent.click(await ask());
    await screen.findByRole('list', { name: 'Proposals of the model' });
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await screen.findByText(/^Cancelled/);
    expect(cards()).toHaveLength(1);
    await expect.poll(() => server.hungUp).toBe(1);
    fireEvent.click(await ask());
    await expect.poll(() => server.asked.length).toBe(2);
    gone.abort();
    await expect.poll(() => server.hungUp).toBe(2);
  });
});
