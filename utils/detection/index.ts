/** Public names of the detection room. */
export { createDetector, type DetectorOptions } from './detector.ts';
export * as finder from './generic/index.ts';
export { siteRules } from './sites/index.ts';
