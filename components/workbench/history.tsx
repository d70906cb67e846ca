import { ShieldAlert, ShieldCheck } from 'lucide';
import type { Review } from '../../utils/review/schema.ts';
import { Icon } from '../controls/icon.tsx';
import { RevisionList } from '../review/revision-list.tsx';
import type { ChainState } from './types.ts';
import { numberWords } from './wording.ts';

interface HistoryProps {
  /** Oldest first. */
  readonly revisions: readonly Review[];
  readonly shown: number;
  readonly chain: ChainState;
  readonly now: number;
  readonly onShow: (revision: number) => void;
}

const breaks = {
  order: 'is missing, or stands in the wrong place',
  link: 'does not follow from the one before it',
  hash: 'was changed after it was saved',
  content: 'holds another answer than the one that was judged',
} as const;

/** Whether the log can be believed, in one sentence. */
function chainWords(chain: ChainState, revisions: number): string {
  if (chain.is === 'checking') return 'Checking the history';
  if (chain.is === 'broken') return `This history was altered: revision ${chain.revision} ${breaks[chain.why]}.`;
  return revisions === 1
    ? 'This history is intact: the revision is as it was saved.'
    : `This history is intact: all ${numberWords(revisions)} revisions are as they were saved, each following from the one before.`;
}

/** Who said what when, and the check that nobody changed it since. */
export function History({ revisions, shown, chain, now, onShow }: HistoryProps) {
  const broken = chain.is === 'broken';
  return (
    <section class="wb-part" aria-labelledby="history-title">
      <h3 id="history-title">History</h3>
      <RevisionList revisions={revisions} now={now} shown={shown} onShow={onShow} />
      <p class={`wb-chain ${broken ? 'wb-tone-bad' : 'quiet'}`} role={broken ? 'alert' : undefined}>
        <Icon node={broken ? ShieldAlert : ShieldCheck} />
        <span>{chainWords(chain, revisions.length)}</span>
      </p>
    </section>
  );
}
