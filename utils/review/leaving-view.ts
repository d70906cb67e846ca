/** What one destination would get of a review, for a look at it before it is saved or sent. */
export interface LeavingView {
  readonly destinationId: string;
  readonly name: string;
  readonly sends: 'redacted' | 'text' | 'hashes' | 'ratings';
  readonly result:
    | {
        readonly is: 'ready';
        /** Texts as they would be sent, by their name in words. */
        readonly texts: readonly (readonly [name: string, text: string])[];
        /** What stays here, in words. */
        readonly leftOut: readonly string[];
        /** How many places are replaced. */
        readonly replaced: number;
        /** All of it, as it is sent. */
        readonly json: string;
      }
    | { readonly is: 'withheld'; readonly message: string };
}
