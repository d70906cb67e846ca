// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Backup, HistoryCheck } from '../../../components/privacy/backup.tsx';
import { Forgetting } from '../../../components/privacy/forgetting.tsx';
import { Keeping } from '../../../components/privacy/keeping.tsx';
import { StoredHere } from '../../../components/privacy/stored-here.tsx';
import { RedactionTerms } from '../../../components/privacy/terms.tsx';
import { WhatLeft, WhatWouldLeave } from '../../../components/privacy/what-left.tsx';
import { LeavingPreview } from '../../../components/review/leaving-preview.tsx';
import { Pace } from '../../../components/workbench/pace.tsx';
import { tryPattern } from '../../../entrypoints/workbench/views/privacy.tsx';
import { defaultSettings } from '../../../utils/storage/default-settings.ts';

afterEach(cleanup);

const NOON = new Date(2026, 10, 21, 12).getTime();
const AT = new Date(NOON - 3_600_000).toISOString();
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
const type = (label: string, value: string) => fireEvent.input(screen.getByLabelText(label), { target: { value } });
const text = () => document.body.textContent?.replaceAll(/\s+/g, ' ') ?? '';

describe('what is stored here', () => {
  const counts = {
    reviews: 1200,
    revisions: 1300,
    drafts: 2,
    queued: 6,
    pinned: 7,
    cases: 2,
    triaged: 8,
    rules: 3,
    authors: 4,
    destinations: 1,
    owed: 5,
    dead: 0,
    ledger: 1195,
  };

  it('says how many of each kind, how much space, and whether the browser keeps it', () => {
    render(
      <StoredHere counts={counts} space={{ used: 2_000_000, available: null, persisted: false }} inMemory={false} />,
    );
    expect(screen.getByText('1,200')).toBeTruthy();
    expect(screen.getByText('1,195')).toBeTruthy();
    expect(text()).toContain('about 2.0 MB');
    expect(text()).toContain('was asked to promise to keep it when the disk is full, and did not');
  });
});

describe('what has left, and would', () => {
  const one = { key: 'r1:1', reviewId: 'r1', kind: 'review', level: 'redacted', attempt: 3, deliveredAt: AT } as const;
  const gone = {
    key: 'r1:deleted',
    reviewId: 'r1',
    kind: 'deletion',
    level: null,
    attempt: 1,
    deliveredAt: AT,
  } as const;
  const left = {
    destinationId: 'team',
    name: 'Team',
    origin: 'https://feedback.example',
    present: false,
    total: 2,
    since: AT,
    newest: [gone, one],
  };

  it('given nothing, says so', () => {
    render(<WhatLeft left={[]} now={NOON} linkTo={(id) => `#${id}`} />);
    expect(text()).toContain('Nothing has left this computer.');
  });

  it('given deliveries, says to whom, how many, when, at which try and at which level, removed destinations too', async () => {
    render(<WhatLeft left={[left]} now={NOON} linkTo={(id) => `#${id}`} />);
    expect(text()).toContain('2 deliveries to feedback.example, the last at 11:00');
    expect(text()).toContain('You have removed this destination since.');
    const details = document.querySelector('details') as HTMLDetailsElement;
    details.open = true;
    fireEvent(details, new Event('toggle'));
    await waitFor(() => expect(text()).toContain('At 11:00: Word that a review was deleted'));
    expect(screen.getByRole('link', { name: 'A review: text, redacted, at try 3' }).getAttribute('href')).toBe('#r1');
  });

  it('says of each destination what it would get, and of a former address that it gets nothing new', () => {
    const to = { name: 'Team', url: 'https://feedback.example/v1', owed: 0 };
    render(
      <WhatWouldLeave
        destinations={[
          { ...to, id: 'a', sends: 'redacted', sendPrompt: false },
          { ...to, id: 'b', sends: 'ratings', owed: 2 },
          { ...to, id: 'c', sends: 'text', former: true },
        ]}
      />,
    );
    const [first, second, third] = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
    expect(first).toContain('The prompt does not leave.');
    expect(second).toContain('No text leaves, and no hash');
    expect(second).not.toContain('prompt');
    expect(second).toContain('2 deliveries waiting');
    expect(third).toContain('Nothing new');
  });
});

