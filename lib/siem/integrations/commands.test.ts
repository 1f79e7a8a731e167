import { describe, expect, it } from 'vitest';
import { recordAudit } from '@/lib/audit/record';
import { withTransaction } from '@/lib/audit/transaction';
import { unseal } from '@/lib/crypto/seal';
import { db } from '@/lib/db/client';
import { tokenPlace } from '@/lib/siem/delivery/clients';
import { createIntegration } from '@/lib/siem/integrations/create-integration';
import { deleteIntegration } from '@/lib/siem/integrations/delete-integration';
import { lockHead } from '@/lib/siem/integrations/lock';
import { pauseIntegration, resumeIntegration } from '@/lib/siem/integrations/pause-integration';
import { NotFoundError, RefusedError } from '@/lib/siem/integrations/refusal';
import { replaceToken, updateIntegration } from '@/lib/siem/integrations/update-integration';
import { act, recordsOf, streamRow } from '@/lib/siem/testing/stage';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';
import { until } from '@/test/until';

useDatabase();

const token = '2b1a6c0e-4d3f-4a57-9b8c-0123456789ab';
const settings = { hecUrl: 'https://splunk.example.com:8088', hecToken: token, index: 'audit' };

async function problemsOf(attempt: Promise<unknown>) {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof RefusedError)) throw new Error(`not refused: ${error}`);
  return error.problems;
}

function integrationRow(id: string) {
  return db().siemIntegration.findUniqueOrThrow({ where: { id } });
}

