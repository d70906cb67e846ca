/**
 * Phrases by which refusal, hedging and displeasure are known, in English and German, the most usual ones also in French,
 * Spanish, Italian and Dutch. Lowercase, with straight quotes; looked up as whole words in any order of languages, since no
 * phrase of one means something else in another.
 */

/** A phrase and how much it says, 0 to 1. */
export type Phrases = readonly (readonly [weight: number, phrases: string])[];

export const refusals: Phrases = [
  [
    0.9,
    `i can't help with|i cannot help with|i can't assist|i cannot assist|unable to assist|not able to help with|i won't be able to help|i'm unable to help|i am unable to help|i can't answer|i cannot answer|i can't provide|i cannot provide|i'm not able to provide|as an ai language model|as an ai model|as a language model|as an ai, i|outside my capabilities|beyond my capabilities|against my guidelines|dabei kann ich nicht helfen|kann ich ihnen leider nicht helfen|kann ich dir leider nicht helfen|kann ich nicht beantworten|als ki kann ich|als sprachmodell|je ne peux pas vous aider|no puedo ayudar|non posso aiutar|kan ik u niet helpen`,
  ],
  [
    0.6,
    `i don't have access to|i do not have access to|i'm not able to|i am not able to|i'm unable to|i am unable to|i can't do that|i cannot do that|i don't have information|i do not have information|i have no information|please contact support|please contact customer service|contact our support team instead|ich habe keinen zugriff|habe ich keinen zugriff|dazu habe ich keine informationen|dazu liegen mir keine informationen vor|ich bin nicht in der lage|bitte wenden sie sich an|je n'ai pas accès|no tengo acceso|non ho accesso|ik heb geen toegang`,
  ],
  [
    0.4,
    "i'm sorry, but|i am sorry, but|unfortunately, i|es tut mir leid, aber|leider kann ich|désolé, mais|lo siento, pero|mi dispiace, ma",
  ],
];

export const hedges: Phrases = [
  [
    0.6,
    `i'm not sure|i am not sure|i'm not certain|not entirely sure|i don't know|i do not know|i could be wrong|i may be wrong|if i remember correctly|as far as i know|to the best of my knowledge|as of my last update|my knowledge|i assume|i guess|i would guess|hard to say|you may want to double-check|please double-check|please verify|ich bin mir nicht sicher|bin ich nicht sicher|soweit ich weiß|meines wissens|ich vermute|ich nehme an|ohne gewähr|je ne suis pas sûr|no estoy seguro|non sono sicuro|ik weet niet zeker`,
  ],
  [
    0.3,
    `i think|i believe|probably|most likely|possibly|perhaps|maybe|should be able|it seems|it appears|apparently|supposedly|presumably|might be|may be|could be|might have|wahrscheinlich|vermutlich|möglicherweise|vielleicht|eventuell|anscheinend|ich glaube|ich denke|dürfte|könnte sein|müsste|probablement|peut-être|probablemente|quizás|tal vez|forse|probabilmente|misschien|waarschijnlijk`,
  ],
  [
    0.12,
    'usually|typically|generally|in most cases|might|normally|often|sometimes|roughly|about|approximately|around|in der regel|normalerweise|meistens|meist|üblicherweise|etwa|ungefähr|généralement|normalmente|di solito|meestal',
  ],
];

export const displeased: Phrases = [
  [
    0.9,
    `that's wrong|that is wrong|this is wrong|that's not right|that is not right|that's incorrect|not true|that's false|you're wrong|you are wrong|that's not what i asked|not what i asked|didn't answer|did not answer|doesn't answer|you already said|you just said|you said|you told me|makes no sense|ridiculous|outrageous|inappropriate|rude|contradicts|excuse me|seriously|can't be right|doesn't look right|useless|unacceptable|terrible|speak to a human|talk to a human|real person|speak to someone|talk to someone|speak to a person|an actual person|speak with a manager|human agent|complaint|waste of time|das ist falsch|das stimmt nicht|stimmt so nicht|stimmt nicht|ist nicht richtig|habe ich nicht gefragt|war nicht meine frage|nicht meine frage|einen mitarbeiter|einem mitarbeiter|echten menschen|einem menschen|frechheit|widerspricht|kann nicht sein|unverschämt|lächerlich|nutzlos|beschwerde|c'est faux|ce n'est pas|un humain|es incorrecto|eso no es|una persona real|è sbagliato|klopt niet|een medewerker`,
  ],
  [
    0.5,
    `doesn't work|does not work|didn't work|did not work|doesn't exist|does not exist|not found|404|still not|still doesn't|still no|no, i|no i|no, that|no that|no, it|but i|but you|but the|but it|wait,|huh|again|i already|as i said|like i said|what do you mean|are you sure|why did|not helpful|doesn't help|funktioniert nicht|geht nicht|gibt es nicht|gibt's nicht|hilft mir nicht|hilft nicht|nein,|aber ich|aber das|aber sie|schon gesagt|nochmal|noch einmal|sind sie sicher|was soll das|wieso|ça ne marche pas|no funciona|non funziona|werkt niet`,
  ],
];

export const pleased: Phrases = [
  [
    1,
    'thank you|thanks|thx|perfect|great|got it|awesome|works now|that worked|it worked|that helped|very helpful|danke|vielen dank|super|prima|perfekt|hat geklappt|hat funktioniert|merci|parfait|gracias|perfecto|grazie|perfetto|bedankt|dank je|dank u',
  ],
];

/** Words that turn a sentence into its opposite. */
export const negations =
  /(?<![\p{L}'])(?:not|no|never|cannot|can't|won't|don't|doesn't|isn't|aren't|didn't|without|unable|nicht|kein|keine|keinen|keiner|nie|niemals|ohne|ne|pas|jamais|non|nunca|niet|geen|nooit)(?![\p{L}'])/iu;

const literal = (phrase: string) => phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Finds phrases in a text that is lowercase already; each as whole words. */
export interface Finder {
  /** Weight and words of each place, in order of the weights. */
  find(text: string, most?: number): { readonly weight: number; readonly words: string; readonly at: number }[];
}

export function finderOf(phrases: Phrases): Finder {
  const compiled = phrases.map(([weight, list]) => {
    const each = list
      .split('|')
      .map((phrase) => literal(phrase.trim()))
      .sort((one, other) => other.length - one.length);
    return [weight, new RegExp(`(?<![\\p{L}\\p{N}])(?:${each.join('|')})(?![\\p{L}\\p{N}])`, 'gu')] as const;
  });
  return {
    find(text, most = 40) {
      const found: { weight: number; words: string; at: number }[] = [];
      for (const [weight, pattern] of compiled) {
        for (const match of text.matchAll(pattern)) {
          if (found.length >= most) return found;
          found.push({ weight, words: match[0], at: match.index });
        }
      }
      return found;
    },
  };
}
