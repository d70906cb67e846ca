/** /v1/rules: the site rules that a project gives its reviewers. Whoever may do anything there may read them. */
import { Hono } from 'hono';
import { checkPack, PACK_LIMIT } from '../../utils/detection/rule-pack.ts';
import { readJson } from '../body.ts';
import type { AppEnv, AppParts } from '../env.ts';
import { authorize } from '../middleware/authorize.ts';
import { Problem } from '../problem.ts';
import { readRulePack, storeRulePack } from '../store/rule-packs.ts';

/** The hashes in a list of entity tags (RFC 9110, section 8.8.3), weak ones too; null where any will do. */
function hashesIn(header: string): readonly string[] | null {
  if (header.trim() === '*') return null;
  return Array.from(header.matchAll(/"([^"]*)"/g), ([, hash = '']) => hash);
}

const etagOf = (hash: string) => `"${hash}"`;

export const rulesRoute = ({ database }: AppParts) =>
  new Hono<AppEnv>()
    .get('/', authorize(database, 'rules'), async (context) => {
      const { project } = context.get('caller');
      const stored = await readRulePack(database, project);
      if (stored === null) throw new Problem(404, 'not-found', 'This project has no rule pack.');
      const headers = { etag: etagOf(stored.hash), 'cache-control': 'private, no-cache', vary: 'Authorization' };
      const known = context.req.header('if-none-match');
      if (known !== undefined && (hashesIn(known)?.includes(stored.hash) ?? true)) {
        return context.body(null, 304, headers);
      }
      return context.body(stored.pack, 200, { ...headers, 'content-type': 'application/json; charset=UTF-8' });
    })
    .put('/', authorize(database, 'maintain'), async (context) => {
      const type = (context.req.header('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase();
      if (type !== 'application/json') {
        throw new Problem(415, 'unsupported-media-type', 'The content type must be application/json in UTF-8.');
      }
      const checked = checkPack((await readJson(context.req.raw, PACK_LIMIT)).value);
      if (!checked.ok) throw new Problem(400, 'invalid', checked.error.message, { field: checked.error.field });
      const { project } = context.get('caller');
      const condition = context.req.header('if-match');
      const stored = condition === undefined ? null : await readRulePack(database, project);
      const expected = condition === undefined ? null : (hashesIn(condition) ?? (stored ? [stored.hash] : []));
      const hash = await storeRulePack(database, project, JSON.stringify(checked.value), expected);
      if (hash === null) {
        throw new Problem(412, 'changed', 'The rule pack is another one by now; read it again first.');
      }
      context.set('notes', { rules: checked.value.rules.length });
      return context.json({ version: checked.value.version, rules: checked.value.rules.length }, 200, {
        etag: etagOf(hash),
      });
    });
