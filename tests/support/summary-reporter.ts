/** Writes how many tests passed, and which failed or were skipped and why, to the file in COUNTERSIGN_SUMMARY. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Reporter, TestModule, TestResult } from 'vitest/node';

export interface Summary {
  readonly passed: number;
  readonly failed: number;
  /**
   * One for each failed test, file that broke before its first test, and error that no test answers for, with the first
   * lines of what it said.
   */
  readonly failures: readonly { readonly name: string; readonly reason: string }[];
  /** Passed, but only at the second try: each is a fault to be found, with what the first try said. */
  readonly unsteady: readonly { readonly name: string; readonly reason: string }[];
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}

const MOST_SHOWN = 400;

/** What the first error said, and where in our tests it was thrown. */
function said(errors: TestResult['errors']): string {
  const [first] = errors ?? [];
  if (!first) return 'no reason given';
  const place = first.stacks?.find(({ file }) => file.includes('/tests/'));
  const where = place ? ` (${place.file.replace(/^.*\/tests\//, 'tests/')}:${place.line})` : '';
  return `${stripVTControlCharacters(first.message).replace(/\s+/g, ' ').slice(0, MOST_SHOWN)}${where}`;
}

export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: TestResult['errors'] = []): void {
    const file = process.env.COUNTERSIGN_SUMMARY;
    if (!file) return;
    let passed = 0;
    const failures: { name: string; reason: string }[] = [];
    const unsteady: { name: string; reason: string }[] = [];
    const skipped: { name: string; reason: string }[] = [];
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      for (const test of tests) {
        const result = test.result();
        const name = `${module.relativeModuleId}: ${test.fullName}`;
        if (test.diagnostic()?.flaky) unsteady.push({ name, reason: said(result.errors) });
        if (result.state === 'passed') passed += 1;
        else if (result.state === 'skipped') skipped.push({ name, reason: result.note ?? 'no reason given' });
        else failures.push({ name, reason: said(result.errors) });
      }
      // A file that breaks before its first test has no test to count.
      if (module.state() === 'failed' && !tests.some((test) => test.result().state === 'failed'))
        failures.push({ name: module.relativeModuleId, reason: said(module.errors()) });
    }
    // Such as a promise that nobody awaited, and that was rejected.
    for (const error of unhandled ?? []) failures.push({ name: 'outside of any test', reason: said([error]) });
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(
      file,
      JSON.stringify({ passed, failed: failures.length, failures, unsteady, skipped } satisfies Summary),
    );
  }
}
