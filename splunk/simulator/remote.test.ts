import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rawRequest } from '@/splunk/simulator/raw-request';
import { connectSimulator, OrderRefused } from '@/splunk/simulator/remote';
import { type Simulator, startSimulator } from '@/splunk/simulator/simulator';

let splunk: Simulator;
let remote: ReturnType<typeof connectSimulator>;

beforeEach(async () => {
  splunk = await startSimulator({ port: 0, tls: 'private-ca', seed: 5, keep: { ledgerLines: 100 } });
  remote = connectSimulator(`http://127.0.0.1:${splunk.port}/`);
});
afterEach(() => splunk.close());

function post(...events: readonly unknown[]) {
  const headers = { Authorization: `Splunk ${splunk.token}` };
  const body = events.map((event) => JSON.stringify({ event })).join('');
  return rawRequest(`${splunk.url}/services/collector`, { headers, body, ca: splunk.authority });
}

describe('a simulator in another process', () => {
  it('says what it accepted, in which order and with which request, from a line on', async () => {
    await post({ seq: 1, event_id: 'a' }, { seq: 2, event_id: 'b' });
    await post({ seq: 3, event_id: 'c' });
    expect(await remote.ledger(1)).toEqual(splunk.ledger(1));
    expect(await remote.ledger(1, 1)).toMatchObject([{ n: 2, id: 'b', seq: 2, request: 1 }]);
    expect(await remote.status()).toMatchObject({
      seed: 5,
      accepted: 3,
      lost: 0,
      requests: 2,
      ledgerLines: 5,
      connections: { opened: splunk.connections().opened },
    });
    await post({ event_id: 'a' });
    expect(await remote.duplicates()).toEqual(new Map([['a', 2]]));
    await post(...Array.from({ length: 200 }, (_, n) => n));
    await expect(remote.ledger(0)).rejects.toThrow(/remembers line \d+ and later/);
  });

  it('obeys: faults, tokens, indexes, limits, condition, certificate', async () => {
    const id = await remote.inject({ kind: 'busy' }, { times: 1 });
    expect((await remote.status()).faults).toEqual([{ id, says: 'busy', used: 0 }]);
    expect((await post(1)).status).toBe(503);
    await remote.rehearse('gateway', 3);
    expect((await post(1)).status).toBe(502);
    await remote.heal();
    await remote.setToken({ value: splunk.token, disabled: true });
    expect((await post(1)).status).toBe(403);
    await remote.setToken({ value: splunk.token, disabled: false, allowedIndexes: [], defaultIndex: 'late' });
    await post('lost');
    await remote.setIndex({ name: 'late' });
    await post('found');
    await remote.removeIndex('late');
    await post('lost again');
    expect(splunk.counts()).toEqual([{ index: 'late', events: 3, lost: 2 }]);
    await remote.setLimits({ maxContentLengthBytes: 5 });
    expect((await post(1)).status).toBe(413);
    await remote.setLimits({ maxContentLengthBytes: 500 });
    await remote.setCondition({ shuttingDown: true });
    expect((await post(1)).status).toBe(503);
    await remote.setAcks({ never: true });
    await remote.setTls('expired');
    await expect(post(1)).rejects.toMatchObject({ code: 'CERT_HAS_EXPIRED' });
    await remote.setTls('private-ca');
    await remote.removeToken(splunk.token);
    await remote.reset();
    expect([splunk.events(), splunk.tokens]).toEqual([[], []]);
  });

  it('resolves names for a process that cannot be given the hook', async () => {
    expect(await remote.lookup('splunk.test')).toEqual([{ address: '127.0.0.1', family: 4 }]);
    await remote.inject({ kind: 'dns', mode: 'nxdomain' });
    await expect(remote.lookup('splunk.test')).rejects.toMatchObject({ code: 'ENOTFOUND' });
    expect(await remote.authority()).toBe(splunk.authority);
  });

  it('refuses in words', async () => {
    await expect(remote.setCondition({ queueFill: -1 })).rejects.toThrow(OrderRefused);
    await expect(remote.setCondition({ queueFill: -1 })).rejects.toThrow('queueFill');
  });
});
