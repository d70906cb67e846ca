/** What the popup and the workbench may ask for: everything that writes. */
import { CountersignError, fail } from '../../../utils/errors.ts';
import type { Handlers } from '../../../utils/messaging/server.ts';
import { compileRules } from '../../../utils/privacy/customer-rules.ts';
import { saveAuthor } from '../../../utils/storage/authors.ts';
import { removeDestination } from '../../../utils/storage/destinations.ts';
import { putDraft, removeDraft } from '../../../utils/storage/drafts.ts';
import { deliverEarlier, discard, resend } from '../../../utils/storage/outbox.ts';
import { removeUserRule, switchRule } from '../../../utils/storage/rules.ts';
import { newestOf } from '../../../utils/storage/save.ts';
import { readSettings, saveSettings } from '../../../utils/storage/settings.ts';
import { previewOf } from '../leaving.ts';
import { save, undo } from '../reviewing.ts';
import type { Room } from '../room.ts';
import { caseHandlers } from './cases.ts';
import { keepingHandlers } from './keeping.ts';
import { projectHandlers } from './projects.ts';
import { queueHandlers } from './queueing.ts';
import { termsChanged } from './triage.ts';

export function pageHandlers(room: Room): Handlers['page'] {
  const { database, delivery, pushes, sites, now } = room;

  return {
    ...projectHandlers(room),
    ...queueHandlers(room),
    ...caseHandlers(room),

    async saveAssistance(body, from) {
      const { assistancePageHandlers } = await import('./assisting.ts');
      return assistancePageHandlers(room).saveAssistance(body, from);
    },

    async saveDraft({ reviewId, judgement }) {
      const newest = await newestOf(database, reviewId);
      if (!newest) fail('not-found');
      const { origin, responseKey, snapshot } = newest.review;
      if (judgement === null) await removeDraft(database, { origin, responseKey });
      else {
        const updatedAt = new Date(now()).toISOString();
        await putDraft(database, { origin, responseKey, judgement, snapshot, updatedAt });
      }
      return null;
    },

    async previewLeaving({ reviewId, judgement }) {
      const newest = await newestOf(database, reviewId);
      if (!newest) fail('not-found');
      const { origin, responseKey, snapshot, rubric } = newest.review;
      const about = { origin, responseKey, snapshot, rubric, surface: 'workbench', visibility: 'verified' } as const;
      return previewOf(room, { ...about, newest: newest.review }, judgement);
    },

    async saveReview(draft) {
      const newest = await newestOf(database, draft.id);
      if (!newest) fail('not-found');
      const { origin, responseKey, snapshot } = newest.review;
      const saved = await save(room, { ...draft, responseKey, snapshot, surface: 'workbench' }, origin);
      void pushes.toSite(origin, { push: 'pageChanged' });
      return saved;
    },

    async undoReview(request) {
      const { mark, origin } = await undo(room, { ...request, origin: null });
      void pushes.toSite(origin, { push: 'pageChanged' });
      return { mark };
    },

    ...keepingHandlers(room),

    async joinTeam(body, from) {
      const { teamHandlers } = await import('./teams.ts');
      return teamHandlers(room).joinTeam(body, from);
    },

    async leaveTeam(body, from) {
      const { teamHandlers } = await import('./teams.ts');
      return teamHandlers(room).leaveTeam(body, from);
    },

    async saveSettings(change) {
      const rules = compileRules(change.customerRules ?? []);
      if (!rules.ok) throw new CountersignError(rules.error);
      const before = (await readSettings(database)).settings;
      const settings = await saveSettings(database, change);
      if (settings.paused !== before.paused) {
        await sites.reconcile();
        if (settings.paused) await pushes.toAll({ push: 'stop' });
        else await sites.inject();
        await room.showBadge();
      } else void pushes.toAll({ push: 'pageChanged' });
      if (change.gateOn || change.deltaOn) {
        await sites.reconcile();
        await sites.guard();
      }
      if (change.triage) await termsChanged(room);
      const { assertFrom, findWithoutRule } = settings;
      if (assertFrom !== before.assertFrom || findWithoutRule !== before.findWithoutRule) {
        void pushes.toAll({ push: 'rulesChanged' });
      }
      const { quietHours, holdOnMetered } = settings;
      const held = quietHours !== before.quietHours || holdOnMetered !== before.holdOnMetered;
      if (held) void delivery.wake('settings');
      return settings;
    },

    async saveDestination(body, from) {
      const { destinationHandlers } = await import('./destinations.ts');
      return destinationHandlers(room).saveDestination(body, from);
    },

    async deliverEarlier({ destinationId }) {
      const owed = await delivery.owing(() => deliverEarlier(database, destinationId, now()));
      void delivery.wake('saved');
      return { owed };
    },

    async removeDestination({ id }) {
      await removeDestination(database, id);
      void delivery.wake('settings');
      return null;
    },

    async testDestination(body, from) {
      const { destinationHandlers } = await import('./destinations.ts');
      return destinationHandlers(room).testDestination(body, from);
    },

    async sendSample(body, from) {
      const { destinationHandlers } = await import('./destinations.ts');
      return destinationHandlers(room).sendSample(body, from);
    },

    async resend(which) {
      const requeued = await delivery.owing(() => resend(database, which, now()));
      void delivery.wake('saved');
      return { requeued };
    },

    async discard(which) {
      const discarded = await discard(database, which);
      await room.showBadge();
      return { discarded };
    },

    async deliverNow() {
      void delivery.wake('user');
      return null;
    },

    async startPicker({ tabId }) {
      if (!(await room.pointing.pick(tabId))) fail('off');
      return null;
    },

    async saveRule({ rule }) {
      const { saveRule } = await import('../kept-rules.ts');
      await saveRule(database, rule, now());
      await room.rulesChanged();
      return null;
    },

    async removeRule({ id }) {
      await removeUserRule(database, id);
      await room.rulesChanged();
      return null;
    },

    async switchRule({ id, on }) {
      await switchRule(database, id, on);
      await room.rulesChanged();
      return null;
    },

    async saveAuthor(word) {
      await saveAuthor(database, word, now());
      void pushes.toAll({ push: 'rulesChanged' });
      return null;
    },

    async importRules({ json }) {
      const { importRules } = await import('../kept-rules.ts');
      const counted = await importRules(database, json, now());
      await room.rulesChanged();
      return counted;
    },

    setRulePack: ({ url }) => room.packs.setUrl(url),

    updateRulePack: () => room.packs.update(),

    async refreshSite({ origin, tabId }) {
      await sites.reconcile();
      if (await sites.isOn(origin)) {
        if (tabId !== null) await sites.injectInto(tabId);
      } else {
        if (tabId !== null) await pushes.toTab(tabId, { push: 'stop' });
        // Tabs of a site without permission cannot be looked up by address: let every overlay ask whether it is still on.
        void pushes.toAll({ push: 'pageChanged' });
      }
      return null;
    },
  };
}
