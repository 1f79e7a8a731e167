import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rawRequest } from '@/splunk/simulator/raw-request';
import { type Simulator, type SimulatorOptions, startSimulator } from '@/splunk/simulator/simulator';

let now: number;
let splunk: Simulator;

async function start(options: Partial<SimulatorOptions> = {}): Promise<void> {
  await splunk?.close();
  splunk = await startSimulator({ port: 0, seed: 1, clock: () => now, ...options });
}
beforeEach(() => {
  now = 0;
  return start();
});
afterEach(() => splunk.close());

async function status(path = '', options: { body?: string; token?: string } = {}): Promise<number> {
  const headers = { Authorization: `Splunk ${options.token ?? splunk.token}` };
  const body = options.body ?? '{"event":{"event_id":"e"}}';
  return (await rawRequest(`${splunk.url}/services/collector${path}`, { headers, body })).status;
}

/** The statuses of so many requests, one after the other. */
async function statuses(count: number): Promise<number[]> {
  const seen: number[] = [];
  for (let n = 0; n < count; n++) seen.push(await status());
  return seen;
}

describe('a fault strikes where it is told to', () => {
  it('by path: everything but /health unless said', async () => {
    splunk.inject({ kind: 'gateway' });
    expect([await status(), await status('/raw'), await status('/nowhere')]).toEqual([502, 502, 502]);
    const health = () => rawRequest(`${splunk.url}/services/collector/health`, { method: 'GET' });
    expect((await health()).status).toBe(200);
    splunk.heal();
    splunk.inject({ kind: 'gateway' }, { where: { path: 'raw' } });
    expect([await status(), await status('/raw')]).toEqual([200, 502]);
    splunk.inject({ kind: 'busy' }, { where: { path: 'health' } });
    expect((await health()).status).toBe(503);
    splunk.inject({ kind: 'gateway' }, { where: { path: '/services/collector/1.0' } });
    expect([await status(), await status('/1.0')]).toEqual([200, 502]);
  });

  it('by token, its value or its name', async () => {
    await start({
      tokens: [
        { value: 'one', name: 'first' },
        { value: 'two', name: 'second' },
      ],
    });
    splunk.inject({ kind: 'gateway' }, { where: { token: 'two' } });
    expect([await status('', { token: 'one' }), await status('', { token: 'two' })]).toEqual([200, 502]);
    splunk.inject({ kind: 'gateway' }, { where: { token: 'first' } });
    expect(await status('', { token: 'one' })).toBe(502);
  });

  it('by the number of a request and of a connection', async () => {
    splunk.inject({ kind: 'gateway' }, { where: { request: 2 } });
    splunk.inject({ kind: 'gateway', status: 504 }, { where: { connection: 4 } });
    expect(await statuses(5)).toEqual([200, 502, 200, 504, 200]);
  });

  it('by what is in the body, whatever way it is packed', async () => {
    splunk.inject({ kind: 'gateway' }, { where: { events: { eventId: 'bad' } } });
    splunk.inject(
      { kind: 'gateway', status: 504 },
      { where: { events: { index: 'audit', text: 'needle' } } },
    );
    expect(await status()).toBe(200);
    expect(await status('', { body: '{"event":1}{"event":{"event_id":"bad"}}' })).toBe(502);
    expect(await status('', { body: '[{"event":1,"fields":{"event_id":"bad"}}]' })).toBe(502);
    expect(await status('', { body: '{"event":"needle"}{"event":"x","index":"audit"}' })).toBe(200);
    expect(await status('', { body: '{"event":"needle","index":"audit"}' })).toBe(504);
    expect(await status('/raw', { body: 'bad\n{"event":{"event_id":"bad"}}' })).toBe(502);
    expect(await status('', { body: 'not json' })).toBe(400);
    expect(splunk.events().map(({ raw }) => raw)).not.toContain('{"event":{"event_id":"bad"}}');
  });

  it('partial failure names the first event that is meant, and keeps what stands before it', async () => {
    splunk.inject({ kind: 'partial', code: 13 }, { where: { events: { text: 'poison' } } });
    const headers = { Authorization: `Splunk ${splunk.token}` };
    const body = '{"event":"a"}{"event":"poison"}{"event":"poison"}';
    const answer = await rawRequest(`${splunk.url}/services/collector`, { headers, body });
    expect(JSON.parse(answer.text)).toMatchObject({ code: 13, 'invalid-event-number': 1 });
    expect(splunk.events().map(({ event }) => event)).toEqual(['a']);
  });
});

