/** Redesigns a page as its makers would: other class names, tags, wrappers and languages, fewer test ids. */

/** What a redesign can change. */
export const changes = ['class names', 'tags', 'wrappers', 'labels', 'test ids'] as const;
type Change = (typeof changes)[number];

export interface Redesign {
  readonly seed: number;
  readonly what: readonly Change[];
}

/** Runs inside a page, so it must refer to nothing outside itself. What was alike before is alike afterwards. */
export function redesign({ seed, what }: Redesign): void {
  const does = (change: Change) => what.includes(change);
  /** 0 to 1, always the same for the same words and seed. */
  const chance = (...words: readonly string[]): number => {
    let hash = 2166136261 ^ seed;
    for (const char of words.join('\u0000')) hash = Math.imul(hash ^ char.charCodeAt(0), 16777619);
    hash = Math.imul(hash ^ (hash >>> 15), 2246822507);
    return ((hash ^ (hash >>> 13)) >>> 0) / 4294967296;
  };
  const made = (token: string) =>
    `x${Math.floor(chance('class', token) * 36 ** 6)
      .toString(36)
      .padStart(6, '0')}`;
  const words = 'assistant bot ai you user said message chat from for avatar response your customer'.split(' ');
  const languages: readonly Readonly<Record<string, string>>[] = [
    'Asistente|Bot|IA|Tú|Usuario|dijo|mensaje|chat|de|para|avatar|respuesta|tu|cliente',
    'Assistent|Bot|KI|Du|Nutzer|sagte|Nachricht|Chat|von|für|Avatar|Antwort|deine|Kunde',
    '助手|机器人|AI|你|用户|说|消息|聊天|来自|的|头像|回复|你的|客户',
    'المساعد|بوت|الذكاء الاصطناعي|أنت|المستخدم|قال|رسالة|دردشة|من|ل|صورة|رد|رسالتك|العميل',
    'Ассистент|Бот|ИИ|Вы|Пользователь|сказал|сообщение|чат|от|для|аватар|ответ|ваше|клиент',
    'सहायक|बॉट|एआई|आप|उपयोगकर्ता|ने कहा|संदेश|चैट|से|के लिए|अवतार|उत्तर|आपका|ग्राहक',
  ].map((line) => Object.fromEntries(line.split('|').map((word, at) => [words[at], word])));
  const language = languages[seed % languages.length] as Readonly<Record<string, string>>;
  /** The words that say who wrote something are translated, names stay, and every other word becomes one that nobody knows. */
  const foreign = (label: string, whole: boolean): string =>
    label.replace(/[A-Za-z][a-z]*/g, (word, at: number) => {
      const known = language[word.toLowerCase()];
      if (known) return known;
      const isName = /^[A-Z]/.test(word) && (at > 0 || /^[\w ]+(?:Bot|:)/.test(label));
      if (!whole || isName || /[A-Z].*[A-Z]|^(?:Copilot|Claude|Gemini|Grok|Captain|Lyro|Fin)$/.test(word)) return word;
      return Array.from(word, (_, at) => 'aeioulnrst'[Math.floor(chance('letter', word, String(at)) * 10)]).join('');
    });
  const isTestId = (name: string) => /^data-(?:.*test|qa|cy|e2e|automation)/.test(name);

  const tops: (Document | ShadowRoot)[] = [document];
  for (const top of tops)
    for (const element of top.querySelectorAll('*')) if (element.shadowRoot) tops.push(element.shadowRoot);

  const tags = ['article', 'section', 'div'];
  const shift = 1 + (seed % 2);
  for (const top of tops) {
    for (const style of does('class names') ? top.querySelectorAll('style') : []) {
      style.textContent = (style.textContent ?? '').replace(/\.(-?[_a-zA-Z][\w-]*)/g, (_, token) => `.${made(token)}`);
    }
    for (const element of Array.from(top.querySelectorAll('body *, :host *, *'))) {
      if (/^(?:html|head|body|style|script|meta|link|title|template)$/.test(element.localName)) continue;
      const shape = `${element.localName}.${element.getAttribute('class') ?? ''}`;
      for (const { name, value } of Array.from(element.attributes)) {
        if (does('test ids') && isTestId(name) && chance('test id', value.replace(/\d+/g, '')) < 0.5)
          element.removeAttribute(name);
        else if (does('labels') && /^(?:aria-label|title|alt|placeholder|aria-roledescription)$/.test(name))
          element.setAttribute(name, foreign(value, true));
      }
      if (does('class names') && element.hasAttribute('class')) {
        element.setAttribute('class', Array.from(element.classList, made).join(' '));
      }
      const { firstChild } = element;
      if (does('labels') && element.childNodes.length === 1 && firstChild?.nodeType === 3) {
        const text = firstChild.nodeValue ?? '';
        if (/^\s*(?:assistant|bot|ai|you|user)(?: said)?[\s:•]*$/i.test(text))
          firstChild.nodeValue = foreign(text, false);
      }
      const isRow =
        element.localName === 'li' && (element.attributes.length > 0 || element.querySelector('div,section,article'));
      let current = element;
      if ((tags.includes(element.localName) || isRow) && !element.shadowRoot) {
        const next = !does('tags')
          ? element.localName
          : isRow
            ? 'div'
            : (tags[(tags.indexOf(element.localName) + shift) % tags.length] as string);
        if (next !== element.localName) {
          current = document.createElement(next);
          for (const { name, value } of Array.from(element.attributes)) current.setAttribute(name, value);
          current.append(...element.childNodes);
          element.replaceWith(current);
        }
        if (does('wrappers') && chance('wrapper', shape) < 0.25) {
          const wrapper = document.createElement('div');
          wrapper.className = made(`wrapper of ${shape}`);
          current.replaceWith(wrapper);
          wrapper.append(current);
        }
      }
    }
  }
}
