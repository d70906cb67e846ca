/** Settings as data, without storage: contexts that must not load the database import their types and defaults from here. */
import * as z from 'zod/mini';
import { CONTEXT_TURNS } from '../review/limits.ts';

const short = (most: number) => z.string().check(z.minLength(1), z.maxLength(most));
const share = z.number().check(z.minimum(0), z.maximum(1));
const key = z.string().check(z.regex(/^(?:[a-z0-9]|[!-/:-@[-`{-~]|arrow(?:up|down|left|right)|f\d{1,2})$/));
const sites = z.readonly(z.array(short(512)).check(z.maxLength(500)));

export const settingsSchema = z.strictObject({
  /** Paused everywhere: no overlay, no capture. Delivery of what is stored goes on. */
  paused: z.boolean(),
  /** Name that the reviewer gives with each review; null to stay a random id. */
  reviewerName: z.nullable(z.string().check(z.minLength(1), z.maxLength(200))),
  theme: z.enum(['system', 'light', 'dark']),
  singleKeys: z.boolean(),
  /** Modifiers that make an action's key work in text fields too. */
  chord: z.enum(['Alt+Shift', 'Ctrl+Shift', 'Ctrl+Alt']),
  keys: z.strictObject({
    approve: key,
    reject: key,
    correct: key,
    unsure: key,
    more: key,
    undo: key,
    next: key,
    previous: key,
    finding: key,
    compare: key,
    aside: key,
    pin: key,
    help: key,
  }),
  /** Whether labels come in the order of their use, decided once a day; else as in the rubric. */
  reasonsByUse: z.boolean(),
  /** Whether the prompt before an answer is captured with it. */
  keepPrompt: z.boolean(),
  /** How many messages before the prompt are captured, where the prompt is. */
  contextTurns: z.int().check(z.minimum(0), z.maximum(CONTEXT_TURNS)),
  /** The confidence from which a message counts as AI-written without asking. */
  assertFrom: z.number().check(z.minimum(0.3), z.maximum(0.95)),
  /** Whether answers are looked for where no rule finds any. */
  findWithoutRule: z.boolean(),
  /** When nothing is delivered by itself, by the local clock, as `22:00-07:00`; null for never. */
  quietHours: z.nullable(z.string().check(z.regex(/^(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d$/))),
  /** Whether nothing is delivered by itself on a connection that the browser calls metered. */
  holdOnMetered: z.boolean(),
  /** Days that reviews are kept here after they were made, if nothing is owed of them any more; 0 for ever. */
  keepDays: z.int().check(z.minimum(0), z.maximum(3650)),
  /** Whether reviews that are too old are deleted at the destinations too. */
  forgetEverywhere: z.boolean(),
  /** The team's own patterns for what identifies its customers; see `CustomerRule`. */
  customerRules: z.readonly(
    z.array(z.strictObject({ id: short(64), pattern: short(1024), placeholder: short(31) })).check(z.maxLength(100)),
  ),
  /** Values that are never replaced, in any spelling; `@example.com` for all addresses there. Secrets are, all the same. */
  allow: z.readonly(z.array(short(200)).check(z.maxLength(500))),
  /** Names and addresses that the reviewer said are to be replaced wherever they stand: no more than redaction looks for. */
  alsoRedact: z.readonly(
    z.array(z.strictObject({ kind: z.enum(['name', 'address']), value: short(200) })).check(z.maxLength(60)),
  ),
  /** Whether the queue goes on to the next open answer after a judgement. */
  autoAdvance: z.boolean(),
  queueOrder: z.enum(['page', 'newest', 'aside', 'unsure', 'longest', 'priority']),
  /** How answers are chosen for a look, where it differs from the project and what comes with the program. */
  triage: z.strictObject({
    askFrom: z.optional(share),
    auditShare: z.optional(share),
    weights: z.optional(z.record(short(32), z.number().check(z.minimum(-20), z.maximum(20)))),
    /** Whether weights that were learned from reviews count: where they are clearly better, never, or always. */
    learned: z.enum(['auto', 'never', 'always']),
  }),
  /** Whether the queue says so, quietly, when judgements become hasty or the session long. */
  paceNudges: z.boolean(),
  /** The reviewer's own text blocks, put in by their name; see `snippet.ts` for the placeholders. */
  snippets: z.readonly(
    z.array(z.strictObject({ id: short(64), name: short(100), text: short(8000) })).check(z.maxLength(200)),
  ),
  /** Origins on which every draft of an AI waits for a verdict before it is sent, whatever the policies say. */
  gateOn: sites,
  /** Origins on which is kept what the reviewer changed in a draft of an AI before sending it. */
  deltaOn: sites,
  /** Where the trace of an answer is read, per origin; see `TraceSource`. */
  traces: z.readonly(
    z
      .array(
        z.strictObject({
          origin: short(512),
          from: z.enum(['answer', 'page', 'address', 'message-id']),
          selector: z.nullable(short(500)),
          attribute: z.nullable(short(100)),
          pattern: z.nullable(short(500)),
        }),
      )
      .check(z.maxLength(200)),
  ),
  /** Where replies are written, pointed at once per origin: the field, the button that sends, and what Enter does in it. */
  composers: z.readonly(
    z
      .array(
        z.strictObject({
          origin: short(512),
          field: short(500),
          send: z.nullable(short(500)),
          enter: z.enum(['send', 'line']),
        }),
      )
      .check(z.maxLength(200)),
  ),
});
export type Settings = z.infer<typeof settingsSchema>;

/** What becomes of what is there when memory-only mode is turned on or off; the mode itself is no field of the settings. */
/**
 * On: what is on disk is kept there, out of sight and undelivered until the mode is off again, or deleted. Off: what is in
 * memory is written to the disk, or forgotten.
 */
export type MemoryOnlyChoice =
  | { readonly on: true; readonly stored: 'keep' | 'delete' }
  | { readonly on: false; readonly held: 'write' | 'discard' };

export { defaultSettings } from './default-settings.ts';
