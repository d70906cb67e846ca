/** Makes team files for tests: everything valid, everything changeable. */
import type * as z from 'zod/mini';
import type { RulePack } from '../../utils/detection/types.ts';
import type { Project } from '../../utils/review/project.ts';
import type { teamSchema } from '../../utils/team/team-schema.ts';
import { aLabel, aPolicy, aProject, aRubric } from './projects.ts';
import { aPack, aRule } from './rules.ts';

/** Read only, as the makers of its parts give them. */
export type TeamFile = Omit<z.input<typeof teamSchema>, 'project' | 'rules'> & {
  project?: Project;
  rules?: RulePack | { readonly url: string };
};

/** A file that sets a bit of everything. */
export const aTeamFile = (change: Partial<TeamFile> = {}): TeamFile => {
  const project = aProject({
    id: 'parcels',
    name: 'Parcel desk',
    version: '4',
    rubrics: [aRubric({ id: 'parcels', version: '9', labels: [aLabel({ id: 'late', name: 'Late' })] })],
    guidelines: { version: '2', clauses: [{ id: 'days', title: 'Days', text: 'A named day is a promise.' }] },
    policies: [aPolicy({ id: 'promise', name: 'No promises', demand: 'forbid', phrases: ['by Thursday'] })],
  });
  return {
    countersign: 'team/1',
    id: 'parcels',
    name: 'Parcel team',
    version: '1',
    destinations: [
      {
        id: 'collector',
        name: 'Parcel collector',
        connector: 'countersign',
        url: 'https://reviews.example/v1/events',
        token: 'cst_0123456789abcdefghijklmnopqrstuvwxyz',
      },
    ],
    project,
    rules: aPack([aRule({ id: 'desk', name: 'The desk' })]),
    sites: ['https://desk.example'],
    settings: {
      keepPrompt: false,
      customerRules: [{ id: 'parcel', pattern: 'PX[0-9]{8}', placeholder: 'PARCEL' }],
      gateOn: ['https://desk.example'],
    },
    ...change,
  };
};
