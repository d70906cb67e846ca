/** How parts of an answer fold, where no class says what they are. */

/** A block that begins with a button: reasoning and steps that the reader can unfold. Blocks with code begin so as well, and stay. */
export const disclosure = ':has(> button:first-child):not(pre,:has(pre,code))';
