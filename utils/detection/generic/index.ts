/** The door of the finder: rules for pages that nobody wrote one for. */
export { badgeWeight } from './guess.ts';
export { type FinderPage, type Induced, induceRule } from './induce.ts';
export { type Proposal, proposeRule } from './propose.ts';
