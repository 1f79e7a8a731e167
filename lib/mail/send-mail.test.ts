import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { Mail } from '@/lib/mail/send-mail';
import { readMails, startMailServer, unknownMailbox } from '@/lib/mail/testing/mail-server';
import { rawServer } from '@/lib/net/testing/loopback-server';
import { pem } from '@/lib/net/testing/tls-files';

const directory = await mkdtemp(path.join(tmpdir(), 'tracekeep-mail-'));
afterAll(() => rm(directory, { recursive: true }));

// The environment is read once, so each test loads the modules anew.
beforeEach(() => {
  vi.resetModules();
  vi.stubEnv('MAIL_FROM', 'Tracekeep <audit@acme.example>');
  return () => vi.unstubAllEnvs();
});

const mail = (to: string, rest: Partial<Mail> = {}): Mail => ({
  to,
  subject: 'Hello',
  text: 'In plain text',
  html: '<p>In HTML</p>',
  ...rest,
});

/** Sends through this server; what is thrown is returned, together with all that was logged. */
async function send(smtpUrl: string, what: Mail): Promise<{ error: unknown; heard: string }> {
  vi.stubEnv('SMTP_URL', smtpUrl);
  const { log } = await import('@/lib/log');
  const { sendMail } = await import('@/lib/mail/send-mail');
  const warn = vi.spyOn(log, 'warn');
  const error = await sendMail(what).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { error, heard: inspect([error, warn.mock.calls], { depth: 10, showHidden: true }) };
}

async function mailServer(login?: { user: string; password: string }) {
  const server = await startMailServer({ directory, ...(login && { login }) });
  onTestFinished(server.close);
  return server;
}

const failure = (concerns: 'server' | 'recipient', message: string) =>
  expect.objectContaining({ name: 'MailError', concerns, message });

test('a mail arrives as plain text and as HTML, from MAIL_FROM, and asks for no automatic answer', async () => {
  const { url } = await mailServer();
  expect((await send(url, mail('carol@acme.example', { subject: 'Grüße, 東京' }))).error).toBeUndefined();
  const [received, ...more] = await readMails(directory, 'carol@acme.example');
  expect(more).toEqual([]);
  expect(received).toMatchObject({ subject: 'Grüße, 東京', text: 'In plain text', html: '<p>In HTML</p>' });
  expect(received?.from).toBe('"Tracekeep" <audit@acme.example>');
  expect(received?.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m);
});

test.each(['\r\nBcc: evil@evil.example', '\nBcc: evil@evil.example', '\u2028Bcc: x@evil.example', '\0x'])(
  'a subject with %j stays one header',
  async (injection) => {
    const { url } = await mailServer();
    const to = `dave-${injection.length}@acme.example`;
    expect((await send(url, mail(to, { subject: `Hi${injection}` }))).error).toBeUndefined();
    const [received] = await readMails(directory, to);
    expect(received?.to).toEqual([to]);
    expect(received?.subject).toMatch(/^Hi /);
    expect(received?.raw.split('\r\n\r\n')[0]).not.toMatch(/^Bcc/im);
    expect(await readMails(directory, 'evil@evil.example')).toEqual([]);
  },
);

test.each([
  'a@acme.example, b@acme.example',
  'a@acme.example\r\nBcc: b@acme.example',
  '"x" <a@acme.example>',
  'A@acme.example',
  'a＠acme.example',
  '',
])('%j is not one canonical address, so nothing is sent', async (to) => {
  const { url } = await mailServer();
  const { error } = await send(url, mail(to));
  expect(String(error)).toContain('not one canonical address');
});

test('a refused address concerns only this mail', async () => {
  const { url } = await mailServer();
  const { error } = await send(url, mail(`${unknownMailbox}1@acme.example`));
  expect(error).toEqual(failure('recipient', 'The mail server refused this address (550).'));
});

test('user name and password of SMTP_URL are used, and never surface, even if the server quotes them', async () => {
  const login = { user: 'audit@acme', password: 'canary %/:@ password' };
  const { url } = await mailServer(login);
  const withLogin = (password: string) =>
    url.replace('//', `//${encodeURIComponent(login.user)}:${encodeURIComponent(password)}@`);
  expect((await send(withLogin(login.password), mail('erin@acme.example'))).error).toBeUndefined();

  vi.resetModules();
  const wrong = 'canary-of-a-wrong-password';
  const { error, heard } = await send(withLogin(wrong), mail('erin@acme.example'));
  expect(error).toEqual(
    failure('server', 'The mail server refused the user name or the password of SMTP_URL.'),
  );
  expect(heard).toContain('EAUTH');
  expect(heard).not.toContain(wrong);
  expect(heard).not.toContain(login.user);
});

test('a server that is not there, that is silent, or whose certificate nobody trusts is told apart in words', async () => {
  const gone = await rawServer((socket) => socket.destroy());
  expect((await send(`smtp://127.0.0.1:${gone.port}`, mail('x@acme.example'))).error).toEqual(
    failure('server', 'The mail server does not answer.'),
  );
  vi.resetModules();
  const untrusted = await rawServer((socket) => socket.write('220 hello\r\n'), {
    key: pem('self-signed'),
    cert: pem('self-signed'),
  });
  expect((await send(`smtps://127.0.0.1:${untrusted.port}`, mail('x@acme.example'))).error).toEqual(
    failure('server', 'The mail server offers no encryption that can be trusted.'),
  );
  vi.resetModules();
  const silent = await rawServer(() => undefined);
  expect((await send(`smtp://127.0.0.1:${silent.port}`, mail('x@acme.example'))).error).toEqual(
    failure('server', 'The mail server does not answer.'),
  );
});

test('another machine gets mail over TLS only, whatever the address asks for', async () => {
  const { mailTransport } = await import('@/lib/mail/transport');
  const options = (url: string) => ({ ...mailTransport(url).options });
  expect(options('smtp://u:p@mail.acme.example?ignoreTLS=true&tls.rejectUnauthorized=false')).toMatchObject({
    host: 'mail.acme.example',
    port: 587,
    secure: false,
    requireTLS: true,
    ignoreTLS: false,
  });
  expect(options('smtps://mail.acme.example?tls.rejectUnauthorized=false')).not.toHaveProperty('tls');
  expect(options('smtps://mail.acme.example')).toMatchObject({ port: 465, secure: true });
  expect(options('smtp://[::1]:2525')).toMatchObject({ host: '::1', port: 2525, requireTLS: false });
});
