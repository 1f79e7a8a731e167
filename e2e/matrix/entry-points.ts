import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { root } from '@/bin/settings';

const app = path.join(root, 'app');
const files = readdirSync(app, { recursive: true, encoding: 'utf8' });

/** The address that a file below app answers, with its parameters as in the file's name: /scans/[id]. */
function addressOf(file: string): string {
  const parts = path.dirname(file).split(path.sep);
  return `/${parts.filter((part) => part !== '.' && !/^\(.+\)$/.test(part)).join('/')}`;
}

const addressesOf = (name: string) =>
  files
    .filter((file) => path.basename(file) === name)
    .map(addressOf)
    .sort();

/** Every page and every route handler that exists, by its address. */
export const pageAddresses = addressesOf('page.tsx');
export const routeAddresses = addressesOf('route.ts');

/** A server action: where it is written, and how a browser calls it. */
export type ServerAction = {
  name: string;
  /** What a request names it by. Another one in every build that changes it. */
  id: string;
  /** The address of a page that knows it. */
  address: string;
  /** Whether it takes the state of its form before the form. */
  stateful: boolean;
};

const manifestSchema = z.object({
  node: z.record(
    z.string(),
    z.object({ workers: z.record(z.string(), z.unknown()), filename: z.string(), exportedName: z.string() }),
  ),
});

/** `file name` of everything exported for browsers to call, by the sources. */
export function writtenActions(): string[] {
  const servers = files.filter(
    (file) =>
      /\.tsx?$/.test(file) && /^\s*['"]use server['"]/m.test(readFileSync(path.join(app, file), 'utf8')),
  );
  return servers.flatMap((file) => exportsOf(file).map((name) => `app/${file} ${name}`)).sort();
}

function exportsOf(file: string): string[] {
  const text = readFileSync(path.join(app, file), 'utf8');
  return [...text.matchAll(/^export (?:default )?(?:const|(?:async )?function) (\w+)/gm)].map(
    ([, name]) => name ?? '',
  );
}

/** `file name` of everything that the build lets browsers call, with how to. */
export function builtActions(): Map<string, ServerAction> {
  const manifest = path.join(root, '.next/server/server-reference-manifest.json');
  const { node } = manifestSchema.parse(JSON.parse(readFileSync(manifest, 'utf8')));
  return new Map(
    Object.entries(node).map(([id, { workers, filename, exportedName: name }]) => {
      const [worker = ''] = Object.keys(workers).sort();
      const source = readFileSync(path.join(root, filename), 'utf8');
      const stateful = !new RegExp(`\\b${name} = defineFormAction`).test(source);
      const address = addressOf(worker.replace(/^app\//, ''));
      return [`${filename} ${name}`, { name, id, address, stateful }];
    }),
  );
}
