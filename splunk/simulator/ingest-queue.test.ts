import { describe, expect, it } from 'vitest';
import { rawRequest } from '@/splunk/simulator/raw-request';
import { startSimulator } from '@/splunk/simulator/simulator';

describe('the queue before the indexer', () => {
  it('refuses when full, warns above 80 % where told to, and drains with time', async () => {
    let now = 0;
    const splunk = await startSimulator({
      port: 0,
      clock: () => now,
      limits: { queueCapacityBytes: 1000, queueDrainBytesPerSecond: 100 },
    });
    const post = async () => {
      const headers = { Authorization: `Splunk ${splunk.token}` };
      const body = JSON.stringify({ event: 'x'.repeat(438) }); // 450 bytes
      return JSON.parse((await rawRequest(`${splunk.url}/services/collector`, { headers, body })).text).code;
    };
    splunk.setCondition({ backpressure: 'warn_at_80' });
    expect([await post(), await post(), await post(), await post()]).toEqual([0, 24, 24, 26]);
    splunk.setCondition({ backpressure: 'off' });
    expect(await post()).toBe(9);
    now += 4000;
    expect(await post()).toBe(0);
    expect(splunk.events()).toHaveLength(4);
    splunk.forget();
    expect(await post()).toBe(0);
    await splunk.close();
  });

  it('never fills where no capacity is set, whatever the clock does', async () => {
    let now = 1000;
    const splunk = await startSimulator({ port: 0, clock: () => now });
    const headers = { Authorization: `Splunk ${splunk.token}` };
    for (now of [1000, 1000, 500, 2000]) {
      const answer = await rawRequest(`${splunk.url}/services/collector`, { headers, body: '{"event":1}' });
      expect(answer.status).toBe(200);
    }
    await splunk.close();
  });
});
