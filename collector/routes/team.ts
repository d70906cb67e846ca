/**
 * /v1/team: the team file of a project, which sets up whoever joins. Any token of the project may read it. Where nobody has
 * published one, it is the least that a team can be: deliver here, with the token of the invitation, and take the rules.
 */
import { Hono } from 'hono';
import { checkTeam, TEAM_LIMIT } from '../../utils/team/team-schema.ts';
import { readJson } from '../body.ts';
import type { AppEnv, AppParts } from '../env.ts';
import { authorize } from '../middleware/authorize.ts';
import { Problem } from '../problem.ts';
import { readRulePack } from '../store/rule-packs.ts';
import { readTeamFile, storeTeamFile } from '../store/team-files.ts';

/** What a published file is checked as if it came from: no token is known then, and no address but a relative one is here. */
const anywhere = { url: 'https://collector.invalid/v1/team', token: 'invitation' };

/** What a project is called as a team: ids have neither dots nor underscores. */
const teamIdOf = (project: string) => project.replace(/[^a-z0-9-]/g, '-').replace(/^-+/, 'team-');

function leastTeam(project: string, hasRules: boolean): object {
  return {
    countersign: 'team/1',
    id: teamIdOf(project),
    name: project,
    version: '1',
    destinations: [{ id: 'collector', name: project, connector: 'countersign', url: './events', tokenFrom: 'link' }],
    ...(hasRules ? { rules: { url: './rules' } } : {}),
  };
}

export const teamRoute = ({ database }: AppParts) =>
  new Hono<AppEnv>()
    .get('/', authorize(database, 'rules'), async (context) => {
      const { project } = context.get('caller');
      const headers = { 'cache-control': 'private, no-store', vary: 'Authorization' };
      const stored = await readTeamFile(database, project);
      if (stored === null)
        return context.json(leastTeam(project, (await readRulePack(database, project)) !== null), 200, headers);
      const type = { 'content-type': 'application/json; charset=UTF-8' };
      return context.body(stored.file, 200, { ...headers, ...type, etag: `"${stored.hash}"` });
    })
    .put('/', authorize(database, 'maintain'), async (context) => {
      const type = (context.req.header('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase();
      if (type !== 'application/json') {
        throw new Problem(415, 'unsupported-media-type', 'The content type must be application/json in UTF-8.');
      }
      const { text, value } = await readJson(context.req.raw, TEAM_LIMIT);
      const checked = checkTeam(value, anywhere);
      if (!checked.ok) throw new Problem(400, 'invalid', checked.error.message, { field: checked.error.field });
      const { project } = context.get('caller');
      const hash = await storeTeamFile(database, project, text);
      context.set('notes', { team: checked.value.version });
      return context.json({ id: checked.value.id, version: checked.value.version }, 200, { etag: `"${hash}"` });
    });
