import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countTests, summarize } from '@/bin/test-report';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'test-report-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function reportFile(report: unknown): Promise<string> {
  const file = path.join(directory, 'report.json');
  await writeFile(file, typeof report === 'string' ? report : JSON.stringify(report));
  return file;
}

const vitestReport = (numPassedTests: number, numFailedTests: number) => ({
  numPassedTests,
  numFailedTests,
  testResults: [
    {
      name: path.resolve('lib/a.test.ts'),
      status: numFailedTests > 0 ? 'failed' : 'passed',
      assertionResults: Array.from({ length: numFailedTests }, (_, at) => ({
        fullName: `a guarantee ${at}`,
        status: 'failed',
        failureMessages: ['\u001b[31mAssertionError\u001b[39m: expected 1 to be 2'],
      })),
    },
  ],
});

test('vitest and Playwright are counted by test; one that passed at a second try has failed', async () => {
  expect(await countTests(await reportFile(vitestReport(40, 2)), 1)).toMatchObject({ passed: 40, failed: 2 });
  const stats = { expected: 30, unexpected: 1, flaky: 1, skipped: 0 };
  expect(await countTests(await reportFile({ stats, suites: [] }), 1)).toMatchObject({
    passed: 30,
    failed: 2,
  });
});

test('what failed is told by file, name and reason, without colours', async () => {
  const { failures: ofVitest } = await countTests(await reportFile(vitestReport(40, 1)), 1);
  expect(ofVitest).toEqual(['lib/a.test.ts › a guarantee 0\n    AssertionError: expected 1 to be 2']);
  const results = [{ errors: [{ message: 'Timed out' }] }];
  const suites = [
    {
      title: 'a.spec.ts',
      suites: [
        {
          title: 'without JavaScript',
          specs: [
            { ok: false, title: 'it works', file: 'a.spec.ts', tests: [{ results }] },
            { ok: true, title: 'it is fast', file: 'a.spec.ts', tests: [{ results: [{}] }] },
          ],
        },
      ],
    },
  ];
  const stats = { expected: 1, unexpected: 1, flaky: 0 };
  const { failures: ofPlaywright } = await countTests(await reportFile({ stats, suites }), 1);
  expect(ofPlaywright).toEqual(['a.spec.ts › without JavaScript › it works\n    Timed out']);
});

test('a file of tests that does not load is told with its reason', async () => {
  const report = {
    ...vitestReport(40, 0),
    testResults: [{ name: 'b.test.ts', status: 'failed', message: 'Cannot find x', assertionResults: [] }],
  };
  expect(await countTests(await reportFile(report), 1)).toEqual({
    passed: 40,
    failed: 1,
    failures: ['b.test.ts\n    Cannot find x'],
  });
});

test('a runner that failed is never counted as success, whatever its report says', async () => {
  const clean = await reportFile(vitestReport(40, 0));
  expect(await countTests(clean, 1)).toMatchObject({ passed: 40, failed: 1 });
  expect(await countTests(clean, null)).toMatchObject({ passed: 40, failed: 1 });
  expect(await countTests(await reportFile('{"numPas'), 0)).toMatchObject({ passed: 0, failed: 1 });
  expect(await countTests(path.join(directory, 'absent.json'), 0)).toMatchObject({ passed: 0, failed: 1 });
});

test('the last line is the total over all steps', () => {
  const summary = summarize([
    { name: 'Lint', durationMs: 900, passed: 1, failed: 0 },
    { name: 'Unit and database tests', durationMs: 61_000, passed: 40, failed: 2, failures: ['a.test.ts'] },
  ]);
  expect(summary.split('\n').at(-1)).toBe('41 passed, 2 failed');
  expect(summary).toContain('61.0 s  Unit and database tests     40 passed, 2 failed');
  expect(summary.startsWith('Unit and database tests: a.test.ts\n')).toBe(true);
});
