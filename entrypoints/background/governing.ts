/** Where the gate has business: on the hosts that a policy on drafts names, and where the user asked for it. */
import { sitePattern } from '../../utils/messaging/site-pattern.ts';
import type { Policy } from '../../utils/review/policy.ts';
import { currentProject } from '../../utils/storage/current-project.ts';
import type { CountersignDatabase } from '../../utils/storage/database.ts';
import { shownSettings } from '../../utils/storage/shown-settings.ts';

const host = /^(?:\*\.)?[a-z\d](?:[a-z\d.-]*[a-z\d])?$/i;

/** Whether a policy can say something of a draft before it is sent: one that looks at labels waits until there are some. */
export const isOnDrafts = ({ stage, labels }: Pick<Policy, 'stage' | 'labels'>): boolean =>
  stage !== 'answer' && !labels?.length;

function patternsOf({ scope }: Policy): readonly string[] {
  if (!scope?.sites?.length) return ['*://*/*'];
  return scope.sites.filter((site) => host.test(site)).map((site) => `*://${site}/*`);
}

/** Match patterns of whole hosts, whatever the browser permits. */
export async function governedHosts(database: CountersignDatabase): Promise<readonly string[]> {
  const [settings, { policies = [] }] = await Promise.all([shownSettings(database), currentProject(database)]);
  const own = [...settings.gateOn, ...settings.deltaOn].filter((origin) => URL.canParse(origin)).map(sitePattern);
  return [...new Set([...own, ...policies.filter(isOnDrafts).flatMap(patternsOf)])];
}
