import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ optionalDependencies: z.record(z.string(), z.string()).optional() }),
  ),
});

// npm writes only the packages of the machine that it runs on when node_modules is there already (npm/cli#4828).
test('the lock names the native packages of every platform, not only of the one it was written on', () => {
  const { packages } = lockSchema.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));
  const missing = Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !(`node_modules/${name}` in packages || `${place}/node_modules/${name}` in packages),
    ),
  );
  expect(missing, 'make the lock anew in an empty directory: npm install --package-lock-only').toEqual([]);
});
