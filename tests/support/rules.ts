/** Site rules and packs, as teams and users write them. */
import type { AuthorRule, RulePack, SiteRule } from '../../utils/detection/types.ts';

/** A rule that names one site and finds its answers; `change` says what is special. */
export function aRule(change: Partial<SiteRule> = {}): SiteRule {
  return {
    id: 'example',
    name: 'Example chat',
    version: '1',
    matches: ['https://chat.example/*'],
    variants: [{ id: 'default', assistant: '.answer' }],
    provenance: { source: 'made for a test', date: '2026-11-21', confidence: 'high' },
    ...change,
  };
}

export function aPack(rules: readonly SiteRule[] = [aRule()], authors?: readonly AuthorRule[]): RulePack {
  return { format: 'countersign-rules', version: '7', rules, ...(authors ? { authors } : {}) };
}
