import { useMemo } from 'preact/hooks';
import { ExportPanel } from '../../../components/workbench/export-panel.tsx';
import type { ReviewQuery } from '../../../utils/review/query.ts';
import { createExport } from '../store/export.ts';
import { inMoments, type Workbench } from '../workbench.ts';

export interface ExportSideProps {
  readonly workbench: Workbench;
  readonly query: ReviewQuery;
  /** How many there are without a query. */
  readonly reviews: number;
}

/** The export of what the list shows. */
export function ExportSide({ workbench, query, reviews }: ExportSideProps) {
  const exported = useMemo(() => createExport(workbench), [workbench]);
  return (
    <ExportPanel
      filtered={Object.keys(query).length > 0}
      reviews={reviews}
      state={exported.state.value}
      onExport={(choice) => void exported.run(inMoments(query), choice)}
      onStop={exported.stop}
    />
  );
}
