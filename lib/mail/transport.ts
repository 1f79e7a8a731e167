import { createTransport, type Transporter } from 'nodemailer';
import { env, isLoopbackHost } from '@/lib/env';

/** Whether this installation can send mail: SMTP_URL and MAIL_FROM are set. */
export function isMailConfigured(): boolean {
  return env().SMTP_URL !== undefined;
}

/** Milliseconds. Somebody waits for the page: a server that is silent for this long is not there. */
const answerTimeoutMs = 5_000;
const silenceTimeoutMs = 10_000;

/**
 * The mail server of SMTP_URL; each mail has a connection of its own. Only what the address says is taken from it: the
 * library's own options in its query could turn the verification of certificates off. Without TLS nothing is sent to
 * another machine unless ALLOW_PLAIN_HTTP says that clear text is fine; on this machine, where certificates are
 * nobody's, TLS is not asked for.
 */
export function mailTransport(smtpUrl: string): Transporter {
  const { protocol, hostname, port, username, password } = new URL(smtpUrl);
  const secure = protocol === 'smtps:';
  const local = isLoopbackHost(hostname);
  return createTransport({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    ignoreTLS: local,
    requireTLS: !secure && !local && !env().ALLOW_PLAIN_HTTP,
    ...(username !== '' && { auth: { user: decode(username), pass: decode(password) } }),
    connectionTimeout: answerTimeoutMs,
    greetingTimeout: answerTimeoutMs,
    dnsTimeout: answerTimeoutMs,
    socketTimeout: silenceTimeoutMs,
    // A mail consists of the text that is handed over, never of a file or an address that the text might name.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** A password with a bare % in it is taken as it stands. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
