import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { seconds } from '@/bin/program';

/** How many tests passed and failed; a step without tests of its own is one. */
export type Count = { passed: number; failed: number };

/** A finished step of `npm test`. */
export type StepResult = Count & { name: string; durationMs: number };

const vitestSchema = z
  .object({ numPassedTests: z.number(), numFailedTests: z.number() })
  .transform(({ numPassedTests, numFailedTests }) => ({ passed: numPassedTests, failed: numFailedTests }));

const playwrightSchema = z
  .object({ stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }) })
  .transform(({ stats }) => ({ passed: stats.expected, failed: stats.unexpected + stats.flaky }));

/**
 * Counts the tests in the JSON report of vitest or Playwright. A runner that failed without a failing test (a file that
 * does not compile, a report that is missing) still counts as one failure.
 */
export async function countTests(reportFile: string, exitCode: number | null): Promise<Count> {
  const text = await readFile(reportFile, 'utf8').catch(() => 'null');
  const report = z.union([vitestSchema, playwrightSchema]).safeParse(parseJson(text));
  const { passed, failed } = report.success ? report.data : { passed: 0, failed: 0 };
  const unexplained = !report.success || (exitCode !== 0 && failed === 0);
  return { passed, failed: failed + (unexplained ? 1 : 0) };
}

/** The table at the end of `npm test`, whose last line is `N passed, N failed`. */
export function summarize(results: readonly StepResult[]): string {
  const rows = results.map(({ name, durationMs, passed, failed }) => {
    const tests = passed + failed > 1 ? `${passed} passed${failed > 0 ? `, ${failed} failed` : ''}` : '';
    return `  ${failed > 0 ? 'failed' : 'passed'}  ${seconds(durationMs).padStart(8)}  ${name.padEnd(28)}${tests}`.trimEnd();
  });
  const total = (key: 'passed' | 'failed') => results.reduce((sum, result) => sum + result[key], 0);
  return [...rows, '', `${total('passed')} passed, ${total('failed')} failed`].join('\n');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
