import { db } from '@/lib/db/client';
import { log } from '@/lib/log';
import { MailError } from '@/lib/mail/mail-error';
import { sendMail } from '@/lib/mail/send-mail';
import { invitationMail, type Letter } from '@/lib/members/invitations/invitation-mail';

/** Conversations with the mail server at once: fifty mails within a few seconds, and no more than small servers allow. */
const atOnce = 5;

export type SentLetter = Letter & { tokenHash: Uint8Array<ArrayBuffer> };

/**
 * Sends letters after the commit of their invitations and notes which the server took. Returns why the others were not
 * sent, by address. Once the server itself fails, the rest is not tried: whoever waits would wait for each of them.
 */
export async function sendLetters(letters: readonly SentLetter[]): Promise<Map<string, string>> {
  const problems = new Map<string, string>();
  const waiting = letters.values();
  let outage: MailError | undefined;

  const work = async () => {
    for (const letter of waiting) {
      const failure = outage ?? (await send(letter));
      if (!failure) continue;
      if (failure.concerns === 'server') outage = failure;
      problems.set(letter.to, failure.message);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return problems;
}

async function send(letter: SentLetter): Promise<MailError | undefined> {
  try {
    await sendMail(invitationMail(letter));
  } catch (error) {
    if (error instanceof MailError) return error;
    throw error;
  }
  // Only for the link that was sent: the invitation may have another one meanwhile.
  try {
    await db()
      .$executeRaw`UPDATE invitation SET sent_at = clock_timestamp() WHERE token_hash = ${letter.tokenHash}`;
  } catch (error) {
    // The letter is on its way, and whoever invited is to see the links of the others.
    log.error({ err: error }, 'that an invitation was sent could not be noted');
  }
  return undefined;
}
