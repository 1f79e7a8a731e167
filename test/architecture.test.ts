import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

type Source = { file: string; text: string; imports: string[] };

/** Every TypeScript file that git knows or would add, with what it imports as paths from the repository's root. */
function readSources(): Source[] {
  const listed = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx'],
    {
      encoding: 'utf8',
    },
  );
  const files = [...new Set(listed.split('\n').filter(Boolean))];
  return files.map((file) => {
    const text = readFileSync(file, 'utf8');
    const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map(
      (match) => match[1] ?? '',
    );
    return { file, text, imports: specifiers.map((specifier) => fromRoot(file, specifier)) };
  });
}

function fromRoot(file: string, specifier: string): string {
  if (specifier.startsWith('@/')) return specifier.slice(2);
  if (specifier.startsWith('.')) return path.join(path.dirname(file), specifier);
  return `package:${specifier}`;
}

const sources = readSources();
const isTest = (file: string) =>
  /\.test\.tsx?$/.test(file) || /(^(test|e2e|bench|faults)|\/testing)\//.test(file);
const product = sources.filter(({ file }) => !isTest(file));

/** "file -> import" for each import of `from` that goes where it must not. */
function violations(from: RegExp, forbidden: RegExp, except: RegExp = /^$/): string[] {
  return product
    .filter(({ file }) => from.test(file))
    .flatMap(({ file, imports }) =>
      imports.filter((to) => forbidden.test(to) && !except.test(to)).map((to) => `${file} -> ${to}`),
    );
}

describe('imports point one way', () => {
  test.each([
    ['lib imports neither components nor app', /^lib\//, /^(app|components)\//],
    ['components never import app', /^components\//, /^app\//],
    [
      'the foundation imports no domain',
      /^lib\/(db|crypto|net)\//,
      /^lib\/(audit|siem|auth|organization|action)\//,
    ],
    ['the product never knows the simulator', /^(app|components|lib|proxy|instrumentation)/, /^splunk\//],
    [
      'the simulator knows nothing of the product',
      /^splunk\/(simulator|proxy)\//,
      /^(app|components|lib|prisma)\//,
    ],
    ['tests are not part of the product', /^(app|components|lib)\//, /^(test|e2e)\//],
  ] as const)('%s', (_, from, forbidden) => expect(violations(from, forbidden)).toEqual([]));

  test('lib/audit imports no other domain', () => {
    expect(violations(/^lib\/audit\//, /^lib\//, /^lib\/(audit|db|crypto|env|zoned-time)/)).toEqual([]);
  });

  test('only app, instrumentation and commands import lib/siem; components take its types', () => {
    const importers = product.filter(({ file }) => /^lib\/(?!siem\/)/.test(file));
    expect(
      importers
        .filter(({ imports }) => imports.some((to) => to.startsWith('lib/siem/')))
        .map(({ file }) => file),
    ).toEqual([]);
    const values = product
      .filter(({ file }) => file.startsWith('components/'))
      .filter(({ text }) => /import (?!type)[^;]*from '@\/lib\/siem\//.test(text))
      .map(({ file }) => file);
    expect(values).toEqual([]);
  });

  test('Prisma is imported by lib only', () => {
    expect(violations(/^(app|components)\//, /^(lib\/db\/(client|pool|generated)|package:@prisma)/)).toEqual(
      [],
    );
  });
});

test('no command imports the database client before it can be generated on a fresh clone', () => {
  const byFile = new Map(sources.map((source) => [source.file, source]));
  const staticImports = ({ file, text }: Source) =>
    [...text.matchAll(/^(?:import|export) (?!type\b)[^;]*?from '([^']+)'|^import '([^']+)'/gm)].map((match) =>
      fromRoot(file, match[1] ?? match[2] ?? ''),
    );
  const reached = new Map<string, string>();
  const visit = (file: string, from: string) => {
    const source = byFile.get(`${file}.ts`) ?? byFile.get(`${file}.tsx`) ?? byFile.get(file);
    if (reached.has(file)) return;
    reached.set(file, from);
    for (const next of source ? staticImports(source) : []) visit(next, `${from} -> ${next}`);
  };
  for (const command of ['start', 'demo', 'dev', 'test', 'test-faults', 'bench-delivery', 'splunk', 'verify'])
    visit(`bin/${command}`, command);
  visit('prisma/migrate', 'migrate');
  expect(reached.get('lib/db/generated/client')).toBeUndefined();
  expect(reached.size).toBeGreaterThan(20);
});

describe('house rules', () => {
  test('the environment is read by lib/env.ts alone', () => {
    const readers = product.filter(
      ({ file, text }) =>
        /^(app|components|lib|proxy|instrumentation)/.test(file) &&
        file !== 'lib/env.ts' &&
        /(?<!delete )process\.env\.(?!NODE_ENV|NEXT_RUNTIME)\w+(?! =)\b(?! =)/.test(text),
    );
    expect(readers.map(({ file }) => file)).toEqual([]);
  });

  test('pages and layouts are rendered on the server', () => {
    const clients = product.filter(
      ({ file, text }) => /(page|layout)\.tsx$/.test(file) && text.includes("'use client'"),
    );
    expect(clients.map(({ file }) => file)).toEqual([]);
  });

  test('no file is longer than 300 lines, and none has a name that says nothing', () => {
    expect(sources.filter(({ text }) => text.split('\n').length > 301).map(({ file }) => file)).toEqual([]);
    expect(
      sources.filter(({ file }) => /(^|\/)(utils?|helpers?|common|misc|types)(\/|\.tsx?$)/.test(file)),
    ).toEqual([]);
  });

  test('no test is skipped or focused, and nothing is left to do', () => {
    const pattern = new RegExp(
      ['\\b(it|test|describe)\\.(skip|only|todo|fixme)\\b', '\\bTO' + 'DO\\b', '\\bFIX' + 'ME\\b'].join('|'),
    );
    expect(sources.filter(({ text }) => pattern.test(text)).map(({ file }) => file)).toEqual([]);
  });
});
