/** Settings as data, without storage: contexts that must not load the database import their types and defaults from here. */
import * as z from 'zod/mini';

const key = z.string().check(z.regex(/^(?:[a-z0-9]|[!-/:-@[-`{-~]|arrow(?:up|down|left|right)|f\d{1,2})$/));

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
  }),
  /** Whether the prompt before an answer is captured with it. */
  keepPrompt: z.boolean(),
  /** The confidence from which a message counts as AI-written without asking. */
  assertFrom: z.number().check(z.minimum(0.3), z.maximum(0.95)),
  /** Whether answers are looked for where no rule finds any. */
  findWithoutRule: z.boolean(),
});
export type Settings = z.infer<typeof settingsSchema>;

export { defaultSettings } from './default-settings.ts';
