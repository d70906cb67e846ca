/**
 * What a word says about who wrote something: names on a message, values of attributes, parts of class names.
 * Names are known in the ten languages with the most speakers, and in German and Japanese.
 */

/** `ai`: an AI; `user`: who asks; `agent`: a person who answers. */
export type Side = 'ai' | 'user' | 'agent';

/** Names that are an AI's by themselves. */
const alone =
  'ai|a\\.i\\.|bot|chat ?bot|robot|assistant|copilot|(?:chat)?gpt|llm' +
  '|(?:ai|virtual|digital|chat|smart) (?:assistant|agent|bot|helper)|automated (?:assistant|reply|response)' +
  '|ia|el asistente|asistente(?: virtual| de ia)?|asistente ia|robô|assistente(?: virtual| de ia)?|assistente ia' +
  "|assistant (?:ia|virtuel)|l[’']assistant|agent ia|ki|(?:ki-?|der )?assistent|ki-assistent(?:in)?" +
  '|(?:ии|чат)?-?бот|(?:ии|виртуальный|ии-)? ?(?:ассистент|помощник)|ии|робот' +
  '|.{0,8}(?:助手|机器人|機器人|智能客服|智能助理)|人工智能|人工智慧|アシスタント|.{0,8}ボット|人工知能' +
  '|(?:एआई|वर्चुअल)? ?(?:सहायक|असिस्टेंट)|एआई|.{0,4}बॉट|কৃত্রিম বুদ্ধিমত্তা|(?:এআই|ভার্চুয়াল)? ?(?:সহকারী|অ্যাসিস্ট্যান্ট)|এআই|.{0,4}বট' +
  '|(?:ال)?مساعد(?: ?(?:ال)?(?:ذكي|افتراضي|آلي))?|(?:ال)?(?:روبوت|بوت)|(?:ال)?ذكاء (?:ال)?اصطناعي' +
  '|(?:اے آئی|ورچوئل)? ?(?:معاون|اسسٹنٹ)|اے آئی|(?:چیٹ ?)?بوٹ';
/** A maker's or a product's name before one of these is an AI's name. */
const branded = '(?:ai|bot|chat ?bot|copilot|gpt|(?:ai|virtual|digital) (?:assistant|agent)|ia|ki|бот)';
const you =
  'you|me|user|customer|human|tú|usted|yo|usuario|vous|moi|utilisateur|você|eu|usuário|du|sie|ich|nutzer|вы|я|пользователь|你|您|我|用户|使用者|あなた|自分|ユーザー|आप|मैं|उपयोगकर्ता|আপনি|আমি|ব্যবহারকারী|أنت|أنا|المستخدم|آپ|میں|صارف';

const whole = (words: string) => new RegExp(`^(?:${words})$`, 'iu');
const aiAlone = whole(alone);
/** For lower case, as all patterns here with classes of Unicode: to ignore case in one takes the browser 10 ms, the first time. */
const aiBranded = new RegExp(`^(?:[\\p{L}\\d.&'’-]+ ){1,3}${branded}$`, 'u');
/** Sentences and invitations are no names. */
const noName =
  /[?!…]\s*$|^(?:is|are|can|the|an?|your|our|my|ask|try|use|meet|get|about|with|new|what|how|chat with|talk to)\s/iu;
/** HelpBot, SupportAI: the capital tells them from Abbott and Mumbai. */
const aiGlued = /^(?:\p{Lu}\p{Ll}+)+(?:Bot|AI|GPT)$/u;
/** A model with its version, as many apps name the author of an answer: "llama3.3:70b", "gpt-5 mini". */
const aiModel =
  /^(?:gpt|claude|gemini|llama|mistral|mixtral|qwen|deepseek|grok|gemma|phi|command|sonar|kimi|glm|o)[- ]?(?:[a-z]+[- :]?)?v?\d[\w.:-]*(?: [a-z]+)?$/iu;
/** A model with its size instead: "Claude-Opus", "gemini-pro". */
const aiSize =
  /^(?:gpt|claude|gemini|llama|mistral|qwen|deepseek|grok|kimi|glm)[- ](?:pro|flash|opus|sonnet|haiku|mini|nano|turbo|ultra|large|medium|small|lite|max|plus|instant|instruct|chat|reasoner|thinking)$/iu;
