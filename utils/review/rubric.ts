/** The rubric: what a reviewer can say about an answer, as data. Its schema is in `project-schema.ts`. */
import type { Verdict } from './schema.ts';

/** Where an item applies; a list that is absent or empty means everywhere. */
export interface Scope {
  /** Host patterns as in site rules: `example.com`, `*.example.com`. */
  readonly sites?: readonly string[] | undefined;
  /** Ids of the project's topics. */
  readonly topics?: readonly string[] | undefined;
}

/** What an item means, for whoever hesitates: a sentence, an answer that deserves it and one that does not. */
export interface Meaning {
  readonly help?: string | undefined;
  readonly good?: string | undefined;
  readonly bad?: string | undefined;
}

/** A label: one thing that can be wrong, or right, with an answer or a part of it. `name` is public: the host page may read it. */
export interface Label extends Meaning {
  readonly id: string;
  readonly name: string;
  /** An answer with it cannot be approved. */
  readonly critical?: true | undefined;
  /** It must be said why: in the comment, or in the note of a finding with this label. */
  readonly needsReason?: true | undefined;
  readonly scope?: Scope | undefined;
}

/** One answer to choose. */
export interface Option {
  readonly id: string;
  readonly name: string;
}

/**
 * How a dimension is answered, and what its rating's `value` is: `thumb` is `up` or `down`; `points` counts from 1 to `max`,
 * with words for both ends; `choice` is an option's id, `choices` a list of them; `text` is text; `number` lies within its bounds.
 */
export type Scale =
  | { readonly kind: 'thumb' }
  | { readonly kind: 'points'; readonly max: 5 | 7; readonly ends: readonly [lowest: string, highest: string] }
  | { readonly kind: 'choice'; readonly options: readonly Option[] }
  | { readonly kind: 'choices'; readonly options: readonly Option[] }
  | { readonly kind: 'text' }
  | { readonly kind: 'number'; readonly min: number; readonly max: number; readonly unit?: string | undefined };

/** When a dimension is shown: while all that is named here is so. */
export interface Condition {
  readonly verdicts?: readonly Verdict[] | undefined;
  /** One of these labels is on the answer or on a finding. */
  readonly labels?: readonly string[] | undefined;
  /** Another dimension has one of these values. */
  readonly dimension?: { readonly id: string; readonly values: readonly (string | number)[] } | undefined;
}

/** One question of the rubric. */
export interface Dimension extends Meaning {
  readonly id: string;
  readonly name: string;
  readonly scale: Scale;
  readonly required?: true | undefined;
  /** Values that need a reason. */
  readonly reasonFor?: readonly (string | number)[] | undefined;
  readonly shownWhen?: Condition | undefined;
  readonly scope?: Scope | undefined;
}

/** The team's dimensions and labels; a change is a new version, and every review stores the version it was made under. */
export interface Rubric {
  readonly id: string;
  readonly version: string;
  readonly name: string;
  readonly dimensions: readonly Dimension[];
  /** In the order of their digit keys: the first is key 1. */
  readonly labels: readonly Label[];
  /** Where this rubric is the one to judge by. */
  readonly scope?: Scope | undefined;
}

/** What a reviewer gets before a team sets its own. */
export const defaultRubric: Rubric = {
  id: 'general',
  version: '1',
  name: 'General',
  dimensions: [
    {
      id: 'quality',
      name: 'Quality',
      help: 'The answer as a whole, for the person who asked.',
      scale: { kind: 'points', max: 5, ends: ['unusable', 'could not be better'] },
    },
  ],
  labels: [
    { id: 'wrong', name: 'Wrong', help: 'Something in it is not true, or not so for the person who asked.' },
    {
      id: 'incomplete',
      name: 'Incomplete',
      help: 'Something that was asked for, or that is needed to act on it, is missing.',
    },
    { id: 'off-topic', name: 'Off topic', help: 'It answers another question than the one that was asked.' },
    {
      id: 'unsupported',
      name: 'Unsupported',
      help: 'It claims what nothing shows: no source, or one that does not say so.',
    },
    { id: 'policy', name: 'Against policy', help: 'It promises, allows or reveals what the team’s rules do not.' },
    { id: 'tone', name: 'Tone', help: 'It is right, and said in a way that it should not be said.' },
    { id: 'unsafe', name: 'Unsafe', help: 'Somebody who acts on it could come to harm.' },
    { id: 'other', name: 'Other', help: 'Anything else; say what in the comment.' },
  ],
};
