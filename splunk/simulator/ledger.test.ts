import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { LedgerForgotten } from '@/splunk/simulator/ledger';
import { rawRequest } from '@/splunk/simulator/raw-request';
import { type Simulator, type SimulatorOptions, startSimulator } from '@/splunk/simulator/simulator';

const token = { value: 'ledger-token', name: 'prod', defaultIndex: 'audit' };
let splunk: Simulator;

async function start(options: Partial<SimulatorOptions> = {}): Promise<void> {
  splunk = await startSimulator({ port: 0, tokens: [token], ...options });
}
afterEach(() => splunk.close());

function post(...objects: readonly unknown[]) {
  const body = objects.map((object) => JSON.stringify(object)).join('');
  const headers = { Authorization: `Splunk ${token.value}` };
  return rawRequest(`${splunk.url}/services/collector`, { headers, body });
}

const event = (seq: number, more = {}) => ({
  event: { seq },
  fields: { event_id: `e${seq}`, org: 'acme' },
  ...more,
});

describe('the ledger', () => {
  it('has every event with its request and its fate, then the request, in order', async () => {
    await start();
    await post(event(1), event(2, { index: 'nowhere' }), event(3, { time: 'never' }), event(4));
    splunk.answerNext({ destroy: 'after', store: true });
    await post(event(5)).catch(() => {});
    await splunk.waitFor(() => splunk.ledger().length === 6);
    const sha256 = createHash('sha256')
      .update(JSON.stringify(event(1)))
      .digest('base64url');
    expect(splunk.ledger()).toMatchObject([
      { n: 1, kind: 'event', request: 1, position: 0, id: 'e1', seq: 1, org: 'acme', stored: 'yes', sha256 },
      { n: 2, request: 1, position: 1, id: 'e2', index: 'nowhere', token: 'prod', stored: 'lost' },
      { n: 3, request: 1, position: 2, id: 'e3', seq: 3, org: 'acme', stored: 'refused', code: 15 },
      { n: 4, kind: 'request', request: 1, stored: 2, status: 400, code: 15, fault: null, connection: 1 },
      { n: 5, kind: 'event', request: 2, id: 'e5', stored: 'yes' },
      { n: 6, kind: 'request', request: 2, stored: 1, status: null, fault: 'stored, reset after reading' },
    ]);
    expect(splunk.ledger(4).map(({ n }) => n)).toEqual([5, 6]);
    expect(splunk.ledger(1, 2).map(({ n }) => n)).toEqual([2, 3]);
    expect(splunk.ledger(6)).toEqual([]);
  });

  it('is bounded where a bound is set, and says so to whoever comes too late', async () => {
    await start({ keep: { events: 5, requests: 5, ledgerLines: 10 } });
    await post(...Array.from({ length: 40 }, (_, n) => event(n)));
    expect(splunk.events().length).toBeLessThanOrEqual(5);
    expect(splunk.counts()).toEqual([{ index: 'audit', events: 40, lost: 0 }]);
    expect(splunk.ledger(31).at(-1)).toMatchObject({ n: 41, kind: 'request', stored: 40 });
    expect(() => splunk.ledger(0)).toThrow(LedgerForgotten);
  });

  it('is in its file before the sender has its answer, and stays there when forgotten', async () => {
    const directory = await mkdtemp(path.join(tmpdir(), 'ledger-'));
    const ledgerFile = path.join(directory, 'ledger.ndjson');
    await start({ ledgerFile, keep: 1 });
    await post(event(1), event(2));
    const lines = async () =>
      (await readFile(ledgerFile, 'utf8'))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
    expect((await lines()).map(({ n, kind }) => [n, kind])).toEqual([
      [1, 'event'],
      [2, 'event'],
      [3, 'request'],
    ]);
    splunk.forget();
    expect(splunk.ledger()).toEqual([]);
    expect(await lines()).toHaveLength(3);
    await rm(directory, { recursive: true });
  });
});
