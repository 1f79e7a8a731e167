import { describe, expect, it } from 'vitest';
import { recordAudit } from '@/lib/audit/record';
import { withTransaction } from '@/lib/audit/transaction';
import { db } from '@/lib/db/client';
import { maxBatchBytes } from '@/lib/siem/delivery/batch';
import { pauseIntegration, resumeIntegration } from '@/lib/siem/integrations/pause-integration';
import {
  act,
  arrived,
  parkedRows,
  receiptRows,
  setStage,
  skipWait,
  streamRow,
  upTo,
} from '@/lib/siem/testing/stage';
import { useDatabase } from '@/test/database';

useDatabase();

describe('every committed event arrives', () => {
  it('in seq order, once, with the bytes that were sealed, while sixteen writers go on', async () => {
    const { source, splunk, id, drain } = await setStage();
    const writers = Promise.all(
      Array.from({ length: 16 }, async () => {
        for (let n = 0; n < 4; n++) await act(source);
      }),
    );
    let writing = true;
    void writers.then(() => {
      writing = false;
    });
    while (writing) await drain();
    await drain();

    expect(arrived(splunk)).toEqual(upTo(65));
    const stored = await db().auditEvent.findMany({
      where: { organizationId: source.organization.id },
      orderBy: { seq: 'asc' },
    });
    splunk.events().forEach(({ raw }, at) => {
      const { seq, hash, record } = stored[at] ?? { seq: 0n, hash: new Uint8Array(), record: '' };
      expect(raw).toContain(
        `"event":{"seq":${seq},"hash":"${Buffer.from(hash).toString('hex')}",${record.slice(1)}`,
      );
    });
    expect(await streamRow(id)).toMatchObject({
      cursor: 65n,
      state: 'healthy',
      deliveredEvents: 65n,
      leaseOwner: null,
    });
  });

  it('with a receipt for each batch, and the receipts cover every seq without a gap', async () => {
    const { source, id, drain } = await setStage();
    await act(source, 9);
    await drain();
    await act(source, 5);
    await drain();
    const receipts = await receiptRows(id);
    expect(receipts.map(({ firstSeq, lastSeq, events }) => [firstSeq, lastSeq, events])).toEqual([
      [1n, 10n, 10],
      [11n, 15n, 5],
    ]);
    expect(receipts[0]).toMatchObject({ httpStatus: 200, hecCode: 0, attempts: 1 });
  });

  it('in requests of at most 512 KiB and 500 events', async () => {
    const { source, splunk, drain } = await setStage();
    await act(source, 150, { bulky: true });
    await act(source, 600);
    await drain();
    expect(arrived(splunk)).toEqual(upTo(751));
    expect(splunk.journal().length).toBeGreaterThan(3);
    for (const request of splunk.journal()) {
      expect(request.decodedBytes).toBeLessThanOrEqual(maxBatchBytes);
      expect(request.stored).toBeLessThanOrEqual(500);
    }
  });

  it('and an event of a transaction that was rolled back does not', async () => {
    const { source, splunk, drain } = await setStage();
    const rolledBack = withTransaction(async (tx) => {
      recordAudit(tx, { ...source, action: 'organization.invitation.revoke', targets: [], metadata: {} });
      throw new Error('undo');
    });
    await expect(rolledBack).rejects.toThrow('undo');
    await act(source);
    await drain();
    expect(arrived(splunk)).toEqual([1n, 2n]);
  });
});

