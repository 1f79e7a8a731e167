import { afterEach, describe, expect, it, vi } from 'vitest';
import { POST } from '@/app/api/siem/stream/route';
import { db } from '@/lib/db/client';
import * as environment from '@/lib/env';
import { setRetention } from '@/lib/integrity/retention/set-retention';
import { agedLog } from '@/lib/integrity/testing/aged-log';
import { listVerifications } from '@/lib/integrity/verification/list-verifications';
import { startVerification } from '@/lib/integrity/verification/start-verification';
import { act, arrived, setStage, streamRow } from '@/lib/siem/testing/stage';
import { useDatabase } from '@/test/database';

useDatabase();

const secret = 'a-cron-secret-of-some-length';

function useSecret(value: string | undefined): void {
  const real = environment.env();
  vi.spyOn(environment, 'env').mockReturnValue({ ...real, CRON_SECRET: value });
}

afterEach(() => vi.restoreAllMocks());

function call(authorization?: string, signal?: AbortSignal): Promise<Response> {
  return POST(
    new Request('http://localhost:3000/api/siem/stream', {
      method: 'POST',
      ...(authorization && { headers: { authorization } }),
      ...(signal && { signal }),
    }),
  );
}

describe('POST /api/siem/stream', () => {
  it('sends everything that is due and tells each batch as a line', async () => {
    useSecret(secret);
    const [first, second] = [await setStage(), await setStage()];
    await act(first.source, 3);
    const response = await call(`Bearer ${secret}`);
    expect(response.headers.get('content-type')).toContain('application/x-ndjson');
    const lines = (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(2);
    expect(lines.find(({ integrationId }) => integrationId === first.id)).toMatchObject({
      firstSeq: '1',
      lastSeq: '4',
      events: 4,
      httpStatus: 200,
      attempts: 1,
    });
    expect([arrived(first.splunk).length, arrived(second.splunk).length]).toEqual([4, 1]);
  });

  it('tells a batch while another stream still hangs, and stops when the caller leaves', async () => {
    useSecret(secret);
    const [hung, healthy] = [await setStage(), await setStage()];
    hung.splunk.answerNext({ delayMs: 1_000 });
    const left = new AbortController();
    const response = await call(`Bearer ${secret}`, left.signal);
    const reader = response.body?.getReader();
    const first = await reader?.read();
    expect(new TextDecoder().decode(first?.value)).toContain(healthy.id);
    await act(healthy.source);
    left.abort();
    while (!(await reader?.read())?.done);
    expect(await streamRow(hung.id)).toMatchObject({ cursor: 1n, leaseOwner: null });
  });

  it('does what the log itself needs with the time that is left, and nothing of it without', async () => {
    useSecret(secret);
    const aged = await agedLog();
    await setRetention(aged, { days: 400, confirmed: 10 });
    await startVerification(aged, { firstSeq: 11n });
    const id = aged.organization.id;
    const state = async () => {
      const head = await db().auditHead.findUniqueOrThrow({ where: { organizationId: id } });
      return [head.anchorSeq, (await listVerifications(id))[0]?.state];
    };
    await (await call(`Bearer ${secret}`, AbortSignal.abort())).text();
    expect(await state()).toEqual([0n, 'running']);
    await (await call(`Bearer ${secret}`)).text();
    expect(await state()).toEqual([10n, 'intact']);
  });

  it('does not exist without CRON_SECRET, and takes no other secret', async () => {
    const { splunk } = await setStage();
    useSecret(undefined);
    expect((await call(`Bearer ${secret}`)).status).toBe(404);
    useSecret(secret);
    for (const wrong of [
      undefined,
      '',
      'Bearer',
      `Bearer ${secret}x`,
      `Basic ${secret}`,
      secret,
      'Bearer undefined',
    ]) {
      expect((await call(wrong)).status).toBe(401);
    }
    expect(splunk.journal()).toEqual([]);
  });
});