describe('the terms of redaction', () => {
  const show = (terms: Partial<typeof defaultSettings> = {}) => {
    const onSave = vi.fn(async () => null);
    render(<RedactionTerms terms={{ ...defaultSettings, ...terms }} onSave={onSave} onTry={tryPattern} />);
    return onSave;
  };

  it('given a pattern, shows what it finds while it is typed, and keeps it', async () => {
    const onSave = show();
    press('Add a pattern');
    type('Name', 'Customer number');
    type('Pattern', 'CU-\\d{5}');
    type('Text to try it on', 'From CU-48213 to CU-1 and CU-48214.');
    expect(text()).toContain('Finds: CU-48213 · CU-48214');
    press('Add pattern');
    const rule = { id: 'Customer number', pattern: 'CU-\\d{5}', placeholder: 'CUSTOMER_ID' };
    await waitFor(() => expect(onSave).toHaveBeenCalledWith({ customerRules: [rule] }));
  });

  it.each(['(a', '(?=a)b', 'a{5000}'])(
    'given %s, says in words why it cannot be used, and does not keep it',
    (pattern) => {
      show();
      press('Add a pattern');
      type('Name', 'Bad');
      type('Pattern', pattern);
      const input = screen.getByLabelText('Pattern');
      expect(input.getAttribute('aria-invalid')).toBe('true');
      expect(document.getElementById('pattern-source-hint')?.textContent).toMatch(/\w+ \w+/);
      expect(screen.getByRole('button', { name: 'Add pattern' }).hasAttribute('disabled')).toBe(true);
    },
  );

  it('given a pattern that would take a backtracking engine years, answers at once', () => {
    const trial = tryPattern('(a+)+b', 'a'.repeat(5000));
    expect(trial).toEqual({ found: [] });
  });

  it('given words, adds each once, and removes them', async () => {
    const onSave = show({ allow: ['help@acme.example'], alsoRedact: [{ kind: 'address', value: 'Am Markt 1' }] });
    type('Never replaced', ' @acme.example ');
    fireEvent.submit(screen.getByLabelText('Never replaced').closest('form') as HTMLFormElement);
    await waitFor(() => expect(onSave).toHaveBeenLastCalledWith({ allow: ['help@acme.example', '@acme.example'] }));
    press('Do not let help@acme.example through any more');
    await waitFor(() => expect(onSave).toHaveBeenLastCalledWith({ allow: [] }));
    press('Do not replace Am Markt 1 any more');
    await waitFor(() => expect(onSave).toHaveBeenLastCalledWith({ alsoRedact: [] }));
  });
});

describe('how long reviews stay', () => {
  it('given a span, says how many are older, and deletes them when asked twice', async () => {
    const on = { save: vi.fn(async () => null), forget: vi.fn() };
    const choices = { keepDays: 30, forgetEverywhere: false };
    render(
      <Keeping choices={choices} onSave={on.save} countOutdated={async () => 7} onForget={on.forget} reviews={9} />,
    );
    await waitFor(() => expect(text()).toContain('7 reviews older than that now.'));
    expect(text()).toContain('Never deletes what has not been delivered yet.');
    press('Delete them now');
    press('Delete 7 reviews');
    expect(on.forget).toHaveBeenCalledTimes(1);
    fireEvent.change(screen.getByLabelText('Keep reviews'), { target: { value: '0' } });
    await waitFor(() => expect(on.save).toHaveBeenCalledWith({ keepDays: 0 }));
  });

  it('given no span, offers no deletion', () => {
    const choices = { keepDays: 0, forgetEverywhere: false };
    render(
      <Keeping
        choices={choices}
        onSave={async () => null}
        countOutdated={async () => 0}
        onForget={() => {}}
        reviews={9}
      />,
    );
    expect(screen.queryByRole('switch')).toBeNull();
  });
});

describe('deletion by what is found', () => {
  const show = (found: number, anyDestination = true) => {
    const on = { count: vi.fn(async () => found), forget: vi.fn(async () => {}) };
    render(
      <Forgetting
        sites={['https://chat.example']}
        count={on.count}
        onForget={on.forget}
        anyDestination={anyDestination}
        linkTo={() => '#/reviews'}
      />,
    );
    return on;
  };

  it('given no condition, deletes nothing and says what is needed', () => {
    const on = show(5);
    expect(text()).toContain('Say which reviews');
    expect(screen.getByRole('button', { name: 'Delete what fits' }).hasAttribute('disabled')).toBe(true);
    expect(on.count).not.toHaveBeenCalled();
  });

  it('given a text and a site, counts first, says who is told, and deletes exactly that', async () => {
    const on = show(3);
    type('Text in it', 'Jensen');
    fireEvent.change(screen.getByLabelText('Site'), { target: { value: 'https://chat.example' } });
    await waitFor(() => expect(text()).toContain('3 reviews fit.'));
    press('Delete what fits');
    expect(
      screen.getByRole('group', { name: /Delete 3 reviews with their history.*told to delete it too/ }),
    ).toBeTruthy();
    expect(on.forget).not.toHaveBeenCalled();
    press('Delete 3 reviews');
    const query = { search: 'Jensen', site: 'https://chat.example' };
    await waitFor(() => expect(on.forget).toHaveBeenCalledWith(query, true));
  });

  it('given that destinations are not to be told, says nothing of them and passes it on', async () => {
    const on = show(1);
    fireEvent.click(screen.getByRole('switch'));
    type('From', '2026-11-01');
    await waitFor(() => expect(text()).toContain('1 review fits.'));
    press('Delete what fits');
    expect(text()).not.toContain('told to delete it too');
    press('Delete 1 review');
    await waitFor(() => expect(on.forget).toHaveBeenCalledWith({ from: '2026-11-01' }, false));
  });
});

