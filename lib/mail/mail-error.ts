import { codeOf } from '@/lib/net/error-code';

/**
 * A mail that was not sent. The message is for the person who wanted to send it. Nothing of the library's error is
 * kept: a mail server may quote the password that it refuses.
 */
export class MailError extends Error {
  override readonly name = 'MailError';

  constructor(
    message: string,
    /** Whether only this address is concerned; else the next mail would fare no better. */
    readonly concerns: 'recipient' | 'server',
    /** nodemailer's code, and the status of SMTP where the server gave one. For the log. */
    readonly code: string,
    readonly smtpStatus: number | undefined,
  ) {
    super(message);
  }
}

const unreachable = 'The mail server does not answer.';
const words: Record<string, string> = {
  EDNS: 'The name of the mail server is not known.',
  ECONNECTION: unreachable,
  ETIMEDOUT: unreachable,
  ESOCKET: unreachable,
  ERR_DEADLINE: unreachable,
  // What nodemailer throws without a code is a connection that was closed on it.
  UNKNOWN: unreachable,
  ETLS: 'The mail server offers no encryption that can be trusted.',
  EAUTH: 'The mail server refused the user name or the password of SMTP_URL.',
};

/** What nodemailer throws, in words of ours. */
export function toMailError(error: unknown): MailError {
  const found = codeOf(error);
  const code = found === 'ESOCKET' && isAboutTls(error) ? 'ETLS' : found;
  const status = member(error, 'responseCode');
  const smtpStatus = typeof status === 'number' ? status : undefined;
  const answer = smtpStatus === undefined ? '' : ` (${smtpStatus})`;
  if (code === 'EENVELOPE' && member(error, 'command') === 'RCPT TO') {
    return new MailError(`The mail server refused this address${answer}.`, 'recipient', code, smtpStatus);
  }
  const message = words[code] ?? `The mail server refused the mail${answer}.`;
  return new MailError(message, 'server', code, smtpStatus);
}

/** nodemailer calls a certificate that cannot be verified ESOCKET, like a connection that was cut. */
function isAboutTls(error: unknown): boolean {
  return error instanceof Error && /certificate|\bTLS\b|\bSSL\b|altnames/i.test(error.message);
}

function member(error: unknown, name: 'responseCode' | 'command'): unknown {
  return typeof error === 'object' && error !== null
    ? Object.getOwnPropertyDescriptor(error, name)?.value
    : undefined;
}
