declare module 'diff-match-patch' {
  type Diff = readonly [op: -1 | 0 | 1, text: string];
  export default class DiffMatchPatch {
    /** s; 0 for as long as it takes. */
    Diff_Timeout: number;
    diff_main(before: string, after: string, checkLines?: boolean): Diff[];
    /** Where a place of the text before is in the text after. */
    diff_xIndex(diffs: readonly Diff[], at: number): number;
  }
}
