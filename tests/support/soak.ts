/** Whether this is `npm run soak`, which does much more of the same than `npm test`. */
export const soaking = process.env.npm_lifecycle_event === 'soak';
