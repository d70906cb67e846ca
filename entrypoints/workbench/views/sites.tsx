import '../../../components/workbench/page.css';
import '../../../components/settings/settings.css';
import '../../../components/settings/rules/rules.css';
import { useEffect } from 'preact/hooks';
import { AuthorList } from '../../../components/settings/rules/author-list.tsx';
import { Finding } from '../../../components/settings/rules/finding.tsx';
import { OpenPages } from '../../../components/settings/rules/open-pages.tsx';
import { RuleFiles, TeamPack } from '../../../components/settings/rules/pack-part.tsx';
import { RuleList } from '../../../components/settings/rules/rule-list.tsx';
import type { AuthorEntry, RuleEntry } from '../../../components/settings/rules/types.ts';
import { Sites } from '../../../components/settings/sites.tsx';
import { Traces } from '../../../components/settings/traces.tsx';
import type { SaveChoices } from '../../../components/settings/types.ts';
import { countWords } from '../../../components/workbench/wording.ts';
import type { SiteRule } from '../../../utils/detection/types.ts';
import { createOpenPages } from '../store/open-pages.ts';
import { ruleTemplate, today } from '../store/rule-text.ts';
import { createRules, ownPack, packView } from '../store/rules.ts';
import { offerFile } from '../store/save-file.ts';
import { createSites } from '../store/sites.ts';
import { tryTraces } from '../store/trace-trial.ts';
import type { Workbench } from '../workbench.ts';
import { useStore } from './use-store.ts';

/** Bytes of a file with rules; a larger one is none. */
const FILE_LIMIT = 2_000_000;
/** ms in which a deleted rule can be brought back. */
const UNDO_MS = 8000;

/** Where Countersign looks, by which rules, and how that fares. */
export function SitesView({ workbench }: { readonly workbench: Workbench }) {
  const { browser, call, database, settings, notices, now, act } = workbench;
  const sites = useStore((stop) => createSites(browser.permissions, call, stop));
  const store = useStore((stop) => createRules(database, call, stop));
  const open = useStore(() => createOpenPages(browser));
  useEffect(() => void open.look(), [open]);
  const { value: stored, failure } = store.stored.value;

  const save: SaveChoices = async (change) => {
    const answer = await call('saveSettings', change);
    return answer.ok ? null : answer.error;
  };
  const remove = async (rule: RuleEntry) => {
    if (!(await act('removeRule', { id: rule.id }))) return;
    const back = { rule: JSON.parse(rule.json) as SiteRule };
    const id = notices.tell(
      {
        tone: 'quiet',
        text: `The rule for ${rule.name} is deleted.`,
        action: {
          name: 'Undo',
          run: () => {
            notices.dismiss(id);
            void act('saveRule', back);
          },
        },
      },
      UNDO_MS,
    );
  };
  const forget = ({ site, author, is }: AuthorEntry) => {
    void act('saveAuthor', { site, author, is: null }).then((done) => {
      if (!done) return;
      const id = notices.tell(
        {
          tone: 'quiet',
          text: `${author} is forgotten.`,
          action: {
            name: 'Undo',
            run: () => {
              notices.dismiss(id);
              void act('saveAuthor', { site, author, is });
            },
          },
        },
        UNDO_MS,
      );
    });
  };
  const take = async (file: File) => {
    if (file.size > FILE_LIMIT)
      return { message: `${file.name} is too large for rules.`, next: 'Choose another file.' };
    const answer = await call('importRules', { json: await file.text() });
    if (!answer.ok) return answer.error;
    const { rules, authors } = answer.value;
    const words = [rules > 0 && countWords(rules, 'rule'), authors > 0 && countWords(authors, 'author')];
    notices.tell({
      tone: 'good',
      text: `${words.filter(Boolean).join(' and ') || 'Nothing'} taken from ${file.name}.`,
    });
    return null;
  };
  const give = () => {
    if (!stored) return;
    const at = new Date();
    const pack = ownPack(stored.rows, stored.authors, at);
    const name = `countersign-rules-${today(at)}.json`;
    offerFile(new Blob([JSON.stringify(pack, null, 2), '\n'], { type: 'application/json' }), name);
    notices.tell({ tone: 'good', text: `${countWords(pack.rules.length, 'rule')} written to ${name}.` });
  };
  const team = async (asked: Promise<{ ok: true } | { ok: false; error: { message: string; next: string } }>) => {
    const answer = await asked;
    return answer.ok ? null : answer.error;
  };
  const own = stored
    ? stored.rows.filter(({ origin }) => origin === 'user').length +
      stored.authors.filter(({ origin }) => origin === 'user').length
    : 0;

  return (
    <div class="wb-page">
      <header class="wb-page-head">
        <h1>Sites and rules</h1>
      </header>
      {failure && (
        <p class="wb-failure" role="alert">
          {failure.message} {failure.next}
        </p>
      )}
      <Sites sites={sites.entries.value} onToggle={(site, on) => void sites.toggle(site, on)} />
      <OpenPages pages={open.pages.value} onLook={() => void open.look()} onCopy={open.copy} />
      <Finding choices={settings.value} onSave={save} />
      <Traces choices={settings.value} onSave={save} onTry={(entry) => tryTraces(browser, entry)} />
      <RuleList
        rules={store.rules.value}
        onSwitch={(rule, on) => void act('switchRule', { id: rule.id, on })}
        onRename={store.rename}
        onSave={(rule, json) => store.keep(json, rule)}
        onDelete={(rule) => void remove(rule)}
      />
      <AuthorList authors={store.authors.value} onForget={forget} />
      <TeamPack
        pack={stored && packView(stored.pack, now.value)}
        onSetAddress={(url) => team(call('setRulePack', { url }))}
        onUpdate={() => team(call('updateRulePack', {}))}
      />
      <RuleFiles
        own={own}
        template={ruleTemplate(new Date())}
        onImport={take}
        onExport={give}
        onCreate={(json) => store.keep(json, null)}
      />
    </div>
  );
}
