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

test('vitest and Playwright are counted by test; one that passed at a second try has failed', async () => {
  expect(await countTests(await reportFile({ numPassedTests: 40, numFailedTests: 2 }), 1)).toEqual({
    passed: 40,
    failed: 2,
  });
  const stats = { expected: 30, unexpected: 1, flaky: 1, skipped: 0 };
  expect(await countTests(await reportFile({ stats }), 1)).toEqual({ passed: 30, failed: 2 });
});

test('a runner that failed is never counted as success, whatever its report says', async () => {
  const clean = await reportFile({ numPassedTests: 40, numFailedTests: 0 });
  expect(await countTests(clean, 1)).toEqual({ passed: 40, failed: 1 });
  expect(await countTests(clean, null)).toEqual({ passed: 40, failed: 1 });
  expect(await countTests(await reportFile('{"numPas'), 0)).toEqual({ passed: 0, failed: 1 });
  expect(await countTests(path.join(directory, 'absent.json'), 0)).toEqual({ passed: 0, failed: 1 });
});

test('the last line is the total over all steps', () => {
  const summary = summarize([
    { name: 'Lint', durationMs: 900, passed: 1, failed: 0 },
    { name: 'Unit and database tests', durationMs: 61_000, passed: 40, failed: 2 },
  ]);
  expect(summary.split('\n').at(-1)).toBe('41 passed, 2 failed');
  expect(summary).toContain('61.0 s  Unit and database tests     40 passed, 2 failed');
});
