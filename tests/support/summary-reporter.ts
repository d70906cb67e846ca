/** Writes how many tests passed and failed, and which were skipped and why, to the file in COUNTERSIGN_SUMMARY. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';

export interface Summary {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}

export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const file = process.env.COUNTERSIGN_SUMMARY;
    if (!file) return;
    let passed = 0;
    let failed = 0;
    const skipped: { name: string; reason: string }[] = [];
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      for (const test of tests) {
        const result = test.result();
        if (result.state === 'passed') passed += 1;
        else if (result.state === 'skipped')
          skipped.push({
            name: `${module.relativeModuleId}: ${test.fullName}`,
            reason: result.note ?? 'no reason given',
          });
        else failed += 1;
      }
      // A file that breaks before its first test has no test to count.
      if (module.state() === 'failed' && !tests.some((test) => test.result().state === 'failed')) failed += 1;
    }
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ passed, failed, skipped } satisfies Summary));
  }
}
