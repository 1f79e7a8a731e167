import { describe, expect, it } from 'vitest';
import { injectionSchema } from '@/splunk/simulator/faults/scope';
import { combinePresets, describePresets } from '@/splunk/simulator/presets';
import { rawRequest } from '@/splunk/simulator/raw-request';
import { isRehearsal, rehearsalGroups, rehearsals } from '@/splunk/simulator/rehearsals';
import { startSimulator } from '@/splunk/simulator/simulator';

describe('rehearsals', () => {
  it('have a button each', () => {
    const buttons = rehearsalGroups.flatMap(({ names }): readonly string[] => names);
    expect(buttons.sort()).toEqual(Object.keys(rehearsals).sort());
  });

  it('and the other presets are made of faults that exist', () => {
    for (const name of describePresets().keys()) {
      const preset = combinePresets([name]);
      expect(preset, name).toBeDefined();
      for (const injection of preset?.faults ?? [])
        expect(() => injectionSchema.parse(injection)).not.toThrow();
      expect(isRehearsal(name), name).toBe((preset?.faults ?? []).length > 0 && name !== 'behind-alb');
    }
  });

  it('combine: a receiver and its troubles', () => {
    expect(combinePresets(['splunk-cloud-trial', 'busy', 'slow'])).toMatchObject({
      options: { flavour: 'cloud' },
      https: true,
      faults: [{ label: 'Busy' }, { label: 'Slow' }],
    });
    expect(combinePresets(['busy', 'expired-certificate'])?.https).toBe(true);
    expect(combinePresets(['busy', 'flaky'])?.https).toBe(false);
    expect(combinePresets(['busy', 'nonsense'])).toBeUndefined();
  });
});

describe('an OpenTelemetry collector', () => {
  it('answers "OK", and its health with spaces', async () => {
    const { options } = combinePresets(['otel-collector']) ?? {};
    const splunk = await startSimulator({ port: 0, ...options });
    const collector = `${splunk.url}/services/collector`;
    const headers = { Authorization: `Splunk ${splunk.token}` };
    expect((await rawRequest(collector, { headers, body: '{"event":1}' })).text).toBe('"OK"');
    expect((await rawRequest(collector, { headers, body: '{' })).text).toContain('"code":6');
    const health = await rawRequest(`${collector}/health`, { method: 'GET' });
    expect(health.text).toBe('{"text": "HEC is healthy", "code": 17}');
    await splunk.close();
  });
});

describe('a flaky Splunk', () => {
  it('fails in many ways, loses nothing it accepted, and does it all again with the same seed', async () => {
    const run = async (seed: number) => {
      const splunk = await startSimulator({ port: 0, seed });
      for (const injection of combinePresets(['flaky'])?.faults ?? []) {
        const { fault, ...scope } = injectionSchema.parse(injection);
        // The slow ones and the silent ones would only make the test last.
        if (fault.kind !== 'hangAfterStore' && fault.kind !== 'slowHeaders') splunk.inject(fault, scope);
      }
      const headers = { Authorization: `Splunk ${splunk.token}` };
      const outcomes: unknown[] = [];
      for (let n = 0; n < 60; n++) {
        const answer = rawRequest(`${splunk.url}/services/collector`, { headers, body: `{"event":${n}}` });
        outcomes.push(
          await answer.then(
            ({ status }) => status,
            ({ code }) => code,
          ),
        );
      }
      const accepted = new Set(splunk.events().map(({ event }) => event));
      const confirmed = outcomes.flatMap((outcome, n) => (outcome === 200 ? [n] : []));
      expect(confirmed.every((n) => accepted.has(n))).toBe(true);
      await splunk.close();
      return outcomes;
    };
    const first = await run(3);
    expect(new Set(first).size).toBeGreaterThan(3);
    expect(await run(3)).toEqual(first);
  });
});
