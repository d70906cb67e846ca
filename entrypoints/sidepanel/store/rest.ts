/** What the panel needs only once its list is there: loaded apart. */
export { createActing } from './acting.ts';
export { createLabels } from './labels.ts';
export { createSession } from './session.ts';
