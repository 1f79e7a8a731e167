import { canonicalEmail } from '@/lib/auth/email-address';
import { env } from '@/lib/env';
import { log } from '@/lib/log';
import { toMailError } from '@/lib/mail/mail-error';
import { mailTransport } from '@/lib/mail/transport';
import { cutOff } from '@/lib/net/cut-off';

/** Milliseconds for the whole conversation: a server may also be slow at each single step. */
const deadlineMs = 15_000;

export type Mail = {
  /** Canonical (lib/auth/email-address.ts). */
  to: string;
  subject: string;
  text: string;
  html: string;
  /** A UUID. A mail that is sent a second time under it is the same one to mail servers that look for doubles. */
  id?: string;
};

/**
 * Sends one mail through SMTP_URL and returns when the server has taken it. Throws a {@link MailError} when it did not;
 * whether one that was taken also arrives nobody can know. Takes 15 seconds at most.
 */
export async function sendMail({ to, subject, text, html, id }: Mail): Promise<void> {
  const { SMTP_URL, MAIL_FROM, PUBLIC_URL } = env();
  if (SMTP_URL === undefined || MAIL_FROM === undefined) throw new Error('SMTP_URL is not set');
  if (canonicalEmail(to) !== to) throw new Error('this is not one canonical address');
  const limit = cutOff(deadlineMs, undefined);
  try {
    const sending = mailTransport(SMTP_URL).sendMail({
      from: MAIL_FROM,
      to: { name: '', address: to },
      subject: oneLine(subject),
      text,
      html,
      ...(id && { messageId: `<${id}@${new URL(PUBLIC_URL).hostname}>` }),
      // Nobody's holiday notice should answer (RFC 3834).
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
    await limit.race(sending);
  } catch (error) {
    const failure = toMailError(error);
    log.warn({ code: failure.code, smtp_status: failure.smtpStatus }, 'a mail was not sent');
    throw failure;
  } finally {
    limit.release();
  }
}

/** A line break in a header would begin another header. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
