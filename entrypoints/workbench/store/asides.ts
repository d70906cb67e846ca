/** What stands beside the list of reviews and comes a moment after it: what reads it is loaded apart. */
export { shownAssistance } from '../../../utils/storage/assistance.ts';
export { countOpenCases } from '../../../utils/storage/cases.ts';
export { listDestinations } from '../../../utils/storage/destinations.ts';
export { lossOf } from '../../../utils/storage/loss.ts';
export { notesOf, stateWords } from './telling.ts';
