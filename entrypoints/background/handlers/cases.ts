/** Cases, and what a policy or an earlier ruling has to say of the answer in an editor. */
import { fail } from '../../../utils/errors.ts';
import type { Handlers } from '../../../utils/messaging/server.ts';
import type { Clause, Project } from '../../../utils/review/project.ts';
import { builtInProject } from '../../../utils/review/project.ts';
import { withNewVersions } from '../../../utils/review/project-diff.ts';
import { checkProject } from '../../../utils/review/project-schema.ts';
import {
  addEntry,
  caseOf,
  hintFor,
  noteClause,
  openCase,
  ruleCase,
  setCaseClosed,
  setCaseOwner,
} from '../../../utils/storage/cases.ts';
import { currentProject, storedProject } from '../../../utils/storage/current-project.ts';
import { sessionOf } from '../../../utils/storage/editors.ts';
import { seenGuidelines, setProject } from '../../../utils/storage/projects.ts';
import { readSettings } from '../../../utils/storage/settings.ts';
import { policySubject } from '../../../utils/triage/policy-subject.ts';
import { policingOf } from '../policing.ts';
import type { Room } from '../room.ts';

/** The most of an answer that is an example in the guidelines, in UTF-16 code units. */
const EXAMPLE = 600;

/** Who speaks, in cases. */
async function speaker({ database }: Room): Promise<string> {
  return (await readSettings(database)).settings.reviewerName?.trim() || 'This reviewer';
}

export const overseeingHandlers = (room: Room): Pick<Handlers['editor'], 'oversight' | 'openCase'> => ({
  async oversight(_, frame) {
    const { database, now } = room;
    const { origin, responseKey, snapshot } = await sessionOf(database, frame);
    const answer = { site: origin, responseKey, snapshot };
    const { policies = [] } = await currentProject(database);
    const judgement = { verdict: 'unsure', labels: [], ratings: [], correction: null, comment: null } as const;
    const unjudged = { ...judgement, labels: [], ratings: [] };
    const subject = policySubject({ snapshot, origin, surface: 'editor', judgement: unjudged }, now());
    const { hits } = policies.length === 0 ? { hits: [] } : await policingOf(room).apply(subject);
    const helpOf = (id: string) => policies.find((policy) => policy.id === id)?.help ?? null;
    const own = await caseOf(database, answer);
    return {
      policies: hits.map((hit) => ({ ...hit, help: helpOf(hit.id) })),
      hint: await hintFor(database, answer),
      case: own && { id: own.id, state: own.state, question: own.question },
    };
  },

  async openCase({ question }, frame) {
    const { database, now } = room;
    const { origin: site, responseKey, snapshot } = await sessionOf(database, frame);
    const by = await speaker(room);
    const { id, state } = await openCase(database, { site, responseKey, snapshot, question, by }, now());
    return { id, state, question };
  },
});

type CaseCalls = 'addCaseEntry' | 'setCaseOwner' | 'ruleCase' | 'closeCase' | 'makeClause';

export function caseHandlers(room: Room): Pick<Handlers['page'], CaseCalls> {
  const { database, pushes, now } = room;

  /** A clause of a ruling, with the answer as an example of what to do or not to do. */
  function clauseOf(
    project: Project,
    { title, text, labels }: { title: string; text: string; labels: readonly string[] },
    example: string,
    isGood: boolean,
  ): Clause {
    const taken = new Set(project.guidelines?.clauses.map(({ id }) => id));
    let count = 1;
    while (taken.has(`case-${count}`)) count += 1;
    const cut = example.length > EXAMPLE ? `${example.slice(0, EXAMPLE).toWellFormed()}…` : example;
    return {
      ...{ id: `case-${count}`, title, text },
      ...(labels.length > 0 && { labels }),
      ...(cut.trim() && { [isGood ? 'good' : 'bad']: cut }),
    };
  }

  return {
    async addCaseEntry({ id, text }) {
      await addEntry(database, { id, text, by: await speaker(room) }, now());
      return null;
    },

    async setCaseOwner({ id, owner }) {
      await setCaseOwner(database, id, owner, now());
      return null;
    },

    async ruleCase(ruling) {
      await ruleCase(database, ruling, now());
      return null;
    },

    async closeCase({ id, closed }) {
      await setCaseClosed(database, id, closed, now());
      return null;
    },

    async makeClause({ id, ...words }) {
      const row = await database.cases.get(id);
      if (!row?.ruling) fail('not-found', { message: 'This case has no ruling.', next: 'Rule on it first.' });
      const before = (await storedProject(database)) ?? builtInProject;
      const clause = clauseOf(before, words, row.snapshot.text, row.ruling.verdict === 'approve');
      const { version, clauses } = before.guidelines ?? { version: '1', clauses: [] };
      const after = { ...before, guidelines: { version, clauses: [...clauses, clause] } };
      const rubrics = (await database.rubrics.toArray()).map(({ rubric }) => rubric);
      const inUse = { rubrics, guidelines: await seenGuidelines(database, after) };
      const checked = checkProject(withNewVersions(before, after, inUse));
      if (!checked.ok) return fail('invalid', { ...checked.error, next: 'Choose other words.' });
      await setProject(database, checked.value);
      await noteClause(database, id, clause.id, now());
      void pushes.toAll({ push: 'pageChanged' });
      return { clause: clause.id, version: checked.value.guidelines?.version ?? version };
    },
  };
}
