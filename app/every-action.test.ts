import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { isDefined } from '@/lib/action/defined';

vi.mock('next/headers', () => import('@/test/request'));

const root = path.resolve(import.meta.dirname, '..');
const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' });
const files = sources.filter((file) => path.basename(file) === 'actions.ts');

test('there are actions to look at', () => {
  expect(files.length).toBeGreaterThan(3);
});

test.each(files)('every export of app/%s went through the gate', async (file) => {
  const module: Record<string, unknown> = await import(/* @vite-ignore */ path.join(root, 'app', file));
  const names = Object.keys(module);
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => !isDefined(module[name]))).toEqual([]);
});
