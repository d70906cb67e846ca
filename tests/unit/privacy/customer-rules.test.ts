import { describe, expect, it } from 'vitest';
import { compileRules, MAX_RULES } from '../../../utils/privacy/customer-rules.ts';
import { redactText } from '../../../utils/privacy/redact-text.ts';

describe('customer rules', () => {
  it('replace what they match, with the word that the team chose', () => {
    const rules = compileRules([
      { id: 'customer', pattern: '(?i)\\bCUST-\\d{6}\\b' },
      { id: 'policy', pattern: 'PN/\\d{4}', placeholder: 'POLICY' },
    ]);
    if (!rules.ok) throw new Error(rules.error.message);
    const { text } = redactText('CUST-000001 has PN/2024; cust-000001 too, ＣＵＳＴ－000002', { rules: rules.value });
    expect(text).toBe('[CUSTOMER_ID_1] has [POLICY_1]; [CUSTOMER_ID_2] too, [CUSTOMER_ID_3]');
  });

  it.each([
    [[{ id: 'x', pattern: '(a)\\1' }], 'rules.0.pattern', 'Back-references'],
    [
      [
        { id: 'ok', pattern: 'a' },
        { id: 'x', pattern: '(?<=a)b' },
      ],
      'rules.1.pattern',
      'look-behind',
    ],
    [[{ id: 'x', pattern: 'a'.repeat(10_240) }], 'rules.0.pattern', '1024'],
    [[{ id: 'x', pattern: 'a', placeholder: 'lower' }], 'rules.0.placeholder', 'capitals'],
    [Array.from({ length: MAX_RULES + 1 }, () => ({ id: 'x', pattern: 'a' })), 'rules', '100'],
  ])('refuse what cannot be used, naming the field: %#', (rules, field, reason) => {
    const compiled = compileRules(rules);
    expect(compiled).toMatchObject({ ok: false, error: { code: 'invalid', field } });
    expect(compiled.ok || compiled.error.message).toContain(reason);
  });
});
