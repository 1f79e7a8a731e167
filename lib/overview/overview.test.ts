import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type EventDraft, insertEvents } from '@/e2e/audit-events';
import type { AuditSource } from '@/lib/audit/event';
import { db } from '@/lib/db/client';
import { pool } from '@/lib/db/pool';
import { countDailyEvents } from '@/lib/overview/daily-events';
import { listExpiringKeys } from '@/lib/overview/expiring-keys';
import { countFailedSignIns } from '@/lib/overview/failed-sign-ins';
import { countOpenInvitations } from '@/lib/overview/open-invitations';
import { listScanResults } from '@/lib/overview/scan-results';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';

useDatabase();

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const fromNow = (ms: number) => new Date(Date.now() + ms);

const record = ({ organization }: AuditSource, drafts: EventDraft[]) =>
  insertEvents(async (sql, values) => (await pool().query(sql, values)).rows, organization, drafts);

const failedSignIn = (time: Date): EventDraft => ({
  time,
  action: 'user.login_failed',
  outcome: 'failure',
  metadata: { method: 'email', reason: 'wrong_password' },
});

describe('events per day', () => {
  test('belong to the days of the reader’s zone, also where summer time makes one longer', async () => {
    const source = await createOrganization();
    // In Berlin the 25th of October 2026 has 25 hours: from 22:00 to 23:00 in UTC.
    const times = ['10-24T21:59:59', '10-24T22:00:00', '10-25T12:00:00', '10-25T22:59:59', '10-25T23:00:00'];
    await record(source, [
      ...times.map((time) => ({ time: new Date(`2026-${time}Z`) })),
      failedSignIn(new Date('2026-10-25T23:00:01Z')),
    ]);
    const now = new Date('2026-10-26T10:00:00Z');
    const counted = await countDailyEvents(source.organization.id, { zone: 'Europe/Berlin', days: 3, now });
    const days = [
      { from: at('10-23T22'), to: at('10-24T22'), total: 1, failed: 0 },
      { from: at('10-24T22'), to: at('10-25T23'), total: 3, failed: 0 },
      { from: at('10-25T23'), to: at('10-26T23'), total: 2, failed: 1 },
    ];
    expect(counted).toEqual({ days, capped: false });
    const inUtc = await countDailyEvents(source.organization.id, { zone: 'UTC', days: 3, now });
    expect(inUtc.days.map(({ total }) => total)).toEqual([2, 4, 0]);
    // No more than a bounded number is counted, the newest; what is not is not shown as nothing.
    const newest = { zone: 'Europe/Berlin', days: 3, now, limit: 4 };
    expect(await countDailyEvents(source.organization.id, newest)).toEqual({
      days: [{ ...days[1], total: 2 }, days[2]],
      capped: true,
    });
  });

  const at = (hour: string) => new Date(`2026-${hour}:00:00Z`);

  test('of other organizations and other times do not count, and a day without any is there', async () => {
    const source = await createOrganization();
    await record(await createOrganization(), [{}]);
    await record(source, [{ time: fromNow(-20 * dayMs) }]);
    const { days } = await countDailyEvents(source.organization.id, { zone: 'Asia/Tokyo', days: 14 });
    expect(days).toHaveLength(14);
    expect(days.every(({ total, failed }) => total === 0 && failed === 0)).toBe(true);
    expect(days.at(-1)?.to.getTime()).toBeGreaterThan(Date.now());
  });
});

test('failed sign-ins are counted for the last day and the one before it, of one organization', async () => {
  const source = await createOrganization();
  await record(await createOrganization(), [failedSignIn(fromNow(-hourMs))]);
  await record(source, [
    ...[-49, -47, -25].map((hours) => failedSignIn(fromNow(hours * hourMs))),
    ...[-23, -2, -1].map((hours) => failedSignIn(fromNow(hours * hourMs))),
    { time: fromNow(-hourMs), action: 'user.login', metadata: { method: 'email' } },
  ]);
  expect(await countFailedSignIns(source.organization.id)).toEqual({ lastDay: 3, dayBefore: 2 });
});

