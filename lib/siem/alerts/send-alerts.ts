import { db } from '@/lib/db/client';
import { log } from '@/lib/log';
import { MailError } from '@/lib/mail/mail-error';
import { sendMail } from '@/lib/mail/send-mail';
import { isMailConfigured } from '@/lib/mail/transport';
import { meter } from '@/lib/metrics';
import { alertFactsSchema } from '@/lib/siem/alerts/alert-facts';
import { alertMail } from '@/lib/siem/alerts/alert-mail';
import { raiseAlerts } from '@/lib/siem/alerts/raise-alerts';

const mails = meter(
  'tracekeep_siem_alert_mails_total',
  'Mails about delivery by what came of them: sent, refused for their address, or not taken by the mail server.',
);

type Claimed = {
  id: string;
  facts: unknown;
  to: string;
  /** Still somebody who is to know. */
  wanted: boolean;
  integrationId: string;
  integrationName: string;
  organizationName: string;
  eventUrl: string;
};

/**
 * Mails the admins what they have to know of their streams (lib/siem/alerts/raise-alerts.ts). Any number of processes may
 * do this: each mail is claimed in the database first, for two minutes. One that the server did not take is tried again
 * after a minute, also by another process or after a restart. One is sent twice only when its sender was killed between
 * the server's answer and the note of it, and then as the same message. Without a mail server it does nothing.
 */
export async function sendAlerts(signal?: AbortSignal): Promise<void> {
  if (!isMailConfigured()) return;
  await raiseAlerts();
  while (!signal?.aborted) {
    const mail = await claim();
    if (!mail || !(await send(mail))) return;
  }
}

/** Whether to go on: a server that takes none of the one will take none of the others. */
async function send({ id, facts, to, wanted, integrationId, ...about }: Claimed): Promise<boolean> {
  // What another version of the program wrote and this one cannot read is dropped: the daily mail follows.
  const parsed = alertFactsSchema.safeParse(facts);
  try {
    if (wanted && parsed.success) {
      await sendMail({ id, to, ...alertMail(parsed.data, { integrationId, ...about }) });
      mails.add({ outcome: 'sent' });
    }
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    const refused = error.concerns === 'recipient';
    mails.add({ outcome: refused ? 'refused' : 'failed' });
    const entry = { integrationId, mailId: id, smtp_status: error.smtpStatus };
    if (refused)
      log.warn(entry, 'the mail server refused the address of an admin who was to know of a stream');
    else {
      log.warn(entry, 'an admin was not mailed about a stream; it is tried again');
      await db().$executeRaw`
        UPDATE siem_alert_mail SET due_at = clock_timestamp() + interval '1 minute' WHERE id = ${id}::uuid`;
      return false;
    }
  }
  await db().siemAlertMail.deleteMany({ where: { id } });
  return true;
}

async function claim(): Promise<Claimed | undefined> {
  const [row] = await db().$queryRaw<Claimed[]>`
    UPDATE siem_alert_mail m SET due_at = clock_timestamp() + interval '2 minutes'
      FROM app_user u, siem_integration i, organization o
     WHERE m.id = (SELECT id FROM siem_alert_mail WHERE due_at <= clock_timestamp()
                    ORDER BY created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
       AND u.id = m.user_id AND i.id = m.integration_id AND o.id = i.organization_id
    RETURNING m.id, m.facts, u.email AS "to", u.role = 'admin' AND u.status = 'active' AS wanted,
              i.id AS "integrationId", i.name AS "integrationName", o.name AS "organizationName",
              i.event_url AS "eventUrl"`;
  return row;
}
