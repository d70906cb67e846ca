/** The rubric: what a reviewer can say about an answer, as data. */

/** A label: one thing that can be wrong, or right, with an answer. `name` is public: the host page may read it. */
export interface Label {
  readonly id: string;
  readonly name: string;
}

/** A dimension with a numeric scale; `ends` says in words what the lowest and highest values mean. */
export interface Dimension {
  readonly id: string;
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly ends: readonly [lowest: string, highest: string];
}

/** The team's dimensions and labels; a change is a new version, and every review stores the version it was made under. */
export interface Rubric {
  readonly id: string;
  readonly version: string;
  readonly dimensions: readonly Dimension[];
  /** In the order of their digit keys: the first is key 1. */
  readonly labels: readonly Label[];
}

/** What a reviewer gets before a team sets its own. */
export const defaultRubric: Rubric = {
  id: 'general',
  version: '1',
  dimensions: [{ id: 'quality', name: 'Quality', min: 1, max: 5, ends: ['unusable', 'could not be better'] }],
  labels: [
    { id: 'wrong', name: 'Wrong' },
    { id: 'incomplete', name: 'Incomplete' },
    { id: 'off-topic', name: 'Off topic' },
    { id: 'unsupported', name: 'Unsupported' },
    { id: 'policy', name: 'Against policy' },
    { id: 'tone', name: 'Tone' },
    { id: 'unsafe', name: 'Unsafe' },
    { id: 'other', name: 'Other' },
  ],
};
