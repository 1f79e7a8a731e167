import { mkdir, mkdtemp, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { restoreSymlinks } from '@/bin/postgres/binaries';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'binaries-'));
  await mkdir(path.join(directory, 'native/lib'), { recursive: true });
});
afterEach(() => rm(directory, { recursive: true, force: true }));

test('libraries get the links that npm dropped, relative, and a second time changes nothing', async () => {
  const list = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
  await writeFile(path.join(directory, 'native/pg-symlinks.json'), JSON.stringify(list));
  await restoreSymlinks(directory);
  await restoreSymlinks(directory);
  expect(await readlink(path.join(directory, 'native/lib/libpq.so.5'))).toBe('libpq.so.5.18');
});

test('a platform without such a list needs no links', async () => {
  await expect(restoreSymlinks(directory)).resolves.toBeUndefined();
});