describe('a fault strikes as often as it is told to', () => {
  it('counted ones come first and heal themselves, in the order of their injection', async () => {
    splunk.inject({ kind: 'gateway' });
    splunk.inject({ kind: 'busy' }, { times: 2 });
    splunk.answerNext({ status: 418 });
    expect(await statuses(5)).toEqual([503, 503, 418, 502, 502]);
    expect(splunk.faults()).toMatchObject([{ id: 1, used: 2 }]);
    splunk.heal(1);
    expect(await statuses(1)).toEqual([200]);
  });

  it('a counted one strikes no more often when requests with a body to be searched overlap', async () => {
    splunk.inject({ kind: 'gateway' }, { times: 1, where: { events: { text: 'e' } } });
    const all = await Promise.all([status(), status(), status(), status()]);
    expect(all.sort()).toEqual([200, 200, 200, 502]);
  });

  it('within its window of time', async () => {
    splunk.inject({ kind: 'gateway' }, { window: { fromMs: 100, untilMs: 200 } });
    const seen: number[] = [];
    for (now of [0, 99, 100, 199, 200, 300]) seen.push(await status());
    expect(seen).toEqual([200, 200, 502, 502, 200, 200]);
    expect(splunk.faults()).toEqual([]);
  });

  it('by chance, and the same seed gives the same faults again', async () => {
    const run = async (seed: number) => {
      await start({ seed });
      splunk.inject({ kind: 'gateway' }, { probability: 0.3 });
      splunk.inject({ kind: 'busy' }, { probability: 0.5 });
      return statuses(40);
    };
    const first = await run(7);
    expect(new Set(first)).toEqual(new Set([200, 502, 503]));
    expect(await run(7)).toEqual(first);
    expect(await run(8)).not.toEqual(first);
  });

  it('of a share of events it is always the same ones that are meant', async () => {
    splunk.inject({ kind: 'partial' }, { where: { events: { share: 0.3 } } });
    const seen = new Map<string, Set<number>>();
    for (let round = 0; round < 2; round++) {
      for (let n = 0; n < 30; n++) {
        const code = await status('', { body: `{"event":{"event_id":"e${n}"}}` });
        seen.set(`e${n}`, (seen.get(`e${n}`) ?? new Set()).add(code));
      }
    }
    expect([...seen.values()].every((codes) => codes.size === 1)).toBe(true);
    const refused = [...seen.values()].filter((codes) => codes.has(400)).length;
    expect(refused).toBeGreaterThan(2);
    expect(refused).toBeLessThan(20);
  });

  it('an indexer that does not know the token is met by the connection', async () => {
    splunk.inject({ kind: 'tokenFlap', share: 0.5 });
    const headers = { Authorization: `Splunk ${splunk.token}`, 'User-Agent': 'test' };
    const url = `${splunk.url}/services/collector`;
    const kept: number[] = [];
    for (let n = 0; n < 6; n++) {
      const answer = await fetch(url, { method: 'POST', headers, body: '{"event":1}' });
      kept.push(answer.status);
      await answer.arrayBuffer();
    }
    const byConnection = new Map(splunk.journal().map(({ connection, status }) => [connection, status]));
    expect(splunk.journal().every(({ connection, status }) => byConnection.get(connection) === status)).toBe(
      true,
    );
    expect(new Set(await statuses(20))).toEqual(new Set([200, 403]));
  });
});

describe('a fault that is none', () => {
  it.each([
    [{ kind: 'nonsense' }, {}],
    [{ kind: 'refuse', code: 99 }, {}],
    [{ kind: 'busy', retryafter: 1 }, {}],
    [{ kind: 'busy' }, { times: 0 }],
    [{ kind: 'busy' }, { probability: 2 }],
    [{ kind: 'busy' }, { where: { event: {} } }],
  ])('is refused: %j %j', (fault, scope) => {
    // @ts-expect-error What the compiler would refuse may come over the control port.
    expect(() => splunk.inject(fault, scope)).toThrow();
    expect(splunk.faults()).toEqual([]);
  });
});
