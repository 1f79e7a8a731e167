import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PortTaken, startLocalSplunk } from '@/splunk/simulator/local';
import { combinePresets } from '@/splunk/simulator/presets';
import { rawRequest } from '@/splunk/simulator/raw-request';

let dataDir: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'splunk-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(dataDir, { recursive: true });
});

function start(settings: Record<string, string>, ...args: string[]): ChildProcess {
  const root = path.resolve(import.meta.dirname, '../..');
  const env = { ...process.env, DATA_DIR: dataDir, SPLUNK_PORT: '0', SPLUNK_TOKEN: '', ...settings };
  const child = spawn(process.execPath, ['--import', 'tsx', 'bin/splunk.ts', ...args], { cwd: root, env });
  children.push(child);
  return child;
}

async function lines(child: ChildProcess, count: number): Promise<string[]> {
  const read: string[] = [];
  if (child.stdout === null) return read;
  for await (const line of createInterface(child.stdout)) if (read.push(line) === count) break;
  return read;
}

async function output(child: ChildProcess): Promise<string> {
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  expect(await once(child, 'close')).toEqual([0, null]);
  return said.trim();
}

async function failure(child: ChildProcess): Promise<[number, string]> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const [code] = await once(child, 'close');
  return [code, said.trim()];
}

describe('the local Splunk', () => {
  it('keeps its token across restarts in a file only its owner reads', async () => {
    const file = path.join(dataDir, 'nested', 'splunk-token');
    const first = await startLocalSplunk({ port: 0, dataDir: path.dirname(file) });
    await first.splunk.close();
    await chmod(file, 0o644);
    const second = await startLocalSplunk({ port: 0, dataDir: path.dirname(file) });
    await second.splunk.close();
    expect(second.token).toBe(first.token);
    expect((await readFile(file, 'utf8')).trim()).toBe(first.token);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('takes events for audit and main and no other index', async () => {
    const { splunk, hecUrl, token } = await startLocalSplunk({ port: 0, dataDir });
    const headers = { Authorization: `Splunk ${token}` };
    const body = '{"event":1}{"event":2,"index":"main"}{"event":3,"index":"other"}';
    const answer = await rawRequest(`${hecUrl}/services/collector`, { headers, body });
    expect(JSON.parse(answer.text)).toMatchObject({ code: 7, 'invalid-event-number': 3 });
    expect(splunk.events().map((event) => event.index)).toEqual(['audit', 'main']);
    await splunk.close();
  });

  it('keeps its certificate, too, and shows its page by plain HTTP beside it', async () => {
    const preset = combinePresets(['splunk-cloud-trial', 'busy']) ?? {};
    const first = await startLocalSplunk({ port: 0, dataDir, preset, seed: 9 });
    expect(first.splunk.seed).toBe(9);
    expect(first.hecUrl).toMatch(/^https:/);
    expect((await rawRequest(first.pageUrl, { method: 'GET' })).text).toContain('A fault is active');
    await first.splunk.close();
    const second = await startLocalSplunk({ port: 0, dataDir, preset });
    await second.splunk.close();
    expect(second.fingerprint).toBe(first.fingerprint);
    expect((await stat(path.join(dataDir, 'splunk-certificate.json'))).mode & 0o777).toBe(0o600);
  });

  it('says which port is taken', async () => {
    const { splunk } = await startLocalSplunk({ port: 0, dataDir });
    await expect(startLocalSplunk({ port: splunk.port, dataDir })).rejects.toThrow(PortTaken);
    await splunk.close();
  });
});

describe('npm run splunk', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'prints what an admin needs and leaves with 0 on %s',
    async (signal) => {
      const child = start({ SPLUNK_TOKEN: 'my-token' }, '--preset', 'legacy-6.4');
      const [url = '', token, index, page] = await lines(child, 4);
      expect(url).toMatch(/^HEC URL: http:\/\/127\.0\.0\.1:\d+$/);
      const hecUrl = url.slice('HEC URL: '.length);
      expect([token, index, page]).toEqual([
        'HEC Token: my-token',
        'Index: audit',
        `Events page: ${hecUrl}/`,
      ]);
      const headers = { Authorization: 'Splunk my-token' };
      const answer = await rawRequest(`${hecUrl}/services/collector`, { headers, body: '[{"event":1}]' });
      expect(answer.text).toContain('"code":6');
      child.kill(signal);
      expect(await once(child, 'exit')).toEqual([0, null]);
    },
  );

  it('explains itself', async () => {
    const said = await output(start({}, '--help'));
    expect(said).toContain('npm run splunk -- --rehearse NAME');
    for (const name of ['flaky', 'healthy', 'outage', 'behind-alb']) expect(said).toContain(`\n  ${name} `);
  });

  it('tells a simulator that runs what to rehearse, and when to stop', async () => {
    const { splunk } = await startLocalSplunk({ port: 0, dataDir });
    const there = { SPLUNK_PORT: String(splunk.port) };
    expect(await output(start(there, '--rehearse', 'gateway', '--times', '3'))).toBe(
      'Active: gateway, status 502',
    );
    expect(splunk.faults()).toMatchObject([{ fault: { kind: 'gateway' }, scope: { times: 3 } }]);
    expect(await output(start(there, '--heal'))).toBe('No fault is active.');
    expect(splunk.faults()).toEqual([]);
    await splunk.close();
    expect(await failure(start(there, '--heal'))).toEqual([
      1,
      `No simulator runs on port ${splunk.port}. Start one with npm run splunk.`,
    ]);
  });

  it('repeats a run from its seed, and writes down what came', async () => {
    const ledger = path.join(dataDir, 'ledger.ndjson');
    const settings = { SPLUNK_TOKEN: 'my-token' };
    const child = start(settings, '--preset', 'flaky', '--seed', '42', '--ledger', ledger);
    const printed = await lines(child, 5);
    expect(printed[4]).toBe('Seed: 42');
    const hecUrl = printed[0]?.slice('HEC URL: '.length);
    const headers = { Authorization: 'Splunk my-token' };
    await rawRequest(`${hecUrl}/services/collector/health`, { method: 'GET', headers });
    child.kill('SIGTERM');
    await once(child, 'exit');
    expect(JSON.parse(await readFile(ledger, 'utf8'))).toMatchObject({ n: 1, kind: 'request', status: 200 });
  });

  it('leaves with 1 and one sentence where it cannot start', async () => {
    const { splunk } = await startLocalSplunk({ port: 0, dataDir });
    const port = String(splunk.port);
    expect(await failure(start({ SPLUNK_PORT: port }))).toEqual([1, new PortTaken(splunk.port).message]);
    await splunk.close();
    expect(await failure(start({ SPLUNK_PORT: 'x' }))).toEqual([
      1,
      'SPLUNK_PORT must be a port number, 0 to 65535.',
    ]);
    const [code, said] = await failure(start({}, '--preset', 'nope'));
    expect([code, said.startsWith('--preset must be one of healthy, splunk-enterprise')]).toEqual([1, true]);
  });
});
