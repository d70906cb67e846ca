/** Makes a link with which one reviewer joins a team: a token of their own, behind the `#` of a page of this collector. */
import { readFileSync } from 'node:fs';
import { packTeam } from '../../utils/team/team-link.ts';
import { readTeam } from '../../utils/team/team-schema.ts';
import type { Command } from '../options.ts';
import { withTokens } from './token.ts';

/** Where a collector listens that was started without options. */
const USUAL = 'http://127.0.0.1:7411';

const baseOf = (url: string) => url.replace(/\/+$/, '');

/** A link that holds a whole team file: for teams without a collector, or whose collector is not asked. */
export async function inviteByFile({ file, url, json }: Extract<Command, { readonly command: 'invite file' }>) {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return { ok: false, text: `${file} cannot be read.\n` };
  }
  const team = readTeam(text, null);
  if (!team.ok) return { ok: false, text: `${file} is no team file that can be used. ${team.error.message}\n` };
  const link = await packTeam(JSON.stringify(JSON.parse(text)), `${baseOf(url ?? USUAL)}/join`);
  const words = `${link}\n\nThe link holds the team "${team.value.name}", version ${team.value.version}, with the tokens in it. Send it like a password.\n`;
  return { ok: true, text: json ? `${JSON.stringify({ link })}\n` : words };
}

/** Runs the command and answers what to print. */
export function runInvite({ project, url, json, ...store }: Extract<Command, { readonly command: 'invite' }>) {
  return withTokens(store, async (tokens) => {
    const { id, token } = await tokens.create(project, 'write');
    const base = baseOf(url ?? tokens.url ?? USUAL);
    const link = `${base}/join#${token}`;
    const here = /^http:/.test(base)
      ? 'It leads to this computer: say with --url where reviewers reach the collector from elsewhere.\n'
      : '';
    const words = `${link}\n\nWith this link one reviewer joins the team of the project "${project}": the link may deliver there, and read nothing but the rules and the team file. Send it like a password, one to each; it is shown this once. ${here}To take it back: npm run collector -- token revoke ${id}\n`;
    return { ok: true, text: json ? `${JSON.stringify({ link, id, project })}\n` : words };
  });
}
