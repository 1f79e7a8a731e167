import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import { seconds } from '@/bin/program';

/** How many tests passed and failed; a step without tests of its own is one. */
export type Count = {
  readonly passed: number;
  readonly failed: number;
  /** What is known of those that failed: their names and why. */
  readonly failures?: readonly string[];
};

/** A finished step of `npm test`. */
export type StepResult = Count & { readonly name: string; readonly durationMs: number };

const vitestSchema = z
  .object({
    numPassedTests: z.number(),
    numFailedTests: z.number(),
    testResults: z.array(
      z.object({
        name: z.string(),
        status: z.string(),
        message: z.string().default(''),
        assertionResults: z.array(
          z.object({
            fullName: z.string(),
            status: z.string(),
            failureMessages: z.array(z.string()).nullish(),
          }),
        ),
      }),
    ),
  })
  .transform(({ numPassedTests, numFailedTests, testResults }) => ({
    passed: numPassedTests,
    failed: numFailedTests,
    failures: testResults.flatMap(({ name: file, status, message, assertionResults }) => {
      const failed = assertionResults.filter((test) => test.status === 'failed');
      const unloaded = status === 'failed' && failed.length === 0 ? [failure(file, '', [message])] : [];
      return [...unloaded, ...failed.map((test) => failure(file, test.fullName, test.failureMessages ?? []))];
    }),
  }));

const errorSchema = z.object({ message: z.string().default('') });
const specSchema = z.object({
  ok: z.boolean(),
  title: z.string(),
  file: z.string(),
  tests: z.array(z.object({ results: z.array(z.object({ errors: z.array(errorSchema).default([]) })) })),
});
const suiteSchema = z.object({
  title: z.string(),
  specs: z.array(specSchema).default([]),
  get suites() {
    return z.array(suiteSchema).default([]);
  },
});

const playwrightSchema = z
  .object({
    stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
    suites: z.array(suiteSchema),
    errors: z.array(errorSchema).default([]),
  })
  .transform(({ stats, suites, errors }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    failures: [
      ...errors.map(({ message }) => failure('playwright', '', [message])),
      ...suites.flatMap((suite) => brokenSpecs(suite, '')),
    ],
  }));

function brokenSpecs(suite: z.infer<typeof suiteSchema>, above: string): string[] {
  const own = suite.specs
    .filter(({ ok }) => !ok)
    .map(({ file, title, tests }) => {
      const errors = tests.flatMap(({ results }) => results.flatMap((result) => result.errors));
      return failure(
        file,
        `${above}${title}`,
        errors.map(({ message }) => message),
      );
    });
  return [...own, ...suite.suites.flatMap((inner) => brokenSpecs(inner, `${above}${inner.title} › `))];
}

/** So many characters of a failure's messages are repeated at the end of a run. */
const mostCharacters = 1_000;

function failure(file: string, name: string, messages: readonly string[]): string {
  const place = path.isAbsolute(file) ? path.relative(process.cwd(), file) : file;
  const text = stripVTControlCharacters(messages.join('\n')).trim();
  const why = text.length > mostCharacters ? `${text.slice(0, mostCharacters)} …` : text;
  return [`${place}${name && ` › ${name}`}`, ...why.split('\n').map((line) => `    ${line}`.trimEnd())].join(
    '\n',
  );
}

/**
 * Counts the tests in the JSON report of vitest or Playwright. A runner that failed without a failing test (a file that
 * does not compile, a report that is missing) still counts as one failure.
 */
export async function countTests(reportFile: string, exitCode: number | null): Promise<Count> {
  const text = await readFile(reportFile, 'utf8').catch(() => 'null');
  const report = z.union([vitestSchema, playwrightSchema]).safeParse(parseJson(text));
  const { passed, failed, failures } = report.success ? report.data : { passed: 0, failed: 0, failures: [] };
  const unexplained = !report.success || (exitCode !== 0 && failed === 0);
  return { passed, failed: failed + (unexplained ? 1 : 0), failures };
}

/** At most so many failures are repeated. */
const mostFailures = 10;

/**
 * The end of `npm test`: once more what failed, for those who see only the end of its output, the table of the steps, and
 * as the last line `N passed, N failed`.
 */
export function summarize(results: readonly StepResult[]): string {
  const failures = results.flatMap((step) => (step.failures ?? []).map((text) => `${step.name}: ${text}\n`));
  const rows = results.map(({ name, durationMs, passed, failed }) => {
    const tests = passed + failed > 1 ? `${passed} passed${failed > 0 ? `, ${failed} failed` : ''}` : '';
    return `  ${failed > 0 ? 'failed' : 'passed'}  ${seconds(durationMs).padStart(8)}  ${name.padEnd(28)}${tests}`.trimEnd();
  });
  const total = (key: 'passed' | 'failed') => results.reduce((sum, result) => sum + result[key], 0);
  const last = `${total('passed')} passed, ${total('failed')} failed`;
  return [...failures.slice(0, mostFailures), ...rows, '', last].join('\n');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
