import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

/** What is written without an event of its own, file by file, and why that is no change of the business. */
const unrecorded: Record<string, string> = {
  'lib/api-keys/find-key-actor.ts': 'when a key was last used',
  'lib/audit-views/choose-default.ts': 'with which filter somebody’s own log opens',
  'lib/audit-views/delete-view.ts': 'a name for a filter; what anybody may see is the same',
  'lib/audit-views/save-view.ts': 'a name for a filter; what anybody may see is the same',
  'lib/auth/check-password.ts': 'the same password under today’s cost of hashing',
  'lib/auth/rate-limit.ts': 'counts of attempts',
  'lib/auth/renew-session.ts': 'another token for the same session, which the caller has a reason for',
  'lib/auth/sign-in-throttle.ts': 'counts of attempts',
  'lib/authentication/end-sessions.ts': 'told by the changes of the event of its caller',
  'lib/integrity/verification/cancel-verification.ts':
    'that a verification goes no further; its start is recorded',
  'lib/integrity/verification/run-verifications.ts': 'how far a verification is, and what it found',
  'lib/members/invitations/send-letters.ts': 'when a mail was taken; the invitation itself is recorded',
  'lib/scans/jobs/claim.ts': 'progress of a run, whose start and end are recorded',
  'lib/scans/jobs/recover.ts': 'progress of a run; its end is recorded by failIn',
  'lib/scans/jobs/scheduler.ts': 'when a schedule is due next; the start is recorded by beginRun',
  'lib/siem/alerts/raise-alerts.ts': 'what admins are mailed about; the stream’s own change is recorded',
  'lib/siem/alerts/send-alerts.ts': 'which mails were taken',
  'lib/siem/delivery/attempt.ts': 'how far delivery is',
  'lib/siem/delivery/lease.ts': 'who delivers',
  'lib/siem/delivery/renew-channel.ts': 'a number that Splunk wants, and nobody reads',
  'lib/siem/delivery/settle.ts': 'how far delivery is; recordStateChange records that it stopped or goes on',
  'lib/siem/integrations/retry-now.ts': 'when the next attempt is due; what comes of it is recorded',
  'lib/siem/integrations/draft.ts': 'what somebody is typing; gone within the hour',
  'lib/siem/replay/replay-attempt.ts': 'who replays',
  'lib/siem/replay/run-replay.ts': 'when a replay goes on',
  'lib/siem/replay/settle-replay.ts': 'how far a replay is, whose start is recorded',
  'lib/siem/upkeep/reconcile.ts': 'whether the events of a stream add up',
  'lib/siem/upkeep/summarize-receipts.ts': 'the same receipts in fewer rows',
  'lib/organization/create-first.ts': 'the organization begins with user.create, which addUser records',
  'lib/auth/openid/admit.ts': 'when an identity was last used; beginSession records the sign-in',
};

const byPrisma = /\b(?:tx|db\(\))\s*\.\w+\s*\.(?:create|update|delete|upsert)(?:Many)?(?:AndReturn)?\(/;
const bySql = /\b(?:INSERT INTO|UPDATE|DELETE FROM) (?:"?[a-z_]+|\$\{)/;

const product = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', 'lib', 'app', 'components'],
  { encoding: 'utf8' },
)
  .split('\n')
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|\/testing\//.test(file))
  // The log writes itself, and nothing else.
  .filter((file) => !/^lib\/(audit|db)\//.test(file))
  .map((file) => ({ file, text: withoutComments(readFileSync(file, 'utf8')) }));

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

const recording = (text: string) => /\brecordAudit\(/.test(text);
const writing = product.filter(({ text }) => byPrisma.test(text) || bySql.test(text));

/** Files that record and also write outside of a transaction, and what. */
const beside: Record<string, string> = { 'lib/auth/session.ts': 'when a session was last used' };

describe('what changes something', () => {
  test('records it, or is listed here with a reason', () => {
    const silent = writing.filter(({ text }) => !recording(text)).map(({ file }) => file);
    expect(silent.sort()).toEqual(Object.keys(unrecorded).sort());
  });

  test('writes in the transaction that records it', () => {
    const outside = /\bdb\(\)\s*\.(?:\$executeRaw|\w+\s*\.(?:create|update|delete|upsert))/;
    const loose = writing.filter(({ text }) => recording(text) && outside.test(text)).map(({ file }) => file);
    expect(loose).toEqual(Object.keys(beside));
  });

  test('is a command of lib, and no page, route or action of its own', () => {
    const elsewhere = product.filter(({ file, text }) => !file.startsWith('lib/') && changes(text));
    expect(elsewhere.map(({ file }) => file)).toEqual([]);
  });

  test('is reached from the browser by actions only, whose every export app/every-action.test.ts looks at', () => {
    const served = product.filter(({ text }) => /^\s*'use server'/m.test(text)).map(({ file }) => file);
    expect(served.filter((file) => !/^app\/(.+\/)?actions\.ts$/.test(file))).toEqual([]);
    expect(served.length).toBeGreaterThan(10);
  });
});

function changes(text: string): boolean {
  return byPrisma.test(text) || bySql.test(text) || /\b(?:withTransaction|recordAudit)\(/.test(text);
}
