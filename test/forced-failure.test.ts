import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { db } from '@/lib/db/client';
import { startMailServer } from '@/lib/mail/testing/mail-server';
import { createBoss, queueName } from '@/lib/scans/jobs/queue';
import { useDatabase } from '@/test/database';
import { delivery } from '@/test/forced-failure/delivery';
import { integrity } from '@/test/forced-failure/integrity';
import { people } from '@/test/forced-failure/people';
import { scans } from '@/test/forced-failure/scans';
import { settings } from '@/test/forced-failure/settings';
import { signInMethods } from '@/test/forced-failure/sign-in-methods';
import { type IdentityProvider, registered, startIdentityProvider } from '@/test/identity-provider';
import { receive } from '@/test/request';

vi.mock('next/headers', () => import('@/test/request'));

useDatabase();

const commands = { ...settings, ...delivery, ...integrity, ...people, ...scans, ...signInMethods };

let idp: IdentityProvider;
beforeAll(async () => {
  idp = await startIdentityProvider();
  const directory = await mkdtemp(path.join(tmpdir(), 'tracekeep-mail-'));
  const mail = await startMailServer({ directory });
  afterAll(async () => {
    await Promise.all([idp.close(), mail.close()]);
    await rm(directory, { recursive: true, force: true });
  });
  // Before anything asks for the environment, which is parsed once.
  Object.assign(process.env, {
    GOOGLE_CLIENT_ID: registered.clientId,
    GOOGLE_CLIENT_SECRET: registered.clientSecret,
    SMTP_URL: mail.url,
    MAIL_FROM: 'tracekeep@acme.example',
  });
  // The queue of scans is part of what a command changes.
  const boss = createBoss();
  await boss.start();
  await boss.createQueue(queueName, { name: queueName, policy: 'short' });
  await boss.stop({ graceful: false });
});

beforeEach(() => receive(undefined, { forget: true }));

test.each(Object.entries(commands))(
  '%s leaves nothing behind when its event cannot be written',
  async (_, prepare) => {
    const act = await prepare(idp);
    const before = await dump();
    await db().$executeRaw`ALTER TABLE audit_event ADD CONSTRAINT disk_full CHECK (false) NOT VALID`;
    try {
      await expect(act()).rejects.toThrow('disk_full');
      expect(await dump()).toEqual(before);
    } finally {
      await db().$executeRaw`ALTER TABLE audit_event DROP CONSTRAINT disk_full`;
    }

    // It was the log that failed, and nothing else: with one that can be written the same command does its work.
    await db().rateLimit.deleteMany();
    await act();
    // One command deletes events: what counts is that there is a new one.
    const known = new Set(before['public.audit_event']);
    const events = (await dump())['public.audit_event'];
    expect(events?.some((event) => !known.has(event))).toBe(true);
  },
);

/** Every row of every table, as text. Counts of attempts must stand when a transaction does not, so they are left out. */
async function dump(): Promise<Record<string, string[]>> {
  const tables = await db().$queryRaw<{ schema: string; name: string }[]>`
    SELECT schemaname AS schema, tablename AS name FROM pg_tables
     WHERE schemaname IN ('public', 'pgboss') AND tablename <> 'rate_limit' ORDER BY 1, 2`;
  const rows: Record<string, string[]> = {};
  for (const { schema, name } of tables) {
    const found = await db().$queryRawUnsafe<{ text: string }[]>(
      `SELECT t::text AS text FROM "${schema}"."${name}" AS t ORDER BY 1`,
    );
    rows[`${schema}.${name}`] = found.map(({ text }) => text);
  }
  return rows;
}

/** Functions of files with a transaction that are no commands of their own, and why. */
const others: Record<string, string> = {
  beginSession: 'acts in the transaction of startSession and admit',
  findActor: 'reads, and notes when a session was last used',
  listSessions: 'reads',
  endOtherSessionsIn: 'acts in the transaction of updatePassword',
  endSessionsOf: 'acts in the transaction of deactivateMember and revokeMemberSessions',
  listOwnProviders: 'reads',
  scanner: 'names an actor',
  failIn: 'acts in the transaction of failRun and recoverRuns',
  sweepQueued: 'gives a waiting run its job again',
  claimRun: 'progress of a run, whose start and end are recorded',
  beat: 'progress of a run',
  saveStep: 'progress of a run',
  letGo: 'progress of a run',
  giveBack: 'progress of a run',
  parseSchedule: 'reads what was typed',
  saveView: 'a name for a filter, which is not recorded',
  changeView: 'a name for a filter, which is not recorded',
  deleteView: 'a name for a filter, which is not recorded',
  recordDisabled: 'acts in the transaction of disableMethod and deleteOidc',
};

test('every command of lib was forced to fail', () => {
  const sources = readdirSync('lib', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|testing\/|^db\/|^audit\//.test(file))
    .map((file) => readFileSync(path.join('lib', file), 'utf8'))
    .filter((text) => text.includes('withTransaction('));
  const exported = sources.flatMap((text) =>
    [...text.matchAll(/^export (?:async )?function (\w+)/gm)].map(([, name = '']) => name),
  );
  const forced = Object.keys(commands).map((name) => name.split(',')[0]);
  expect([...new Set([...forced, ...Object.keys(others)])].sort()).toEqual(exported.sort());
});
