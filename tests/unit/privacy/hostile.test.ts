import { describe, expect, it } from 'vitest';
import { compileRules } from '../../../utils/privacy/customer-rules.ts';
import { builtInDetectors } from '../../../utils/privacy/detectors/index.ts';
import { fold } from '../../../utils/privacy/fold.ts';
import { redactText } from '../../../utils/privacy/redact-text.ts';
import { findShields } from '../../../utils/privacy/shields.ts';
import { suggest } from '../../../utils/privacy/suggestions.ts';
import { hostileTexts } from './support/hostile.ts';
import { teamRules } from './support/labelled-set.ts';

const regions = ['US', 'GB', 'DE', 'FR', 'ES', 'IT', 'NL', 'PL', 'BR', 'JP'];
const rules = compileRules(teamRules);

describe('hostile texts of 100 KB', () => {
  it.each(hostileTexts)('$name leads to no more candidates than it has characters', ({ text }) => {
    const folded = fold(text).text;
    const shields = findShields(folded);
    for (const { kind, find } of builtInDetectors) {
      let candidates = 0;
      const spend = () => {
        candidates += 1;
      };
      const matches = find({ text: folded, regions, shields, spend });
      expect(candidates, kind).toBeLessThanOrEqual(folded.length * (kind === 'phone' ? regions.length : 1));
      expect(matches.length, kind).toBeLessThanOrEqual(candidates);
    }
  });

  // A quadratic step would take minutes here; the limit only has to be far from both. Times are measured by the bench.
  it.each(hostileTexts)('$name is read to its end', { timeout: 20_000 }, ({ text }) => {
    const started = performance.now();
    redactText(text, { regions, rules: rules.ok ? rules.value : [] });
    suggest(text);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