describe('adding an integration', () => {
  it('keeps nothing that was pasted after the path of the address, where tokens end up', async () => {
    const source = await createOrganization();
    const pasted = `${settings.hecUrl}/services/collector?t=${token}#${token}`;
    const { id } = await createIntegration(source, { ...settings, hecUrl: pasted });
    expect((await integrationRow(id)).hecUrl).toBe(`${settings.hecUrl}/services/collector`);
    await updateIntegration(source, id, { hecUrl: `${settings.hecUrl}/#${token}` });
    expect(JSON.stringify(await integrationRow(id))).not.toContain(token);
  });

  it('seals the token for this integration alone and records the creation without it', async () => {
    const source = await createOrganization();
    const { id, name } = await createIntegration(source, settings);
    const row = await integrationRow(id);
    expect(name).toBe('Splunk');
    expect(row).toMatchObject({
      eventUrl: 'https://splunk.example.com:8088/services/collector/event',
      tokenLast4: '89ab',
    });
    expect(row.tokenSealed).not.toContain(token);
    expect(unseal(row.tokenSealed, tokenPlace(id))).toBe(token);
    expect(() => unseal(row.tokenSealed, tokenPlace('another'))).toThrow();

    const [created] = await recordsOf(source);
    expect(created).toMatchObject({
      action: 'siem.integration.create',
      targets: [{ type: 'siem_integration', id, name: 'Splunk' }],
      metadata: { host: 'splunk.example.com:8088', index: 'audit', start_seq: '0', paused: false },
    });
    expect(JSON.stringify(created)).not.toContain(token);
  });

  it('starts exactly before its own event, although another commit comes in between', async () => {
    const source = await createOrganization();
    await act(source, 3);
    let creating: ReturnType<typeof createIntegration> | undefined;
    await withTransaction(async (tx) => {
      await lockHead(tx, source.organization.id);
      creating = createIntegration(source, settings);
      await until(async () => {
        const [waiting] = await db().$queryRaw<{ count: bigint }[]>`
          SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
        expect(waiting?.count).toBe(1n);
      });
      recordAudit(tx, { ...source, action: 'organization.invitation.revoke', targets: [], metadata: {} });
    });
    const { id } = (await creating) ?? { id: '' };

    expect(await streamRow(id)).toMatchObject({ startSeq: 4n, cursor: 4n });
    const [created] = await db().auditEvent.findMany({
      where: { organizationId: source.organization.id, action: 'siem.integration.create' },
    });
    expect(created?.seq).toBe(5n);
  });

  it('starts at the beginning of the log when asked to, and paused when asked to', async () => {
    const source = await createOrganization();
    await act(source, 3);
    const { id } = await createIntegration(source, { ...settings, startFrom: 'beginning', paused: true });
    expect(await streamRow(id)).toMatchObject({ startSeq: 0n, state: 'paused', pausedBy: 'Alice Fox' });
  });

  it('starts with the first event at or after a given time, before all of them, or after all of them', async () => {
    const source = await createOrganization();
    for (let n = 0; n < 3; n++) {
      await act(source);
      // Times have milliseconds; two commits within one would be no boundary.
      const { time } = (await recordsOf(source)).at(-1);
      await until(() => expect(Date.now()).toBeGreaterThan(Date.parse(time)));
    }
    const [, second] = await recordsOf(source);
    const startOf = async (startFrom: Date) =>
      (await streamRow((await createIntegration(source, { ...settings, startFrom })).id)).startSeq;
    expect(await startOf(new Date(second.time))).toBe(1n);
    expect(await startOf(new Date('2020-01-01'))).toBe(0n);
    expect(await startOf(new Date(Date.now() + 1_000))).toBe(5n);
    for (const startFrom of [new Date('nonsense'), new Date(Date.now() + 3_600_000)]) {
      expect(await problemsOf(createIntegration(source, { ...settings, startFrom }))).toMatchObject([
        { field: 'startFrom' },
      ]);
    }
  });

  it('takes a heartbeat of 1 minute to 7 days, and a change of it is recorded without touching the stream', async () => {
    const source = await createOrganization();
    const { id } = await createIntegration(source, { ...settings, heartbeatMinutes: 60 });
    const { epoch } = await streamRow(id);
    await updateIntegration(source, id, { heartbeatMinutes: null });
    expect((await recordsOf(source)).at(-1)).toMatchObject({
      changes: [{ field: 'heartbeat', from: 'after 60 min', to: 'off' }],
      metadata: { fields: ['heartbeat'] },
    });
    expect(await streamRow(id)).toMatchObject({ epoch });
    for (const heartbeatMinutes of [0, 1.5, 10_081, Number.NaN]) {
      expect(await problemsOf(updateIntegration(source, id, { heartbeatMinutes }))).toMatchObject([
        { field: 'heartbeat' },
      ]);
    }
  });

  it('names each field that cannot be used, repeats no token, and stores nothing', async () => {
    const source = await createOrganization();
    const problems = await problemsOf(
      createIntegration(source, { hecUrl: 'ftp://splunk', hecToken: `${token}\r\nX: y`, index: 'Main' }),
    );
    expect(problems.map(({ field }) => field)).toEqual(['hecUrl', 'hecToken', 'index']);
    expect(problems.every(({ message, hint }) => message !== '' && hint !== '')).toBe(true);
    expect(JSON.stringify(problems)).not.toContain(token);
    expect(await recordsOf(source)).toEqual([]);
  });

  it('chooses a free name, refuses a taken one, and stops at ten, also when eleven arrive together', async () => {
    const source = await createOrganization();
    const results = await Promise.allSettled(
      Array.from({ length: 11 }, () => createIntegration(source, settings)),
    );
    const names = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.name] : []));
    expect(names.sort()).toEqual(
      ['Splunk', ...Array.from({ length: 9 }, (_, n) => `Splunk ${n + 2}`)].sort(),
    );
    const other = await createOrganization();
    await createIntegration(other, { ...settings, name: ' Splunk  EU ' });
    expect(await problemsOf(createIntegration(other, { ...settings, name: 'Splunk EU' }))).toMatchObject([
      { field: 'name', message: 'Another integration is named Splunk EU' },
    ]);
  });
});

describe('changing an integration', () => {
  it('never keeps the token for another scheme, host or port', async () => {
    const source = await createOrganization();
    const { id } = await createIntegration(source, settings);
    const before = await integrationRow(id);
    for (const hecUrl of ['https://splunk.example.com:8443', 'https://evil.example.com:8088']) {
      expect(await problemsOf(updateIntegration(source, id, { hecUrl }))).toMatchObject([
        { field: 'hecToken' },
      ]);
    }
    expect(await integrationRow(id)).toEqual(before);
    await updateIntegration(source, id, { hecUrl: 'https://splunk.example.com:8088/proxy' });
    expect((await integrationRow(id)).eventUrl).toBe(
      'https://splunk.example.com:8088/proxy/services/collector/event',
    );
  });

  it('raises version and fence, so that an attempt with the old settings cannot settle, and is due at once', async () => {
    const source = await createOrganization();
    const { id } = await createIntegration(source, settings);
    await db().siemStream.update({
      where: { integrationId: id },
      data: {
        state: 'blocked',
        attempt: 7,
        nextAttemptAt: new Date('2030-01-01'),
        gzip: false,
        maxEvents: 3,
      },
    });
    const before = await streamRow(id);
    await updateIntegration(source, id, {
      hecUrl: 'https://new.example.com:8088',
      hecToken: 'other-token-2222',
    });
    const after = await streamRow(id);
    expect(after).toMatchObject({ epoch: before.epoch + 1n, attempt: 0, gzip: true, maxEvents: 500 });
    expect(after).toMatchObject({ state: 'blocked', cursor: before.cursor });
    expect(after.nextAttemptAt.getTime()).toBeLessThanOrEqual(Date.now() + 1_000);
    expect(await integrationRow(id)).toMatchObject({ version: 2, tokenLast4: '2222' });
  });

  it('records which fields changed, with old and new values but never a token; nothing when nothing changed', async () => {
    const source = await createOrganization();
    const { id } = await createIntegration(source, settings);
    await updateIntegration(source, id, { name: 'Splunk', hecUrl: settings.hecUrl, index: 'audit' });
    expect(await recordsOf(source)).toHaveLength(1);
    await updateIntegration(source, id, { name: 'Splunk EU', index: '' });
    await replaceToken(source, id, { hecToken: 'replacement-token-3333' });
    const [, changed, replaced] = await recordsOf(source);
    expect(changed).toMatchObject({
      action: 'siem.integration.update',
      targets: [{ name: 'Splunk EU' }],
      changes: [
        { field: 'name', from: 'Splunk', to: 'Splunk EU' },
        { field: 'index', from: 'audit' },
      ],
      metadata: { fields: ['name', 'index'] },
    });
    expect(replaced.metadata).toEqual({ fields: ['token'] });
    expect(JSON.stringify(replaced)).not.toContain('replacement-token');
  });
});

describe('pause, resume and deletion', () => {
  it('are recorded once, with what was waiting', async () => {
    const source = await createOrganization();
    const { id } = await createIntegration(source, settings);
    await pauseIntegration(source, id);
    await pauseIntegration(source, id);
    await act(source, 2);
    await resumeIntegration(source, id);
    await resumeIntegration(source, id);
    expect(await deleteIntegration(source, id)).toEqual({ undelivered: 5 });
    const log = await recordsOf(source);
    expect(log.map(({ action }) => action)).toEqual([
      'siem.integration.create',
      'siem.integration.pause',
      'organization.invitation.revoke',
      'organization.invitation.revoke',
      'siem.integration.resume',
      'siem.integration.delete',
    ]);
    expect(log[4].metadata).toEqual({ waiting: '4' });
    expect(log[5].metadata).toEqual({ host: 'splunk.example.com:8088', index: 'audit', undelivered: '5' });
    expect(await db().siemStream.count({ where: { integrationId: id } })).toBe(0);
  });
});

describe('another organization', () => {
  it("is told that the integration does not exist, and nothing of its owner's changes", async () => {
    const owner = await createOrganization();
    const stranger = await createOrganization();
    const { id } = await createIntegration(owner, settings);
    const before = [await integrationRow(id), await streamRow(id)];
    for (const target of [id, 'no-uuid', '00000000-0000-4000-8000-000000000000']) {
      await expect(updateIntegration(stranger, target, { name: 'Mine' })).rejects.toThrow(NotFoundError);
      await expect(replaceToken(stranger, target, { hecToken: token })).rejects.toThrow(NotFoundError);
      await expect(pauseIntegration(stranger, target)).rejects.toThrow(NotFoundError);
      await expect(resumeIntegration(stranger, target)).rejects.toThrow(NotFoundError);
      await expect(deleteIntegration(stranger, target)).rejects.toThrow(NotFoundError);
    }
    expect([await integrationRow(id), await streamRow(id)]).toEqual(before);
    expect(await recordsOf(stranger)).toEqual([]);
  });
});
