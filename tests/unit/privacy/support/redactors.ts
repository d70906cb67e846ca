/** Ours and two published libraries, each with its defaults, behind one shape. */
import { OpenRedaction } from '@openredaction/core';
import { Redactor as RedactPii } from '@redactpii/node';
import { compileRules } from '../../../../utils/privacy/customer-rules.ts';
import { builtInDetectors } from '../../../../utils/privacy/detectors/index.ts';
import type { AppliedKind } from '../../../../utils/privacy/kinds.ts';
import { redactText } from '../../../../utils/privacy/redact-text.ts';
import { teamRules } from './labelled-set.ts';
import type { Redactor } from './score.ts';

const compiled = compileRules(teamRules);
const rules = compiled.ok ? compiled.value : [];

/** Ours, under the region of the snippet's locale; `without` takes one kind's detector out. */
export const ours =
  (without: AppliedKind | null = null): Redactor =>
  ({ text, locale }) =>
    redactText(text, {
      regions: [locale.slice(3)],
      rules: without === 'customer-id' ? [] : rules,
      detectors: builtInDetectors.filter(({ kind }) => kind !== without),
    }).text;

export const redactPii = (): Redactor => {
  const redactor = new RedactPii();
  return ({ text }) => redactor.redact(text);
};

export const openRedaction = (): Redactor => {
  const redactor = new OpenRedaction();
  return async ({ text }) => (await redactor.detect(text)).redacted;
};
