import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '@/bin/settings';
import { sealHash } from '@/lib/audit/chain';
import { parseQuery } from '@/lib/audit/filter/query-text';
import { logOf } from '@/lib/audit/query/testing/log-of';
import { startExport } from '@/lib/audit-export/start-export';
import { publicKey } from '@/lib/crypto/signing-key';
import { signCheckpoint } from '@/lib/integrity/sign-checkpoint';
import { useDatabase } from '@/test/database';

useDatabase();

let directory = '';
let lines: string[] = [];
let foreign = '';

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'verify-'));
  // An auditor's machine has Node, two small programs, and the file.
  await copyFile(path.join(root, 'bin/verify.mjs'), path.join(directory, 'verify.mjs'));
  await writeFile(path.join(directory, 'mine.mjs'), await programOfTheDocument(0));
  await writeFile(path.join(directory, 'signed.mjs'), await programOfTheDocument(1));
  await writeFile(path.join(directory, 'key.pem'), publicKey().pem);
  await writeFile(
    path.join(directory, 'other.pem'),
    generateKeyPairSync('ed25519').publicKey.export({ format: 'pem', type: 'spki' }),
  );
  const names = [
    'plain',
    'Zoë – 測試 – 🦊',
    'line\u2028separator',
    'quote " and \\',
    'carriage\rreturn',
    'five',
    'six',
  ];
  const source = await logOf(names.map((name) => ({ targets: [{ type: 'scan', id: name, name }] })));
  lines = await exportOf(source, '');
  [foreign = ''] = await exportOf(await logOf([{}]), '');
  const filtered = await exportOf(source, 'target:six target:plain');
  await write('filtered', filtered);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function programOfTheDocument(which: number): Promise<string> {
  const page = await readFile(path.join(root, 'docs/chain.md'), 'utf8');
  const program = [...page.matchAll(/```js\n(.+?)```/gs)][which]?.[1] ?? '';
  const statements = program.split('\n').filter((line) => line.length > 1);
  expect(statements.length).toBeLessThanOrEqual(10);
  return program;
}

async function exportOf(source: Awaited<ReturnType<typeof logOf>>, query: string): Promise<string[]> {
  const { filter } = parseQuery(query, 'UTC');
  const parts: string[] = [];
  for await (const part of (await startExport(source, { filter, format: 'ndjson' })).lines) parts.push(part);
  return parts.join('').trimEnd().split('\n');
}

const write = (name: string, of: readonly string[]) =>
  writeFile(path.join(directory, `${name}.ndjson`), of.map((line) => `${line}\n`).join(''));

