/** Public names of the detection room. */
export { createDetector, type DetectorOptions } from './detector.ts';
export { ruleFor } from './rule-for.ts';
export { siteRules } from './sites/index.ts';
