import { lookup } from 'node:dns/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '@/splunk/simulator/simulator';

let splunk: Simulator;

beforeEach(async () => {
  splunk = await startSimulator({ port: 0 });
});
afterEach(() => splunk.close());

const own = [{ address: '127.0.0.1', family: 4 }];

describe('the resolver hook', () => {
  it('gives what dns.lookup gives for this machine, for any name', async () => {
    expect(await lookup('127.0.0.1', { all: true })).toEqual(own);
    expect(await splunk.lookup('splunk.example.com')).toEqual(own);
  });

  it.each([
    ['nxdomain', 'ENOTFOUND'],
    ['servfail', 'EAI_AGAIN'],
  ] as const)('%s fails with %s as getaddrinfo does', async (mode, code) => {
    splunk.inject({ kind: 'dns', mode }, { times: 1 });
    await expect(splunk.lookup('splunk.example.com')).rejects.toMatchObject({ code });
    expect(await splunk.lookup('splunk.example.com')).toEqual(own);
  });

  it('gives private addresses, and addresses that change with every lookup', async () => {
    splunk.inject({ kind: 'dns', mode: 'private' }, { where: { host: 'inside.test' } });
    splunk.inject({ kind: 'dns', mode: 'changing', addresses: ['127.0.0.1', '::1', '169.254.169.254'] });
    expect(await splunk.lookup('inside.test')).toEqual([{ address: '10.20.30.40', family: 4 }]);
    const seen: unknown[] = [];
    for (let n = 0; n < 4; n++) seen.push((await splunk.lookup('rebound.test'))[0]);
    expect(seen).toEqual([
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
      { address: '169.254.169.254', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ]);
  });

  it('may never answer', async () => {
    splunk.inject({ kind: 'dns', mode: 'silent' });
    const answered = splunk.lookup('splunk.example.com').then(() => 'answered');
    const elsewhere = new Promise((resolve) => setImmediate(() => resolve('silence')));
    expect(await Promise.race([answered, elsewhere])).toBe('silence');
  });
});
