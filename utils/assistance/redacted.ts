/** What of an answer may go to a model: redacted as for a destination, with the way back for what the model says of it. */
import { OverBudget } from '../privacy/budget.ts';
import { compileRules } from '../privacy/customer-rules.ts';
import type { Span } from '../privacy/kinds.ts';
import { regionsOf } from '../privacy/languages.ts';
import { type RedactedText, redactTogether } from '../privacy/redact-text.ts';
import { PLACEHOLDER } from '../privacy/shields.ts';
import { err, ok, type Result } from '../result.ts';
import type { AssistanceTerms } from './types.ts';

/** Longest check of the texts, in ms, as for a destination. */
const BUDGET_MS = 1_000;

export interface Redacted {
  readonly answer: string;
  readonly prompt: string | null;
  /** How many places were replaced. */
  readonly replaced: number;
  /**
   * A text of the model's with the values in the place of their placeholders. Secrets stay replaced, so that no correction
   * repeats one; so does what only looks like a placeholder.
   */
  readonly restored: (text: string) => string;
  /** Where the model's quote stands in the answer as it is stored; null where it does not, or more than once. */
  readonly placeOf: (quote: string) => Span | 'gone' | 'ambiguous';
}

/** Redacts answer and prompt together; says in words why they may not leave. */
export function redactedFor(
  { text, prompt }: { readonly text: string; readonly prompt: string | null },
  { customerRules, allow, alsoRedact }: AssistanceTerms['redaction'],
  languages: readonly string[] = globalThis.navigator?.languages ?? [],
): Result<Redacted, string> {
  const rules = compileRules(customerRules);
  if (!rules.ok) return err(`Not sent: ${rules.error.message}`);
  try {
    const texts = [text, prompt ?? ''];
    const options = { regions: regionsOf(languages), allow, accepted: alsoRedact, rules: rules.value };
    const redacted = redactTogether(texts, { ...options, budgetMs: BUDGET_MS });
    const [answer, question] = redacted as [RedactedText, RedactedText];
    const values = valuesOf(texts, redacted);
    return ok({
      answer: answer.text,
      prompt: prompt === null ? null : question.text,
      replaced: answer.recognized.length + question.recognized.length,
      restored: (said) => said.replace(PLACEHOLDER, (placeholder) => values.get(placeholder) ?? placeholder),
      placeOf: (quote) => {
        const at = answer.text.indexOf(quote);
        if (quote === '' || at < 0) return 'gone';
        if (answer.text.indexOf(quote, at + 1) >= 0) return 'ambiguous';
        return answer.offsets.toOriginal({ start: at, end: at + quote.length });
      },
    });
  } catch (thrown) {
    if (!(thrown instanceof OverBudget)) throw thrown;
    return err('Not sent: checking this answer for personal data took too long.');
  }
}

/** The value of each placeholder, as it stood first. */
function valuesOf(texts: readonly string[], redacted: readonly RedactedText[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [index, { recognized }] of redacted.entries()) {
    for (const { kind, placeholder, start, end } of recognized) {
      if (kind !== 'secret' && !values.has(placeholder))
        values.set(placeholder, texts[index]?.slice(start, end) ?? placeholder);
    }
  }
  return values;
}
