import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { GET } from '@/app/api/metrics/route';
import { closeDatabase } from '@/lib/db/client';
import * as environment from '@/lib/env';
import { deleteIntegration } from '@/lib/siem/integrations/delete-integration';
import { act, setStage, skipWait } from '@/lib/siem/testing/stage';
import { useDatabase } from '@/test/database';

useDatabase();

const token = 'a-metrics-token-of-some-length';

function useToken(value: string | undefined): void {
  const real = environment.env();
  vi.spyOn(environment, 'env').mockReturnValue({ ...real, METRICS_TOKEN: value });
}

afterEach(() => vi.restoreAllMocks());

function call(authorization = `Bearer ${token}`): Promise<Response> {
  return GET(new Request('http://localhost:3000/api/metrics', { headers: { authorization } }));
}

/** What Prometheus makes of the text: the value of each series by its name and labels. It refuses any other line. */
async function scrape(): Promise<Map<string, number>> {
  const response = await call();
  expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  const text = await response.text();
  expect(text.endsWith('\n')).toBe(true);
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const parsed = /^([a-z_]+(?:\{(?:[a-z]+="[^"\\\n]*",?)+\})?) (-?[0-9.e+-]+)$/.exec(line);
      if (!parsed) throw new Error(`not a sample: ${line}`);
      return [parsed[1] ?? '', Number(parsed[2])];
    }),
  );
}

describe('GET /api/metrics', () => {
  it('tells what was delivered, what failed and why, and where each stream stands', async () => {
    useToken(token);
    const { source, splunk, id, drain } = await setStage();
    await act(source, 3);
    splunk.answerNext({ status: 503, body: { text: 'Server is busy', code: 9 } });
    await drain();
    const failing = await scrape();
    expect(failing.get(`tracekeep_siem_events_waiting{integration="${id}"}`)).toBe(4);
    expect(failing.get(`tracekeep_siem_oldest_waiting_seconds{integration="${id}"}`)).toBeGreaterThan(0);
    expect(failing.get(`tracekeep_siem_stream_state{integration="${id}",state="degraded"}`)).toBe(1);
    expect(failing.get(`tracekeep_siem_stream_state{integration="${id}",state="healthy"}`)).toBe(0);

    await skipWait(id);
    splunk.answerNext({ status: 400, body: { text: 'Odd', code: 12, 'invalid-event-number': 1 } });
    await drain();
    const well = await scrape();
    const of = (name: string, more = '') => well.get(`tracekeep_siem_${name}{integration="${id}"${more}}`);
    expect(of('events_delivered_total')).toBe(3);
    expect(of('events_parked_total')).toBe(1);
    expect(of('parked_events')).toBe(1);
    expect(of('events_waiting')).toBe(0);
    expect(of('unaccounted_events')).toBe(0);
    expect(of('attempts_total', ',outcome="transient",cause="busy"')).toBe(1);
    expect(of('attempts_total', ',outcome="event",cause="event_refused"')).toBe(1);
    expect(of('attempts_total', ',outcome="delivered",cause="ok"')).toBe(1);
    expect(of('request_seconds_count')).toBe(3);
    expect(of('delivery_seconds_bucket', ',le="+Inf"')).toBe(2);
    expect(well.get('tracekeep_siem_batch_events_bucket{le="2"}')).toBe(2);
    expect(well.get('process_resident_memory_bytes')).toBeGreaterThan(1_000_000);
  });

  it('has a line in docs/metrics.md for each of its metrics, and none besides', async () => {
    useToken(token);
    const { drain } = await setStage();
    await drain();
    const told = [...(await (await call()).text()).matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(
      ([, name]) => name,
    );
    const page = readFileSync('docs/metrics.md', 'utf8');
    const written = [...page.matchAll(/^\|.*$/gm)].flatMap(([line]) =>
      [...(line.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name),
    );
    // What only a process that streams can tell.
    const streaming = ['streams_sending', 'streams_queued', 'alert_mails_total'].map(
      (name) => `tracekeep_siem_${name}`,
    );
    expect(new Set(written)).toEqual(new Set([...told, ...streaming]));
  });

  it('forgets a deleted integration, so that the labels do not grow without end', async () => {
    useToken(token);
    const { source, id, drain } = await setStage();
    await drain();
    expect([...(await scrape()).keys()].some((series) => series.includes(id))).toBe(true);
    await deleteIntegration(source, id);
    expect([...(await scrape()).keys()].some((series) => series.includes(id))).toBe(false);
  });

  it('does not exist without METRICS_TOKEN, takes no other token, and shows no secret', async () => {
    const { splunk, source } = await setStage();
    useToken(undefined);
    expect((await call()).status).toBe(404);
    useToken(token);
    for (const wrong of ['', 'Bearer', `Bearer ${token}x`, `Basic ${token}`, token]) {
      expect((await call(wrong)).status).toBe(401);
    }
    const text = await (await call()).text();
    for (const secret of [splunk.token, source.organization.name, source.organization.slug]) {
      expect(text).not.toContain(secret);
    }
  });

  it('says that the database is away instead of breaking', async () => {
    useToken(token);
    await closeDatabase();
    const gone = { ...environment.env(), DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' };
    vi.mocked(environment.env).mockReturnValue(gone);
    expect((await call()).status).toBe(503);
    await closeDatabase();
  });
});