describe('API keys', () => {
  const add = async ({ organization, actor }: AuditSource, name: string, data: object) => {
    await db().apiKey.create({
      data: {
        id: randomUUID(),
        organizationId: organization.id,
        name,
        prefix: randomUUID(),
        secretHash: randomBytes(32),
        scopes: [],
        createdById: actor.id ?? '',
        createdByName: 'Alice Fox',
        ...data,
      },
    });
  };

  test('that end soon are named, and those that ended while something used them', async () => {
    const source = await createOrganization();
    const soon = fromNow(3 * dayMs);
    await add(source, 'for ever', {});
    await add(source, 'in three weeks', { expiresAt: fromNow(21 * dayMs) });
    await add(source, 'revoked', { expiresAt: soon, revokedAt: new Date() });
    await add(source, 'expired, never used', { expiresAt: fromNow(-dayMs) });
    await add(source, 'expired long ago', {
      expiresAt: fromNow(-20 * dayMs),
      lastUsedAt: fromNow(-20 * dayMs),
    });
    expect(await listExpiringKeys(source.organization.id)).toEqual([]);

    await add(source, 'soon', { expiresAt: soon });
    await add(source, 'missed', { expiresAt: fromNow(-dayMs), lastUsedAt: fromNow(-2 * dayMs) });
    await add(await createOrganization(), 'of others', { expiresAt: soon });
    expect(await listExpiringKeys(source.organization.id)).toMatchObject([
      { name: 'missed', expired: true },
      { name: 'soon', expired: false, expiresAt: soon },
    ]);
  });

  test('of a deactivated person are dead already', async () => {
    const source = await createOrganization();
    await add(source, 'soon', { expiresAt: fromNow(dayMs) });
    await db().user.updateMany({
      where: { organizationId: source.organization.id },
      data: { status: 'deactivated' },
    });
    expect(await listExpiringKeys(source.organization.id)).toEqual([]);
  });
});

test('invitations wait until they are accepted, revoked or expired', async () => {
  const source = await createOrganization();
  const invite = (
    { organization }: AuditSource,
    data: { expiresAt: Date; acceptedAt?: Date; revokedAt?: Date },
  ) =>
    db().invitation.create({
      data: {
        id: randomUUID(),
        organizationId: organization.id,
        email: `${randomUUID()}@partner.example`,
        role: 'member',
        tokenHash: randomBytes(32),
        invitedById: randomUUID(),
        invitedByName: 'Alice Fox',
        ...data,
      },
    });
  await invite(source, { expiresAt: fromNow(dayMs), acceptedAt: new Date() });
  await invite(source, { expiresAt: fromNow(dayMs), revokedAt: new Date() });
  await invite(source, { expiresAt: fromNow(-1) });
  expect(await countOpenInvitations(source.organization.id)).toEqual({ pending: 0, nextExpiry: null });

  const nextExpiry = fromNow(2 * dayMs);
  await invite(source, { expiresAt: fromNow(3 * dayMs) });
  await invite(source, { expiresAt: nextExpiry });
  await invite(await createOrganization(), { expiresAt: fromNow(dayMs) });
  expect(await countOpenInvitations(source.organization.id)).toEqual({ pending: 2, nextExpiry });
});

test('each scan is told by its last run that came to an end: what failed first, then what is new', async () => {
  const source = await createOrganization();
  const organizationId = source.organization.id;
  const scan = async (name: string, ...runs: object[]) => {
    const id = randomUUID();
    await db().scan.create({
      data: { id, organizationId, name, targetUrl: 'https://acme.example', createdByName: 'Alice Fox' },
    });
    for (const [at, run] of runs.entries()) {
      const createdAt = fromNow((at - runs.length) * hourMs);
      await db().scanRun.create({
        data: {
          id: randomUUID(),
          organizationId,
          scanId: id,
          trigger: 'manual',
          createdAt,
          finishedAt: createdAt,
          ...run,
        },
      });
    }
  };
  const finished = (newFindings: number) => ({
    status: 'finished',
    grade: 'B',
    findingCount: 3,
    newFindings,
  });
  const failed = { status: 'failed', reason: 'The target did not answer.' };
  await scan('never run');
  await scan('quiet', failed, finished(0));
  await scan('newer', finished(0), finished(2), { status: 'running', finishedAt: null });
  await scan('broken', finished(4), failed, { status: 'stopped' });
  await scan('settled', finished(4), finished(0), finished(0));

  expect(await listScanResults(organizationId)).toMatchObject([
    { name: 'broken', status: 'failed', reason: 'The target did not answer.', newFindings: null },
    { name: 'newer', status: 'finished', grade: 'B', findings: 3, newFindings: 2 },
    { name: 'settled', status: 'finished', newFindings: 0 },
    { name: 'quiet', status: 'finished', newFindings: 0 },
    { name: 'never run', status: null, endedAt: null },
  ]);
  expect(await listScanResults((await createOrganization()).organization.id)).toEqual([]);
});
