// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Finding } from '../../../components/settings/rules/finding.tsx';
import { TeamPack } from '../../../components/settings/rules/pack-part.tsx';
import { RuleList } from '../../../components/settings/rules/rule-list.tsx';
import type { PackView, RuleEntry } from '../../../components/settings/rules/types.ts';
import { SiteSwitches } from '../../../components/settings/sites.tsx';

afterEach(cleanup);

const aRule = (part: Partial<RuleEntry> = {}): RuleEntry => ({
  ...{ id: 'desk', name: 'Team desk', origin: 'user', version: '2026-11-20', date: '2026-11-20', confidence: 'medium' },
  ...{ source: 'pointed at', where: 'desk.example', on: true, replacedBy: null, caveat: null, json: '{"id":"desk"}' },
  ...part,
});
const many = Array.from({ length: 12 }, (_, index) =>
  aRule({ id: `site-${index}`, name: `Site ${index}`, origin: 'bundled', where: `site-${index}.example` }),
);
const problem = { message: 'Rule "desk": name is missing.', next: 'Correct it there.' };

function showRules(rules: readonly RuleEntry[], outcome: typeof problem | null = null) {
  const on = {
    onSwitch: vi.fn(),
    onRename: vi.fn(async () => outcome),
    onSave: vi.fn(async () => outcome),
    onDelete: vi.fn(),
  };
  render(<RuleList rules={rules} {...on} />);
  return on;
}

/** Opens what is folded, as a click on its heading does in a browser. */
function unfold(heading: RegExp) {
  const details = screen.getByText(heading).closest('details');
  if (!details) throw new Error(`${heading} is not folded`);
  details.open = true;
  fireEvent(details, new Event('toggle'));
}
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

describe('the list of rules', () => {
  it('given many that come with the program, keeps them folded until one is searched', () => {
    showRules([aRule(), ...many]);
    expect(screen.queryByRole('switch', { name: /Site 7/ })).toBeNull();
    fireEvent.input(screen.getByLabelText('Search rules'), { target: { value: 'site-7.ex' } });
    expect(screen.getByRole('switch', { name: /Site 7/ })).toBeTruthy();
    expect(screen.queryByRole('switch', { name: /Team desk/ })).toBeNull();
    fireEvent.input(screen.getByLabelText('Search rules'), { target: { value: 'nowhere' } });
    expect(screen.getByText(/No rule has “nowhere”/)).toBeTruthy();
  });

  it('given one that another stands for, says which', () => {
    showRules([aRule({ origin: 'team', replacedBy: 'user' })]);
    expect(screen.getByText(/not used, yours stands for it/)).toBeTruthy();
  });

  it('given a mistake in the text, says it and keeps what was typed; Cancel gives it up', async () => {
    const on = showRules([aRule()], problem);
    unfold(/^Details/);
    fireEvent.click(await screen.findByRole('button', { name: 'Edit as JSON' }));
    const text = screen.getByLabelText('Rule as JSON') as HTMLTextAreaElement;
    fireEvent.input(text, { target: { value: '{"id":"desk","oops":1}' } });
    press('Save rule');
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('name is missing'));
    expect(text.value).toBe('{"id":"desk","oops":1}');
    expect(on.onSave).toHaveBeenCalledWith(expect.objectContaining({ id: 'desk' }), '{"id":"desk","oops":1}');
    press('Cancel');
    expect(screen.queryByLabelText('Rule as JSON')).toBeNull();
  });

  it('given a rule that is not the reviewer’s, offers a copy and neither a new name nor deletion', async () => {
    showRules([aRule({ origin: 'team' })]);
    unfold(/^Details/);
    expect(await screen.findByRole('button', { name: 'Change a copy' })).toBeTruthy();
    for (const name of ['Rename', 'Delete']) expect(screen.queryByRole('button', { name })).toBeNull();
  });
});

describe('the threshold', () => {
  it('says what each place means, and saves where it is let go', () => {
    const save = vi.fn(async () => null);
    render(<Finding choices={{ assertFrom: 0.5, findWithoutRule: true }} onSave={save} />);
    const slider = screen.getByRole('slider') as HTMLInputElement;
    expect(slider.getAttribute('aria-valuetext')).toMatch(/more likely than not/);
    fireEvent.input(slider, { target: { value: '0.9', valueAsNumber: 0.9 } });
    expect(slider.getAttribute('aria-valuetext')).toMatch(/^Only what is certain/);
    expect(save).not.toHaveBeenCalled();
    fireEvent.change(slider, { target: { value: '0.9', valueAsNumber: 0.9 } });
    expect(save).toHaveBeenCalledWith({ assertFrom: 0.9 });
  });
});

describe('the team’s rules', () => {
  const set: PackView = { url: 'https://team.example/rules', state: '2 rules of version 7.', problem: null };

  it('given no address, says nothing of a state; given one, says it with the last problem', () => {
    const nothing = async () => null;
    const { rerender } = render(<TeamPack pack={{ ...set, url: null }} onSetAddress={nothing} onUpdate={nothing} />);
    expect(screen.queryByText(/version 7/)).toBeNull();
    expect(screen.queryByRole('button', { name: 'Update now' })).toBeNull();
    rerender(
      <TeamPack pack={{ ...set, problem: 'The server answered 500.' }} onSetAddress={nothing} onUpdate={nothing} />,
    );
    expect(screen.getByText('2 rules of version 7.').parentElement?.textContent).toContain('The server answered 500.');
  });
});

describe('the sites that can be switched on', () => {
  const sites = Array.from({ length: 20 }, (_, index) => ({
    ...{ name: `Site ${index}`, hosts: `site-${index}.example`, patterns: [`https://site-${index}.example/*`] },
    on: index === 15,
  }));

  it('given many, shows some and all that are on; what is switched stays in its place', () => {
    const toggle = vi.fn();
    const { rerender } = render(<SiteSwitches sites={sites} onToggle={toggle} />);
    const names = () => screen.getAllByRole('switch').map((each) => each.textContent?.replace(/site-.*/, ''));
    expect(names()).toEqual([...Array.from({ length: 8 }, (_, index) => `Site ${index}`), 'Site 15']);

    fireEvent.click(screen.getByRole('switch', { name: /Site 15/ }));
    rerender(<SiteSwitches sites={sites.map((site) => ({ ...site, on: false }))} onToggle={toggle} />);
    expect(names()).toContain('Site 15');
    expect(screen.getByText('11 more sites that Countersign knows')).toBeTruthy();
  });
});
