/** When two names on a page are the same author: without case, white space collapsed, and whatever the font variant. */
export const foldAuthor = (name: string): string => name.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase();