/** Without a database, a network or a package to be found. */
function run(program: string, ...names: string[]) {
  const files = names.map((name) => (/^--|\.pem$/.test(name) ? name : `${name}.ndjson`));
  const { status, stdout, stderr } = spawnSync(process.execPath, [`${program}.mjs`, ...files], {
    cwd: directory,
    env: { NODE_ENV: 'production' },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('a whole log is proved from its beginning to its last hash', async () => {
  await write('whole', lines);
  const { hash } = JSON.parse(lines[6] ?? '');
  expect(run('verify', 'whole')).toEqual({
    status: 0,
    stdout: `whole.ndjson: No. 1 to 7, 7 events, without a gap: intact. The last hash is ${hash}\n`,
    stderr: '',
  });
  expect(run('mine', 'whole')).toEqual({ status: 0, stdout: '', stderr: '' });
});

test('what a filter left out is counted, and the rest is proved', () => {
  const { status, stdout } = run('verify', 'filtered');
  expect(stdout).toMatch(/No\. 1 to 7, 2 events, without 5 in between, which a filter left out: intact\./);
  expect(status).toBe(0);
  expect(run('mine', 'filtered').status).toBe(0);
});

const withLine = (at: number, change: (line: string) => string) => () =>
  lines.map((line, index) => (index === at ? change(line) : line));

describe('a file is broken, at the line that is named, when', () => {
  test.each<[string, () => string[], RegExp]>([
    [
      'a word was changed',
      withLine(2, (line) => line.replace('scan.start', 'scan.stop ')),
      /No\. 3 \(line 3\): the record does not have/,
    ],
    ['a number was changed', withLine(2, (line) => line.replace('"seq":3', '"seq":4')), /No\. 4 \(line 3\)/],
    [
      'a hash was changed',
      withLine(6, (line) => line.replace(/"hash":"./, '"hash":"x')),
      /line 7: this is not a whole line/,
    ],
    [
      'another hash stands before it',
      withLine(4, (line) => line.replace(/"previous_hash":"(.+?)"/, `"previous_hash":"${'0'.repeat(64)}"`)),
      /No\. 5 \(line 5\)/,
    ],
    [
      'two events changed places',
      () => [...lines.slice(0, 3), ...lines.slice(3, 5).reverse(), ...lines.slice(5)],
      /No\. 4 \(line 5\): it stands after No\. 5/,
    ],
    [
      'an event is there twice',
      () => [...lines.slice(0, 3), ...lines.slice(2)],
      /No\. 3 \(line 4\): it stands after/,
    ],
    [
      'an event of another organization is among them',
      () => [foreign, ...lines.slice(1)],
      /No\. 2 \(line 2\): the event is another organization’s/,
    ],
    [
      'it was cut within a line',
      withLine(6, (line) => line.slice(0, -9)),
      /line 7: this is not a whole line/,
    ],
    ['it is empty', () => [], /it proves nothing/],
    ['it is of another kind', () => ['seq,id,time', '1,a,b'], /line 1: this is not a whole line/],
  ])('%s', async (name, changed, message) => {
    await write('broken', changed());
    const { status, stdout } = run('verify', 'broken');
    expect(stdout, name).toMatch(message);
    expect(stdout).toMatch(/^broken\.ndjson: BROKEN at /);
    expect(status).toBe(1);
  });
});

test('an event that was altered and sealed anew no longer fits the one after it, as both programs find', async () => {
  const forged = withLine(2, (line) => {
    const [, previous = '', rest = ''] = /"previous_hash":"(\w+)",(.+)$/s.exec(line) ?? [];
    const record = `{${rest}`.replace('scan.start', 'scan.stop');
    const hash = sealHash(Buffer.from(previous, 'hex'), 3n, record).toString('hex');
    return `{"seq":3,"hash":"${hash}","previous_hash":"${previous}",${record.slice(1)}`;
  })();
  await write('forged', forged);
  expect(run('verify', 'forged').stdout).toMatch(
    /No\. 4 \(line 4\): the event before it is not the one in this file/,
  );
  expect(run('mine', 'forged').stderr).toContain('No. 4 was altered');
});

test('the program of the document finds a changed word and a changed seal', async () => {
  await write('broken', withLine(3, (line) => line.replace('scan.start', 'scan.stop '))());
  expect(run('mine', 'broken')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('No. 4 was altered'),
  });
});

test('every file is looked at, also after one that cannot be read', async () => {
  await write('whole', lines);
  const { status, stdout } = run('verify', 'missing', 'whole');
  expect(stdout).toMatch(/^missing\.ndjson: could not be read: ENOENT.+\nwhole\.ndjson: No\. 1 to 7.+intact/);
  expect(status).toBe(1);
});

test('the signatures of checkpoints are checked with the public key, by both programs', async () => {
  const source = await logOf([{}, {}]);
  await signCheckpoint(source);
  await write('signed', await exportOf(source, ''));
  expect(run('verify', '--key', 'key.pem', 'signed')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('1 checkpoint: rightly signed'),
  });
  expect(run('verify', 'signed').stdout).toContain('signatures not checked, as no --key was given');
  expect(run('verify', '--key', 'other.pem', 'signed')).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/BROKEN at No\. 3 .+: the checkpoint is signed with another key/),
  });
  expect(run('verify', '--key', 'absent.pem', 'signed')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('absent.pem holds no public key'),
  });
  expect(run('signed', 'signed', 'key.pem')).toMatchObject({ status: 0, stderr: '' });
  expect(run('signed', 'signed', 'other.pem').stderr).toContain(
    'Checkpoint No. 3 was not signed with this key',
  );
});
