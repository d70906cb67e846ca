/** The lines of a backup: one JSON object each, so that neither side ever holds all of it. */
import * as z from 'zod/mini';
import { connectorIds } from '../connectors/types.ts';
import { guidelinesSchema, projectSchema, rubricSchema } from '../review/project-schema.ts';
import { reviewSchema, snapshotSchema, unfinishedJudgementSchema } from '../review/schema.ts';
import { deletionEventSchema } from '../review/wire.ts';
import { settingsSchema } from './settings-shape.ts';

/** Raised when a line of this version could not be read by an older program. */
export const BACKUP_VERSION = 1;

const short = (limit: number) => z.string().check(z.minLength(1), z.maxLength(limit));
const id = short(128);
const time = z.iso.datetime();
const count = z.int().check(z.nonnegative());
const share = z.number().check(z.minimum(0), z.maximum(1));

/** What the program that reads knows how to check: rules and authors have schemas of their own. */
export interface RuleChecks {
  readonly rule: z.ZodMiniType;
  readonly author: z.ZodMiniType;
}

const kept = { origin: z.enum(['team', 'user']), savedAt: time };

/** The schema of a line, with what rules and authors look like. */
export function backupLineSchema({ rule, author }: RuleChecks) {
  return z.union([
    z.strictObject({ backup: z.literal(BACKUP_VERSION), program: z.literal('countersign'), madeAt: time }),
    z.strictObject({ revision: reviewSchema, saveId: id }),
    z.strictObject({
      draft: z.strictObject({
        origin: short(512),
        responseKey: short(1024),
        judgement: unfinishedJudgementSchema,
        snapshot: snapshotSchema,
        updatedAt: z.string().check(z.maxLength(64)),
      }),
    }),
    z.strictObject({
      queued: z.strictObject({
        site: short(512),
        responseKey: short(1024),
        state: z.enum(['aside', 'skipped']),
        why: z.nullable(z.string().check(z.maxLength(500))),
        snapshot: snapshotSchema,
        addedAt: time,
      }),
    }),
    z.strictObject({
      pinned: z.strictObject({
        id,
        site: short(512),
        responseKey: short(1024),
        snapshot: snapshotSchema,
        addedAt: time,
      }),
    }),
    z.strictObject({
      case: z.strictObject({
        id,
        site: short(512),
        responseKey: short(1024),
        snapshot: snapshotSchema,
        question: short(4000),
        entries: z.array(z.strictObject({ by: short(200), text: short(4000), at: time })).check(z.maxLength(500)),
        owner: z.nullable(short(200)),
        state: z.enum(['open', 'ruled', 'closed']),
        ruling: z.nullable(
          z.strictObject({
            verdict: z.enum(['approve', 'correct', 'reject', 'unsure']),
            text: short(4000),
            clause: z.nullable(short(64)),
          }),
        ),
        openedAt: time,
        updatedAt: time,
      }),
    }),
    z.strictObject({
      triaged: z.strictObject({
        site: short(512),
        responseKey: short(1024),
        contentHash: short(64),
        priority: share,
        asks: z.union([z.literal(0), z.literal(1)]),
        audit: z.boolean(),
        reasons: z.array(short(300)).check(z.maxLength(12)),
        signals: z.record(short(32), share),
        said: z.record(short(32), short(300)),
        required: z.boolean(),
        lot: share,
        corrected: z.boolean(),
        answered: z.boolean(),
        length: count,
        format: z.string().check(z.maxLength(100)),
        triagedAt: time,
      }),
    }),
    z.strictObject({
      destination: z.strictObject({
        id,
        name: short(400),
        connector: z.enum(connectorIds),
        url: short(2048),
        sends: z.optional(z.enum(['redacted', 'text', 'hashes', 'ratings'])),
        sendPrompt: z.optional(z.boolean()),
        sendContext: z.optional(z.boolean()),
        gzip: z.optional(z.boolean()),
        options: z.optional(z.record(short(64), short(16_384))),
        former: z.optional(z.literal(true)),
        lastDeliveredAt: z.nullable(time),
      }),
    }),
    z.strictObject({
      rule: z.strictObject({ ...kept, id, rule, keptFor: z.nullable(z.string().check(z.maxLength(512))) }),
    }),
    z.strictObject({
      author: z.strictObject({
        ...kept,
        rule: author,
        folded: short(400),
        keptFor: z.string().check(z.maxLength(512)),
      }),
    }),
    z.strictObject({ settings: z.partial(settingsSchema) }),
    z.strictObject({ rulesOff: z.array(id).check(z.maxLength(5000)) }),
    z.strictObject({ installation: id }),
    z.strictObject({
      assistance: z.strictObject({
        by: z.enum(['endpoint', 'built-in']),
        url: z.string().check(z.maxLength(2048)),
        model: z.string().check(z.maxLength(200)),
      }),
    }),
    z.strictObject({ project: projectSchema }),
    z.strictObject({ guidelinesSeen: z.strictObject({ project: short(64), guidelines: guidelinesSchema }) }),
    z.strictObject({ rubric: rubricSchema }),
    z.strictObject({
      entry: z.strictObject({
        key: id,
        reviewId: id,
        destinationId: id,
        state: z.enum(['pending', 'dead']),
        dueAt: z.number(),
        attempts: count,
        reason: z.nullable(z.string().check(z.maxLength(500))),
        /** A number was given, so it may have arrived. */
        sent: z.boolean(),
        /** A tombstone says all that it says here; a revision is prepared from what is stored. */
        tombstone: z.optional(deletionEventSchema),
      }),
    }),
    z.strictObject({
      accepted: z.strictObject({
        key: id,
        reviewId: id,
        destinationId: id,
        kind: z.enum(['review', 'deletion']),
        destinationName: short(400),
        destinationOrigin: z.string().check(z.maxLength(2048)),
        level: z.nullable(z.enum(['redacted', 'text', 'hashes', 'ratings'])),
        attempt: z.int().check(z.positive()),
        deliveredAt: z.string().check(z.maxLength(64)),
        sequence: z.nullable(count),
        entryId: z.int(),
      }),
    }),
    z.strictObject({ trace: z.strictObject({ reviewId: id, destinationId: id }) }),
  ]);
}

export type BackupLine = z.infer<ReturnType<typeof backupLineSchema>>;
