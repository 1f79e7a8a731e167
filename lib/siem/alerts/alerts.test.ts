import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditSource } from '@/lib/audit/event';
import { db } from '@/lib/db/client';
import { readMails, startMailServer, unknownMailbox } from '@/lib/mail/testing/mail-server';
import { raiseAlerts } from '@/lib/siem/alerts/raise-alerts';
import { sendAlerts } from '@/lib/siem/alerts/send-alerts';
import { pauseIntegration } from '@/lib/siem/integrations/pause-integration';
import { act, type Stage, setStage, skipWait } from '@/lib/siem/testing/stage';
import { upkeepOnce } from '@/lib/siem/upkeep/start-upkeep';
import { whatIsLost } from '@/lib/what-is-lost';
import { useDatabase } from '@/test/database';

useDatabase();

const directory = await mkdtemp(path.join(tmpdir(), 'tracekeep-alerts-'));
let server = await startMailServer({ directory });
beforeAll(() => {
  // Before the first look at the environment.
  Object.assign(process.env, { SMTP_URL: server.url, MAIL_FROM: 'audit@acme.example' });
});
afterAll(async () => {
  await server.close();
  await rm(directory, { recursive: true });
});

const forbidden = { status: 400, body: { text: 'Incorrect index', code: 7, 'invalid-event-number': 0 } };
const unknownToken = { status: 401, body: { text: 'Token is required', code: 2 } };
const busy = { status: 503, body: { text: 'Server is busy', code: 9 } };

/** The mails to the organization's admin, oldest first, after whatever is due was sent by two processes at once. */
async function mails({ actor }: AuditSource) {
  await Promise.all([sendAlerts(), sendAlerts()]);
  return readMails(directory, actor.email ?? '');
}

const subjects = async (source: AuditSource) =>
  (await mails(source)).map(({ subject }) => subject.replace(' (Acme Security)', ''));

async function fail({ splunk, id, drain }: Stage, answer: typeof forbidden | typeof busy): Promise<void> {
  splunk.answerNext(answer);
  await skipWait(id);
  expect(await drain()).toBe('waiting');
}

/** As if so much time had passed. */
async function letPass(id: string, interval: string): Promise<void> {
  await db().$executeRawUnsafe(
    `UPDATE siem_stream SET state_since = state_since - interval '${interval}',
            last_success_at = last_success_at - interval '${interval}' WHERE integration_id = '${id}'`,
  );
  await db().$executeRawUnsafe(
    `UPDATE siem_alert SET since = since - interval '${interval}', told_at = told_at - interval '${interval}'
      WHERE integration_id = '${id}'`,
  );
}

async function addPerson({ organization }: AuditSource, email: string, data = {}): Promise<string> {
  const { id } = await db().user.create({
    data: { id: randomUUID(), organizationId: organization.id, email, name: 'Ann', role: 'admin', ...data },
  });
  return id;
}

describe('admins are mailed', () => {
  it('at once when a stream is blocked, daily while it lasts, and once when it is well again', async () => {
    const stage = await setStage();
    const { source, id, drain } = stage;
    await act(source, 2);
    await fail(stage, forbidden);
    const [mail, ...more] = await mails(source);
    expect(more).toEqual([]);
    expect(mail?.subject).toBe('Sending to Splunk has stopped (Acme Security)');
    expect(mail?.text).toContain('no events of Acme Security are sent to Splunk');
    expect(mail?.text).toContain('The token may not write to the index of this integration. Add the index');
    expect(mail?.text).toContain(`4 events wait. ${whatIsLost}`);
    expect(mail?.text).toContain(`http://localhost:3000/settings/siem/splunk/${id}\n`);
    expect(mail?.html).toContain(`href="http://localhost:3000/settings/siem/splunk/${id}"`);

    await fail(stage, forbidden);
    await letPass(id, '23 hours');
    expect(await subjects(source)).toHaveLength(1);
    await letPass(id, '1 hour');
    expect((await subjects(source)).slice(1)).toEqual(['Sending to Splunk is still stopped']);

    await skipWait(id);
    expect(await drain()).toBe('caught_up');
    expect(await subjects(source)).toHaveLength(2);
    await letPass(id, '5 minutes');
    expect((await subjects(source)).slice(2)).toEqual(['Sending to Splunk is well again']);
    expect((await mails(source)).at(-1)?.text).toContain('All events are delivered; none was lost.');
    await letPass(id, '25 hours');
    expect(await subjects(source)).toHaveLength(3);
    expect(await db().siemAlert.count({ where: { integrationId: id } })).toBe(0);
  });

  it('of a degraded stream after an hour, and at once when it is then blocked', async () => {
    const stage = await setStage();
    const { source, id } = stage;
    await fail(stage, busy);
    await letPass(id, '59 minutes');
    expect(await subjects(source)).toEqual([]);
    await letPass(id, '1 minute');
    expect(await subjects(source)).toEqual(['Sending to Splunk has failed for an hour']);
    await fail(stage, busy);
    await fail(stage, forbidden);
    expect((await subjects(source)).slice(1)).toEqual(['Sending to Splunk has stopped']);
  });

  it('never twice for one cause that comes and goes, but of each other cause once', async () => {
    const stage = await setStage();
    const { source, id, drain } = stage;
    for (let n = 0; n < 3; n++) {
      await fail(stage, forbidden);
      expect(await subjects(source)).toHaveLength(1);
      await skipWait(id);
      expect(await drain()).toBe('caught_up');
      await act(source);
    }
    await fail(stage, forbidden);
    await fail(stage, unknownToken);
    await fail(stage, forbidden);
    await fail(stage, unknownToken);
    const [, second, ...more] = await mails(source);
    expect(second?.text).toContain('Splunk received no token');
    expect(more).toEqual([]);
  });

  it('by the upkeep, which runs twice a minute and at each call of a cron job', async () => {
    const stage = await setStage();
    await fail(stage, forbidden);
    await upkeepOnce();
    expect(await readMails(directory, stage.source.actor.email ?? '')).toHaveLength(1);
  });

  it('nothing of a stream that an admin has paused', async () => {
    const stage = await setStage();
    const { source, id } = stage;
    await fail(stage, forbidden);
    await subjects(source);
    await pauseIntegration(source, id);
    await letPass(id, '3 days');
    expect(await subjects(source)).toHaveLength(1);
  });
});