describe('trouble that passes', () => {
  it('waits as long as Retry-After says, then goes on where it was', async () => {
    const { source, splunk, id, drain } = await setStage();
    await act(source, 3);
    splunk.answerNext({
      status: 503,
      headers: { 'Retry-After': '120' },
      body: { text: 'Server is busy', code: 9 },
    });

    expect(await drain()).toBe('waiting');
    const waiting = await streamRow(id);
    expect(waiting).toMatchObject({ state: 'degraded', cursor: 0n, attempt: 1, leaseOwner: null });
    expect(waiting.lastError).toMatchObject({ id: 'busy', httpStatus: 503, hecCode: 9 });
    expect((waiting.nextAttemptAt.getTime() - Date.now()) / 1_000).toBeCloseTo(120, -1);
    expect(await drain()).toBe('not_due');

    await skipWait(id);
    expect(await drain()).toBe('caught_up');
    expect(arrived(splunk)).toEqual(upTo(4));
    expect(await receiptRows(id)).toMatchObject([{ attempts: 2, events: 4 }]);
    expect(await streamRow(id)).toMatchObject({ state: 'healthy', attempt: 0, firstFailureAt: null });
  });

  it('never ends in giving up: the fortieth failure is followed by another attempt', async () => {
    const { splunk, id, drain } = await setStage();
    await db().siemStream.update({ where: { integrationId: id }, data: { attempt: 39 } });
    splunk.answerNext({ status: 502, body: '<html>Bad gateway</html>' });
    expect(await drain({ random: () => 1 })).toBe('waiting');
    const { attempt, nextAttemptAt } = await streamRow(id);
    expect(attempt).toBe(40);
    expect((nextAttemptAt.getTime() - Date.now()) / 1_000).toBeCloseTo(60, -1);
    await skipWait(id);
    expect(await drain()).toBe('caught_up');
  });

  it('retries a lost connection at once; what Splunk had stored comes twice with the same id, and nothing is lost', async () => {
    const { source, splunk, id, drain } = await setStage();
    await drain();
    await act(source, 4);
    splunk.answerNext({ store: true, destroy: 'after' });
    expect(await drain()).toBe('caught_up');

    expect(arrived(splunk)).toEqual([1n, 2n, 3n, 4n, 5n, 2n, 3n, 4n, 5n]);
    const [first, second] = [splunk.events().slice(1, 5), splunk.events().slice(5)];
    expect(second.map(({ raw }) => raw)).toEqual(first.map(({ raw }) => raw));
    expect(splunk.duplicates().size).toBe(4);
    expect(await streamRow(id)).toMatchObject({ state: 'healthy', cursor: 5n });
  });

  it('cuts a request that is not answered, and asks less of the receiver next time', async () => {
    const { source, splunk, id, drain } = await setStage();
    await act(source, 9);
    splunk.answerNext({ delayMs: Number.POSITIVE_INFINITY });
    expect(await drain({ deadlineMs: 2_000 })).toBe('waiting');
    expect(await streamRow(id)).toMatchObject({ state: 'degraded', maxEvents: 5, cursor: 0n });
    await skipWait(id);
    await drain();
    expect(arrived(splunk)).toEqual(upTo(10));
  });

  it('holds no transaction while Splunk thinks', async () => {
    const { splunk, drain } = await setStage();
    splunk.answerNext({ delayMs: 2_000 });
    const draining = drain();
    await splunk.waitFor((_, journal) => journal.length === 1);
    const [open] = await db().$queryRaw<{ count: bigint }[]>`
      SELECT count(*) FROM pg_stat_activity
       WHERE datname = current_database() AND xact_start IS NOT NULL AND pid <> pg_backend_pid()`;
    expect(open?.count).toBe(0n);
    expect(await draining).toBe('caught_up');
  });
});

describe('a capacity warning', () => {
  it('counts as delivered and halves the rate for a minute', async () => {
    const { source, splunk, id, drain } = await setStage();
    await act(source, 3);
    splunk.setCondition({ backpressure: 'warn_at_80', queueFill: 0.9 });
    expect(await drain()).toBe('caught_up');
    expect(arrived(splunk)).toEqual(upTo(4));
    const { slowUntil, state } = await streamRow(id);
    expect(state).toBe('healthy');
    expect(((slowUntil?.getTime() ?? 0) - Date.now()) / 1_000).toBeCloseTo(60, -1);
  });
});

