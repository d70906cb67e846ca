/** Keeps what the reviewer chose, and takes it back. */
import type { SiteRule } from '../../utils/detection/types.ts';
import type { Failure } from '../../utils/errors.ts';
import type { Call } from '../../utils/messaging/client.ts';
import type { ContentCalls } from '../../utils/messaging/contract.ts';

/** What is to be kept: a rule, an author, or both. */
export interface Choice {
  readonly rule: SiteRule | null;
  readonly author: { readonly site: string; readonly name: string; readonly is: 'assistant' | 'person' } | null;
}

/** What was kept and can be taken back, or why it was not. */
export type Kept = { readonly undo: () => Promise<Failure | null> } | { readonly failure: Failure };

/** The rule that the reviewer made by pointing here before, which the new one replaces; the background names them so. */
async function ruleBefore(call: Call<ContentCalls>): Promise<SiteRule | null> {
  const answer = await call('arrive', {});
  const found = answer.ok
    ? answer.value.rules.find(({ origin, id }) => origin === 'user' && id.startsWith('own-'))
    : null;
  if (!found) return null;
  const { origin: _, ...rule } = found;
  return rule;
}

export async function keep(call: Call<ContentCalls>, { rule, author }: Choice): Promise<Kept> {
  const before = rule && (await ruleBefore(call));
  if (rule) {
    const answer = await call('keepRule', { rule });
    if (!answer.ok) return { failure: answer.error };
  }
  const named = author && { site: author.site, author: author.name };
  if (named) {
    const answer = await call('keepAuthor', { ...named, is: author.is });
    if (!answer.ok) {
      if (rule) await call('keepRule', { rule: before });
      return { failure: answer.error };
    }
  }
  return {
    async undo() {
      const answers = [
        ...(named ? [await call('keepAuthor', { ...named, is: null })] : []),
        ...(rule ? [await call('keepRule', { rule: before })] : []),
      ];
      return answers.find((answer) => !answer.ok)?.error ?? null;
    },
  };
}
