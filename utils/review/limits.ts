/** Lengths in UTF-16 code units, apart from the schemas, so that the overlay and the editor can know them without zod. */

/** The most of a response that is kept. Longer text is cut on a code point boundary and marked `truncated`. */
export const SNAPSHOT_TEXT_LIMIT = 200_000;
/** The most of a prompt that is kept. */
export const PROMPT_LIMIT = 20_000;
/** The most turns before the prompt that a snapshot holds, and the most of each that is kept. */
export const CONTEXT_TURNS = 10;
export const CONTEXT_TEXT_LIMIT = 8_000;
/** The most of a correction or comment that a reviewer can store. */
export const REVIEWER_TEXT_LIMIT = 200_000;
/** The most of a note on a finding, of a reason, and of a text that answers a dimension. */
export const NOTE_LIMIT = 4_000;