/** One of several that answer side by side: "Assistant A", "Model 2". */
const aiLettered = /^(?:assistant|model|bot|chatbot|ai) (?:[a-f]|\d)$/iu;
/** Somebody's assistant: a product, or a person's job. */
const aiPerhaps = /^[\p{L}\d.&'’-]+ assistant$/u;
const isUser = whole(you);
/** What apps put around a name: "ChatGPT said:", "Message from assistant", "Assistant message". */
const around =
  /^(?:(?:chat )?(?:message|response|reply|answer|avatar|icon)s?(?: (?:from|by|of|for))?[: ]+)|^(?:from|by) |(?:[’']s)?(?: (?:said|says|wrote|replied|(?:chat )?(?:message|response|reply|answer|avatar|icon|turn)s?|dice|dijo|escribió|a dit|sagte|schrieb|disse|escreveu|сказала?|написала?|ने कहा|বলেছে|قال|نے کہا))$| ?[说說]$/giu;

const bounded = (words: string) => `(?<![\\p{L}\\p{M}])(?:${words})(?![\\p{L}\\p{M}])`;
const mentionsAi = new RegExp(
  `${bounded('ai|bot|chatbot|assistant|copilot|chatgpt|asistente|assistente|assistent|ia|ki|ассистента?|помощника?|бота?|ии|(?:ال)?مساعد|(?:ال)?روبوت|بوت|सहायक|बॉट|एआई|সহকারী|বট|এআই|معاون|اسسٹنٹ|بوٹ')}|助手|机器人|機器人|アシスタント|ボット`,
  'u',
);
const mentionsUser = new RegExp(`${bounded(you)}|用户|您|ユーザー`, 'u');

/** Who a label for screen readers is about: it may be a sentence, in any language, such as "Chat message from assistant". */
export function labelSays(text: string): { readonly side: Side; readonly sure: boolean } | null {
  const said = nameSays(text);
  if (said || text.length > 2 * nameLimit || noName.test(text)) return said;
  const lower = text.toLowerCase();
  if (mentionsUser.test(lower)) return { side: 'user', sure: false };
  return mentionsAi.test(lower) ? { side: 'ai', sure: false } : null;
}

/** The longest text that may be a name. */
export const nameLimit = 40;

/** The name in a short text: white space collapsed, without the marks, times and words that apps put around it. */
export function nameIn(text: string): string {
  const plain = text
    .replace(/\s+/gu, ' ')
    .replace(/\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?/giu, '')
    .replace(/^[^\p{L}\p{M}]+|[^\p{L}\p{M}\d]+$/gu, '');
  return plain.replace(around, '').replace(around, '').trim();
}

/** Who has such a name; `sure` is false where it may as well be a person's. Null where the text is no name of either kind. */
export function nameSays(text: string): { readonly side: Side; readonly sure: boolean } | null {
  if (text.length > nameLimit) return null;
  const name = nameIn(text);
  if (name === '' || noName.test(text.trim())) return null;
  const lower = name.toLowerCase();
  if (isUser.test(name)) return { side: 'user', sure: true };
  if (aiAlone.test(name) || aiGlued.test(name) || aiBranded.test(lower)) return { side: 'ai', sure: true };
  if (aiModel.test(name) || aiSize.test(name) || aiLettered.test(name)) return { side: 'ai', sure: true };
  return aiPerhaps.test(lower) ? { side: 'ai', sure: false } : null;
}

const words: Readonly<Record<Side, ReadonlySet<string>>> = {
  user: new Set(
    'user human me self own mine outgoing sent customer visitor client you question prompt query guest requester'.split(
      ' ',
    ),
  ),
  ai: new Set('assistant ai bot copilot llm gpt chatgpt'.split(' ')),
  agent: new Set('agent operator staff moderator admin colleague teammate employee'.split(' ')),
};
/** Written together and in lower case: `botmessage`, `message-ai` is not needed here. */
const together = /^(bot|ai|assistant|user)(?=(?:message|msg|bubble|reply|response|answer|turn|text)s?$)/;

/** The words of an identifier, in lower case: `copilotKit_UserMessage` has four. */
const wordsOf = (identifier: string): readonly string[] =>
  identifier
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .map((word) => together.exec(word)?.[1] ?? word);

/** Who an identifier names: a user before an AI, because products with "bot" in their name mark their users too. */
export function identifierSays(identifier: string): Said {
  const known = said.get(identifier);
  if (known !== undefined) return known;
  if (said.size > 4_000) said.clear();
  const read = readIdentifier(identifier);
  said.set(identifier, read);
  return read;
}

type Said = { readonly side: Side; readonly word: string } | null;
const said = new Map<string, Said>();

function readIdentifier(identifier: string): Said {
  // Products have the word in their names, and mark their users with it too.
  if (identifier.toLowerCase() === 'chatbot') return { side: 'ai', word: 'bot' };
  const parts = wordsOf(identifier);
  for (const side of ['user', 'ai', 'agent'] as const) {
    const word = parts.findLast((part) => words[side].has(part));
    if (word) return { side, word };
  }
  return null;
}

/** Whether the identifier names an AI where the other names a user, and is the same beside that. */
export function isPair(ai: string, user: string): boolean {
  const bare = (identifier: string, side: Side) =>
    wordsOf(identifier)
      .map((word) => (words[side].has(word) ? '' : word))
      .join();
  const [left, right] = [bare(ai, 'ai'), bare(user, 'user')];
  return left === right;
}

/** Whether what makes the identifier an AI's is in a user's as well: then it is the product's name. */
export function isBrand(ai: string, user: string): boolean {
  const word = readIdentifier(ai)?.word;
  return word !== undefined && wordsOf(user).includes(word);
}
