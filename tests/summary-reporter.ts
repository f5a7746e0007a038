/** Prints `N passed, N failed` alone on the last line of a test run, for people and machines alike. */
import type { Reporter, TestModule } from 'vitest/node';

type Counts = { passed: number; failed: number; skipped: number };

/** One line: skipped tests are named only when there are some. */
export function summaryLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const counts: Counts = { passed: 0, failed: unhandled.length, skipped: 0 };
    for (const module of modules) {
      // A file that could not be loaded has no tests to count, and failing hooks fail no test of their own.
      if (module.errors().length > 0) counts.failed++;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed' || state === 'failed') counts[state]++;
        else counts.skipped++;
      }
      for (const suite of module.children.allSuites()) if (suite.errors().length > 0) counts.failed++;
    }
    // After the other reporters, which print their own summary at the same moment.
    process.once('exit', () => process.stdout.write(`${summaryLine(counts)}\n`));
  }
}