describe('backup and history', () => {
  it('given a file of which a line is refused, says which and why', () => {
    const refused = [{ line: 3, why: 'The revision before it is missing.' }];
    render(
      <Backup
        state={{ is: 'taken', name: 'b.jsonl', added: 4, kept: 2, refused }}
        onExport={() => {}}
        onImport={() => {}}
      />,
    );
    expect(text()).toContain('From b.jsonl: 4 added, 2 here already. 1 line not taken:');
    expect(text()).toContain('Line 3: The revision before it is missing.');
  });

  it.each([
    [{ is: 'intact', checked: 12 } as const, '12 revisions checked: all as they were saved.'],
    [
      { is: 'broken', words: 'Revision 2 does not hold.', reviewId: 'r1' } as const,
      'Revision 2 does not hold. Open the review',
    ],
    [{ is: 'checking', checked: 3, all: 9 } as const, 'Checking: 3 of 9'],
  ])('given %o, says so in words', (state, words) => {
    render(<HistoryCheck state={state} onCheck={() => {}} onStop={() => {}} linkTo={(id) => `#${id}`} />);
    expect(text()).toContain(words);
  });
});

describe('the preview of what leaves', () => {
  const preview = (texts: readonly (readonly [string, string])[]) => ({
    ...{ destinationId: 'team', name: 'Team', sends: 'redacted' as const },
    result: { is: 'ready' as const, texts, leftOut: ['prompt'], replaced: 1, json: '{}' },
  });

  it('marks placeholders, says what stays, and takes a suggestion', () => {
    const onRedact = vi.fn();
    const suggestion = { kind: 'name', value: 'Maria Jensen' } as const;
    const shown = preview([['Answer', 'Write to [EMAIL_1], Maria Jensen. [not one]']]);
    render(<LeavingPreview previews={[shown]} suggestions={[suggestion]} onRedact={onRedact} />);
    expect([...document.querySelectorAll('mark')].map(({ textContent }) => textContent)).toEqual(['[EMAIL_1]']);
    expect(text()).toContain('Write to [EMAIL_1], Maria Jensen. [not one]');
    expect(text()).toContain('1 place is replaced. Stays here: prompt.');
    press('Replace “Maria Jensen”');
    expect(onRedact).toHaveBeenCalledWith(suggestion);
  });

  it('given a review that is withheld, says why', () => {
    const result = { is: 'withheld', message: 'Not sent: Rule bad: a bracket is open.' } as const;
    render(<LeavingPreview previews={[{ ...preview([]), result }]} suggestions={[]} onRedact={() => {}} />);
    expect(text()).toContain('Not sent: Rule bad');
  });
});

describe('when to wait', () => {
  it('given quiet hours, stores both ends by the clock, and none when switched off', async () => {
    const onSave = vi.fn(async () => null);
    const { rerender } = render(<Pace choices={{ quietHours: null, holdOnMetered: false }} onSave={onSave} />);
    fireEvent.click(screen.getByRole('switch', { name: /Quiet hours/ }));
    await waitFor(() => expect(onSave).toHaveBeenLastCalledWith({ quietHours: '22:00-07:00' }));
    rerender(<Pace choices={{ quietHours: '22:00-07:00', holdOnMetered: false }} onSave={onSave} />);
    fireEvent.change(screen.getByLabelText('Until'), { target: { value: '06:30' } });
    await waitFor(() => expect(onSave).toHaveBeenLastCalledWith({ quietHours: '22:00-06:30' }));
    fireEvent.click(screen.getByRole('switch', { name: /metered/ }));
    await waitFor(() => expect(onSave).toHaveBeenLastCalledWith({ holdOnMetered: true }));
  });
});
