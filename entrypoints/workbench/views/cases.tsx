import '../../../components/workbench/page.css';
import '../../../components/settings/settings.css';
import '../../../components/workbench/detail.css';
import '../../../components/rubric/rubric.css';
import '../../../components/cases/cases.css';
import { useState } from 'preact/hooks';
import { CaseDetail } from '../../../components/cases/case-detail.tsx';
import { CaseList, type Shown } from '../../../components/cases/case-list.tsx';
import type { ClauseWords } from '../../../components/cases/clause-form.tsx';
import { listCases } from '../../../utils/storage/cases.ts';
import { currentProject } from '../../../utils/storage/current-project.ts';
import { live } from '../store/live.ts';
import type { Workbench } from '../workbench.ts';
import { useStore } from './use-store.ts';

interface CasesViewProps {
  readonly workbench: Workbench;
  readonly caseId: string | null;
}

/** Answers of which it was not clear how to judge them, until somebody rules. */
export function CasesView({ workbench, caseId }: CasesViewProps) {
  const { database, call, act, notices, now, settings } = workbench;
  const cases = useStore((stop) => live(() => listCases(database), stop));
  const project = useStore((stop) => live(() => currentProject(database), stop));
  const [shown, setShown] = useState<Shown>('open');
  const { value: rows, failure } = cases.value;
  if (failure) return <p class="wb-failure">{`${failure.message} ${failure.next}`}</p>;
  if (!rows) return null;
  const row = rows.find(({ id }) => id === caseId);
  const labels = (project.value.value?.rubrics ?? []).flatMap((rubric) => rubric.labels);

  const makeClause = async (id: string, words: ClauseWords) => {
    const answer = await call('makeClause', { id, ...words });
    if (!answer.ok) {
      notices.fail(answer.error);
      return false;
    }
    notices.tell({ tone: 'good', text: `It is in force: guidelines, version ${answer.value.version}.` });
    return true;
  };

  if (caseId !== null && row) {
    const { id } = row;
    return (
      <div class="wb-page">
        <CaseDetail
          key={id}
          row={row}
          labels={[...new Map(labels.map(({ id: label, name }) => [label, { id: label, name }])).values()]}
          me={settings.value.reviewerName}
          now={now.value}
          onSay={(text) => act('addCaseEntry', { id, text })}
          onOwner={(owner) => void act('setCaseOwner', { id, owner })}
          onRule={(verdict, text) => act('ruleCase', { id, verdict, text })}
          onClose={(closed) => void act('closeCase', { id, closed })}
          onClause={(words) => makeClause(id, words)}
        />
      </div>
    );
  }
  return (
    <div class="wb-page">
      <header class="wb-page-head">
        <h1>Cases</h1>
      </header>
      <p class="quiet">
        Answers of which it was not clear how to judge them. A ruling is shown at the next answer like it.
      </p>
      {caseId !== null && (
        <p class="wb-failure" role="alert">
          This case is not here any more.
        </p>
      )}
      <CaseList cases={rows} shown={shown} now={now.value} onShow={setShown} />
    </div>
  );
}
