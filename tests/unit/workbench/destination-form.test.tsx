// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DestinationForm } from '../../../components/workbench/destination-form.tsx';
import type { DestinationFields, DestinationView, SaveOutcome } from '../../../components/workbench/types.ts';
import { abouts } from '../../../utils/connectors/abouts.ts';

afterEach(cleanup);

const team: DestinationView = {
  id: 'team',
  name: 'Team',
  connector: 'countersign',
  sends: 'redacted',
  url: 'https://feedback.example/v1/events',
  hasToken: true,
  hasSecret: false,
  pausedBecause: null,
  notBefore: 0,
  lastDeliveredAt: null,
  owed: 3,
  dead: 1,
  delivered: 0,
};

function show(destination: DestinationView | null, outcome: SaveOutcome = null) {
  const on = {
    save: vi.fn(async () => outcome),
    test: vi.fn(async () => ({ ok: false, message: 'The endpoint answered 401.', next: 'Check the token.' })),
    preview: vi.fn(async ({ options }: DestinationFields) => options?.template ?? null),
    sample: vi.fn(async () => ({ ok: true, message: 'The sample arrived.', next: null })),
    close: vi.fn(),
  };
  render(
    <DestinationForm
      destination={destination}
      onSave={on.save}
      onTest={on.test}
      onPreview={on.preview}
      onSample={on.sample}
      onClose={on.close}
      canCancel={true}
      abouts={abouts}
    />,
  );
  return on;
}

const type = (label: string, value: string) => fireEvent.input(screen.getByLabelText(label), { target: { value } });
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

