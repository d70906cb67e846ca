/** Makes a link with which one reviewer joins a team: a token of their own, behind the `#` of a page of this collector. */
import type { Command } from '../options.ts';
import { withTokens } from './token.ts';

/** Where a collector listens that was started without options. */
const USUAL = 'http://127.0.0.1:7411';

/** Runs the command and answers what to print. */
export function runInvite({ project, url, json, ...store }: Extract<Command, { readonly command: 'invite' }>) {
  return withTokens(store, async (tokens) => {
    const { id, token } = await tokens.create(project, 'write');
    const base = (url ?? tokens.url ?? USUAL).replace(/\/+$/, '');
    const link = `${base}/join#${token}`;
    const here = /^http:/.test(base)
      ? 'It leads to this computer: say with --url where reviewers reach the collector from elsewhere.\n'
      : '';
    const words = `${link}\n\nWith this link one reviewer joins the team of the project "${project}": the link may deliver there, and read nothing but the rules and the team file. Send it like a password, one to each; it is shown this once. ${here}To take it back: npm run collector -- token revoke ${id}\n`;
    return { ok: true, text: json ? `${JSON.stringify({ link, id, project })}\n` : words };
  });
}
