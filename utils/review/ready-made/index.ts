/** Projects to begin with, each good as it is. Loaded where one is chosen only. */
import { builtInProject, type Project } from '../project.ts';
import { factualAnswer } from './factual.ts';
import { safety } from './safety.ts';
import { supportReply } from './support.ts';

/** What each is for, in one sentence. */
export const readyMade: readonly { readonly project: Project; readonly purpose: string }[] = [
  { project: builtInProject, purpose: 'Eight labels and one scale: what you have before you choose.' },
  {
    project: supportReply,
    purpose: 'Replies to customers, by a bot or drafted for an agent: solved, tone, promises, private data.',
  },
  {
    project: factualAnswer,
    purpose: 'Answers that claim facts, checked by somebody who knows the field: correctness, sources, weight.',
  },
  { project: safety, purpose: 'Whether an answer could harm somebody, and whether holding back was right.' },
];
