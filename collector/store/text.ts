/** Text as PostgreSQL can hold it: U+0000 and lone surrogates become U+FFFD. */
export const storable = (text: string) => text.replaceAll('\0', '\ufffd').toWellFormed();
