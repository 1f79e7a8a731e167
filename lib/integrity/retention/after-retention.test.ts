import { expect, test } from 'vitest';
import { sealHash } from '@/lib/audit/chain';
import { startExport } from '@/lib/audit-export/start-export';
import { db } from '@/lib/db/client';
import { deleteExpired } from '@/lib/integrity/retention/delete-expired';
import { setRetention } from '@/lib/integrity/retention/set-retention';
import { agedLog } from '@/lib/integrity/testing/aged-log';
import { createIntegration } from '@/lib/siem/integrations/create-integration';
import { countEarlier } from '@/lib/siem/integrations/start-point';
import { previewReplay } from '@/lib/siem/replay/preview-replay';
import { getIntegrationStatus } from '@/lib/siem/status';
import { arrived, openStream, startSplunk, streamRow } from '@/lib/siem/testing/stage';
import { reconcile } from '@/lib/siem/upkeep/reconcile';
import { summarizeReceipts } from '@/lib/siem/upkeep/summarize-receipts';
import { useDatabase } from '@/test/database';

useDatabase();

/** A log that begins with No. 11, and ends with No. 22. */
async function begunLate() {
  const source = await agedLog();
  await setRetention(source, { days: 400, confirmed: 10 });
  await deleteExpired();
  return source;
}

test('an export of what is left is a chain from the anchor on', async () => {
  const source = await begunLate();
  const head = await db().auditHead.findUniqueOrThrow({ where: { organizationId: source.organization.id } });
  const parts: string[] = [];
  for await (const part of (await startExport(source, { filter: {}, format: 'ndjson' })).lines)
    parts.push(part);
  const lines = parts.join('').trimEnd().split('\n');
  let previous = Buffer.from(head.anchorHash).toString('hex');
  for (const [at, line] of lines.entries()) {
    const { seq, hash, previous_hash: before } = JSON.parse(line);
    const record = `{${line.slice(line.indexOf(before) + before.length + 2)}`;
    expect([seq, before]).toEqual([11 + at, previous]);
    expect(sealHash(Buffer.from(before, 'hex'), BigInt(seq), record).toString('hex')).toBe(hash);
    previous = hash;
  }
  // The export itself is recorded behind what it holds.
  expect(lines).toHaveLength(12);
});

test('a stream from the beginning starts where the log does, adds up, and can be replayed', async () => {
  const source = await begunLate();
  const id = source.organization.id;
  expect(await countEarlier(id, 'beginning')).toMatchObject({ events: 12 });
  expect(await countEarlier(id, new Date(0))).toMatchObject({ events: 12 });
  const splunk = await startSplunk();
  const settings = { hecUrl: splunk.url, hecToken: splunk.token, index: '', startFrom: 'beginning' as const };
  const { id: integration } = await createIntegration(source, settings);
  expect(await getIntegrationStatus(id, integration)).toMatchObject({ waiting: expect.anything() });
  await openStream(integration)();
  const numbers = Array.from({ length: 13 }, (_, at) => BigInt(at + 11));
  expect(arrived(splunk)).toEqual(numbers);

  await reconcile({ fromStart: true });
  expect(await streamRow(integration)).toMatchObject({ provenSeq: 23n, unaccounted: null });
  const everything = { from: new Date(0), to: new Date(Date.now() + 60_000) };
  expect(await previewReplay(id, integration, everything)).toMatchObject({
    events: '13',
    firstSeq: '11',
    lastSeq: '23',
  });

  // Later a part goes that was delivered: the account still holds, from the start, too.
  await setRetention(source, { days: 180, confirmed: 5 });
  await deleteExpired();
  await summarizeReceipts();
  await reconcile({ fromStart: true });
  expect((await streamRow(integration)).unaccounted).toBeNull();
  expect(await previewReplay(id, integration, everything)).toMatchObject({ events: '8', firstSeq: '16' });
});