describe('a mail about a stream', () => {
  it('goes to the active admins of its organization only, and one refused address keeps it from nobody', async () => {
    const stage = await setStage();
    const { source } = stage;
    const mark = randomUUID().slice(0, 8);
    const address = (name: string) => `${name}-${mark}@acme.example`;
    await addPerson(source, `${unknownMailbox}${mark}@acme.example`);
    await addPerson(source, address('second'));
    await addPerson(source, address('auditor'), { role: 'auditor' });
    await addPerson(source, address('gone'), { status: 'deactivated' });
    const demoted = await addPerson(source, address('demoted'));
    const stranger = await setStage();
    await fail(stage, forbidden);
    await raiseAlerts();
    await db().user.update({ where: { id: demoted }, data: { role: 'auditor' } });
    expect(await subjects(source)).toHaveLength(1);
    expect(await readMails(directory, address('second'))).toHaveLength(1);
    for (const name of ['auditor', 'gone', 'demoted'])
      expect(await readMails(directory, address(name))).toEqual([]);
    expect(await subjects(stranger.source)).toEqual([]);
    expect(await db().siemAlertMail.count()).toBe(0);
  });

  it('holds neither the token nor the host, and names are inert in it', async () => {
    const stage = await setStage();
    const { source, splunk, id } = stage;
    await db().siemIntegration.update({
      where: { id },
      data: { name: '<b>Prod</b>\r\nBcc: x@evil.example' },
    });
    const { token } = splunk;
    await splunk.close();
    await skipWait(id);
    await stage.drain();
    await letPass(id, '1 hour');
    const [mail] = await mails(source);
    expect(mail?.text).toContain('The Splunk server refused the connection');
    expect(mail?.raw).not.toContain(token);
    expect(mail?.raw).not.toContain('127.0.0.1');
    expect(mail?.html).not.toContain('<b>');
    expect(mail?.raw.split('\r\n\r\n')[0]).not.toMatch(/^Bcc/im);
  });

  it('waits in the database while the mail server is away, and is sent once when it is back', async () => {
    const stage = await setStage();
    const { source } = stage;
    await server.close();
    await fail(stage, forbidden);
    await sendAlerts();
    const where = { integrationId: stage.id };
    expect(await db().siemAlertMail.count({ where })).toBe(1);
    server = await startMailServer({ directory, port: Number(new URL(server.url).port) });
    expect(await subjects(source)).toEqual([]);
    await db().siemAlertMail.updateMany({ where, data: { dueAt: new Date(Date.now() - 1_000) } });
    expect(await subjects(source)).toHaveLength(1);
  });

  it('is sent again under the same id when its sender died before it could note it, and is claimed for two minutes', async () => {
    const stage = await setStage();
    const { source } = stage;
    await fail(stage, forbidden);
    await raiseAlerts();
    const row = await db().siemAlertMail.findFirstOrThrow({ where: { integrationId: stage.id } });
    expect(await subjects(source)).toHaveLength(1);
    await db().siemAlertMail.create({ data: { ...row, facts: row.facts ?? {} } });
    const sent = await mails(source);
    expect(sent.map(({ raw }) => /^Message-ID: (.*)\r$/im.exec(raw)?.[1])).toEqual(
      Array(2).fill(`<${row.id}@localhost>`),
    );
    await db().siemAlertMail.create({
      data: { ...row, facts: row.facts ?? {}, dueAt: new Date(Date.now() + 100_000) },
    });
    expect(await mails(source)).toHaveLength(2);
  });
});
