import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { keptSecret } from '@/bin/secret';

test('a secret is made once, stays the same, and only its owner can read it', async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'secret-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const dataDirectory = path.join(directory, 'data');
  const secret = await keptSecret(dataDirectory);
  expect(secret).toMatch(/^[0-9a-f]{64}$/);
  await chmod(path.join(dataDirectory, 'secret'), 0o644);
  expect(await keptSecret(dataDirectory)).toBe(secret);
  expect((await stat(path.join(dataDirectory, 'secret'))).mode & 0o777).toBe(0o600);
});
