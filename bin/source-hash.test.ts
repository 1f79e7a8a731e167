import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sourceHash } from '@/bin/source-hash';

let directory = '';

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'source-hash-'));
  await put('app/page.tsx', 'one');
  await put('package-lock.json', '{}');
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function put(file: string, content: string): Promise<void> {
  const full = path.join(directory, file);
  await mkdir(path.dirname(full), { recursive: true });
  await writeFile(full, content);
}

test.each([
  ['a changed source', 'app/page.tsx'],
  ['a new source', 'lib/new.ts'],
  ['a new file at the top', 'proxy.ts'],
  ['the lock file', 'package-lock.json'],
  ['the schema', 'prisma/schema.prisma'],
])('%s makes a new build', async (_, file) => {
  const before = await sourceHash(directory);
  await put(file, 'two');
  expect(await sourceHash(directory)).not.toBe(before);
});

test.each([
  ['a test', 'app/page.test.tsx'],
  ['a browser test', 'e2e/login.spec.ts'],
  ['documentation', 'docs/architecture.md'],
  ['the database', '.data/postgres/PG_VERSION'],
  ['the build itself', '.next/built-from'],
  ['the generated client, which the schema stands for', 'lib/db/generated/client.ts'],
  ['a dependency, which the lock file stands for', 'node_modules/next/package.json'],
])('%s does not', async (_, file) => {
  const before = await sourceHash(directory);
  await put(file, 'two');
  expect(await sourceHash(directory)).toBe(before);
});

test('moving a file makes a new build, though the bytes are the same', async () => {
  const before = await sourceHash(directory);
  await rm(path.join(directory, 'app/page.tsx'));
  await put('app/audit/page.tsx', 'one');
  expect(await sourceHash(directory)).not.toBe(before);
});