describe('the form of a destination', () => {
  it('given a new one, when it is stored, then it carries what was typed, and the form closes', async () => {
    const on = show(null);
    type('Name', 'Team');
    type('Address', ' https://feedback.example/v1/events ');
    type('Token', 'cst_1');
    press('Save destination');
    await waitFor(() => expect(on.close).toHaveBeenCalled());
    expect(on.save).toHaveBeenCalledWith({
      id: null,
      name: 'Team',
      connector: 'countersign',
      url: 'https://feedback.example/v1/events',
      sends: 'redacted',
      sendPrompt: true,
      sendContext: false,
      token: 'cst_1',
    });
  });

  it('given a connector that cannot run in a browser, does not offer it; any other is described, with what arrives there', async () => {
    show(team);
    const offered = [...screen.getByLabelText<HTMLSelectElement>('Kind').options].map(({ value }) => value);
    const inBrowsers = Object.values(abouts).filter(({ runs }) => runs.where === 'anywhere');
    expect(offered).toEqual(inBrowsers.map(({ id }) => id));
    fireEvent.change(screen.getByLabelText('Kind'), { target: { value: 'webhook' } });
    expect(screen.getByText(abouts.webhook.sentence)).toBeTruthy();
    const details = screen.getByText('What arrives in Webhook').closest('details') as HTMLDetailsElement;
    details.open = true;
    fireEvent(details, new Event('toggle'));
    expect(await screen.findByRole('rowheader', { name: 'Findings' })).toBeTruthy();
    expect(screen.getByText(abouts.webhook.repeats)).toBeTruthy();
  });

  it('given a template, asks for it only where it is wanted, and shows what it makes as it is typed', async () => {
    const on = show({ ...team, connector: 'webhook' });
    expect(screen.queryByLabelText('Template')).toBeNull();
    fireEvent.change(screen.getByLabelText('Format'), { target: { value: 'template' } });
    type('Template', '{"v":"{{review.judgement.verdict}}"}');
    const made = await screen.findByText('{"v":"{{review.judgement.verdict}}"}', { selector: 'pre' });
    expect(made.getAttribute('role')).toBe('status');
    press('Save destination');
    const options = { format: 'template', template: '{"v":"{{review.judgement.verdict}}"}' };
    await waitFor(() => expect(on.save).toHaveBeenCalledWith(expect.objectContaining({ options })));
  });

  it('given a sample, says what became of it, and stores nothing', async () => {
    const on = show(team);
    press('Send a sample');
    expect(await screen.findByText(/The sample arrived/)).toBeTruthy();
    expect(on.sample).toHaveBeenCalledWith(expect.objectContaining({ id: 'team' }), '');
    expect(on.save).not.toHaveBeenCalled();
  });

  it('given another choice of what is sent, says what it means, and carries it', async () => {
    const on = show(team);
    fireEvent.change(screen.getByLabelText('What is sent'), { target: { value: 'ratings' } });
    expect(screen.getByText(/No text leaves, and no hash/)).toBeTruthy();
    press('Save destination');
    await waitFor(() => expect(on.save).toHaveBeenCalledWith(expect.objectContaining({ sends: 'ratings' })));
  });

  it('given that the prompt is left out, carries that; where no text leaves, does not ask', async () => {
    const on = show(team);
    fireEvent.click(screen.getByRole('switch', { name: /Send the prompt too/ }));
    press('Save destination');
    await waitFor(() => expect(on.save).toHaveBeenCalledWith(expect.objectContaining({ sendPrompt: false })));
    expect(on.save.mock.calls[0]).not.toHaveProperty('0.gzip');
    fireEvent.change(screen.getByLabelText('What is sent'), { target: { value: 'hashes' } });
    expect(screen.queryByRole('switch', { name: /prompt/ })).toBeNull();
  });

  it('given a webhook, gzip is a choice, and carried', async () => {
    const on = show({ ...team, connector: 'webhook' });
    fireEvent.click(screen.getByRole('switch', { name: /gzip/ }));
    press('Save destination');
    await waitFor(() => expect(on.save).toHaveBeenCalledWith(expect.objectContaining({ gzip: true })));
  });

  it.each([
    ['always', true],
    ['never', false],
    ['asked', null],
  ])(
    'given a collector, requests are packed %s, which is carried, and can be left to the collector again',
    async (when, gzip) => {
      const on = show({ ...team, gzip: when !== 'always' });
      fireEvent.change(screen.getByLabelText('Pack requests with gzip'), { target: { value: when } });
      press('Save destination');
      await waitFor(() => expect(on.save).toHaveBeenCalledWith(expect.objectContaining({ gzip })));
    },
  );

  it('given a webhook that gets packed requests, can be set back as if it had never been asked', async () => {
    const on = show({ ...team, connector: 'webhook', gzip: true });
    fireEvent.click(screen.getByRole('switch', { name: /gzip/ }));
    press('Save destination');
    await waitFor(() => expect(on.save).toHaveBeenCalledWith(expect.objectContaining({ gzip: null })));
  });

  it('given a stored token, says that there is one, shows none, and leaves it out unless it is replaced', async () => {
    const on = show(team);
    expect(screen.getByText('A token is set.')).toBeTruthy();
    expect(screen.queryByLabelText('Token')).toBeNull();
    press('Save destination');
    await waitFor(() => expect(on.save).toHaveBeenCalledTimes(1));
    expect(on.save.mock.calls[0]).not.toHaveProperty('0.token');
    press('Replace the token');
    type('Token', 'cst_2');
    press('Save destination');
    await waitFor(() => expect(on.save).toHaveBeenLastCalledWith(expect.objectContaining({ token: 'cst_2' })));
  });

  it('given that the token is removed, sends none', async () => {
    const on = show(team);
    press('Remove the token');
    press('Save destination');
    await waitFor(() => expect(on.save).toHaveBeenCalledWith(expect.objectContaining({ token: null })));
  });

  it('given a refused address, says why at that field, with the focus in it, and stays open', async () => {
    const problem = { field: 'url', message: 'The address must begin with https://', next: 'Correct the address.' };
    const on = show(team, problem);
    press('Save destination');
    const address = screen.getByLabelText('Address');
    await waitFor(() => expect(address.getAttribute('aria-invalid')).toBe('true'));
    const hint = document.getElementById(address.getAttribute('aria-describedby') ?? '');
    expect(hint?.textContent).toContain('must begin with https://');
    await waitFor(() => expect(document.activeElement).toBe(address));
    expect(on.close).not.toHaveBeenCalled();
  });

  it('given another origin for a stored token, then the token can be entered again at once', async () => {
    show(team, { field: 'token', message: 'The address changed.', next: 'Enter the token.' });
    press('Save destination');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Token')));
    type('Token', 'cst_2');
    expect((screen.getByLabelText('Token') as HTMLInputElement).value).toBe('cst_2');
  });

  it('given deliveries owed to the old address, asks what becomes of them, with the number', async () => {
    const on = show(team, { field: 'owed', message: '', next: '' });
    press('Save destination');
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('4 deliveries to the old address'));
    press('Do not deliver them');
    await waitFor(() => expect(on.save).toHaveBeenLastCalledWith(expect.objectContaining({ owed: 'discard' })));
    press('Still send them to the old one');
    await waitFor(() => expect(on.save).toHaveBeenLastCalledWith(expect.objectContaining({ owed: 'keep' })));
  });

  it('given a test, says in words what the endpoint answered, and stores nothing', async () => {
    const on = show(team);
    press('Test connection');
    await waitFor(() => expect(screen.getByText(/The endpoint answered 401\. Check the token\./)).toBeTruthy());
    expect(on.save).not.toHaveBeenCalled();
  });
});