describe('a fault of the configuration', () => {
  it('blocks on a forbidden index, keeps everything, probes with one event and resumes by itself', async () => {
    const { source, splunk, id, drain } = await setStage();
    await act(source, 5);
    splunk.setToken({ value: splunk.token, allowedIndexes: ['main'] });
    expect(await drain()).toBe('waiting');
    const blocked = await streamRow(id);
    expect(blocked).toMatchObject({ state: 'blocked', cursor: 0n, deliveredEvents: 0n });
    expect(blocked.lastError).toMatchObject({ id: 'index_not_allowed', hecCode: 7 });
    expect((blocked.nextAttemptAt.getTime() - Date.now()) / 1_000).toBeCloseTo(300, -1);

    await skipWait(id);
    await drain();
    expect(await streamRow(id)).toMatchObject({
      state: 'blocked',
      stateSince: blocked.stateSince,
      attempt: 2,
    });

    splunk.setToken({ value: splunk.token, allowedIndexes: ['audit'] });
    await skipWait(id);
    expect(await drain()).toBe('caught_up');
    // The seventh tells that the stream was blocked, the eighth that it is not any more.
    expect(arrived(splunk)).toEqual(upTo(8));
    expect((await receiptRows(id)).map(({ events }) => events)).toEqual([1, 7]);
    expect((await streamRow(id)).state).toBe('healthy');
  });

  it('does not take a web page with status 200 for a delivery', async () => {
    const { splunk, id, drain } = await setStage();
    splunk.answerNext({ status: 200, body: '<html><title>Sign in</title></html>' });
    expect(await drain()).toBe('waiting');
    expect(await streamRow(id)).toMatchObject({ state: 'blocked', cursor: 0n });
    expect(await receiptRows(id)).toEqual([]);
  });

  it('is patient with an unknown token for ten minutes, then blocks', async () => {
    const { splunk, id, drain } = await setStage();
    splunk.removeToken(splunk.token);
    await drain();
    expect((await streamRow(id)).state).toBe('degraded');
    const elevenMinutesAgo = new Date(Date.now() - 11 * 60_000).toISOString();
    await db().$executeRaw`
      UPDATE siem_stream SET next_attempt_at = clock_timestamp() - interval '1 second',
             last_error = jsonb_set(last_error, '{since}', to_jsonb(${elevenMinutesAgo}::text))
       WHERE integration_id = ${id}::uuid`;
    await drain();
    expect((await streamRow(id)).state).toBe('blocked');
  });

  it('is looked at again on a new connection: behind a balancer only one node may not know the token yet', async () => {
    const { splunk, id, drain } = await setStage();
    splunk.answerNext({ status: 403, body: { text: 'Invalid token', code: 4 } });
    expect(await drain()).toBe('waiting');
    await skipWait(id);
    expect(await drain()).toBe('caught_up');
    expect(splunk.connections().opened).toBe(2);
  });

  it('sends uncompressed from then on when the receiver refuses gzip', async () => {
    const { source, splunk, id, drain } = await setStage();
    await act(source, 5);
    splunk.answerNext({ status: 415, body: '<html>Unsupported Media Type</html>' });
    expect(await drain()).toBe('caught_up');
    expect(splunk.journal().map(({ headers }) => headers['content-encoding'])).toEqual(['gzip', undefined]);
    expect(await streamRow(id)).toMatchObject({ gzip: false, state: 'healthy', cursor: 6n });
  });

  it('names a token that cannot be unsealed, and sends nothing', async () => {
    const { splunk, id, drain } = await setStage();
    await db().siemIntegration.update({ where: { id }, data: { tokenSealed: 'v1.00000000.AAAA' } });
    expect(await drain()).toBe('waiting');
    const { state, lastError } = await streamRow(id);
    expect([state, lastError]).toMatchObject(['blocked', { id: 'secret_unreadable' }]);
    expect(splunk.journal()).toEqual([]);
  });
});

describe('a pause', () => {
  it('lets the request under way count, begins no other, and resumes without a gap', async () => {
    const { source, splunk, id, drain } = await setStage();
    splunk.answerNext({ delayMs: 2_000 });
    const draining = drain();
    await splunk.waitFor((_, journal) => journal.length === 1);
    await pauseIntegration(source, id);
    expect(await draining).toBe('yielded');
    expect(await streamRow(id)).toMatchObject({ state: 'paused', cursor: 1n, pausedBy: 'Alice Fox' });

    await act(source, 3);
    expect(await drain()).toBe('not_due');
    await resumeIntegration(source, id);
    expect(await drain()).toBe('caught_up');
    expect(arrived(splunk)).toEqual(upTo(6));
    expect(await parkedRows(id)).toEqual([]);
  });
});
