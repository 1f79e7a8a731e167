import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { z } from 'zod';

type MailServer = {
  /** For SMTP_URL, without user name and password. */
  url: string;
  close(): Promise<void>;
};

type Options = {
  /** Each mail becomes a file here, where another process may read it ({@link readMails}). */
  directory: string;
  /** What somebody has to know to send; anybody may without it. */
  login?: { user: string; password: string };
  /** Where one that was away comes back; any free one unless given. */
  port?: number;
};

/** Addresses at which this server has nobody. */
export const unknownMailbox = 'nobody-here-';

/** A real SMTP server on loopback. It takes every mail but those to {@link unknownMailbox}. */
export async function startMailServer({ directory, login, port: wanted = 0 }: Options): Promise<MailServer> {
  await mkdir(directory, { recursive: true });
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: login === undefined,
    allowInsecureAuth: true,
    onAuth({ username, password }, _session, answer) {
      const right = username === login?.user && password === login?.password;
      // As some servers do: the refusal quotes what it refuses.
      return right ? answer(null, { user: username }) : answer(new Error(`${username}:${password} is wrong`));
    },
    onRcptTo({ address }, _session, answer) {
      const unknown = address.startsWith(unknownMailbox);
      answer(unknown ? Object.assign(new Error('no such mailbox'), { responseCode: 550 }) : null);
    },
    onData(stream, { envelope }, answer) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = envelope.rcptTo.map(({ address }) => address);
        keep(directory, { to, raw: Buffer.concat(chunks).toString('utf8') }).then(() => answer(), answer);
      });
    },
  });
  // Clients that go away in the middle are not this server's fault.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(wanted, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

const fileSchema = z.object({ to: z.array(z.string()), raw: z.string() });

/** A reader sees a mail whole or not at all. */
async function keep(directory: string, mail: z.infer<typeof fileSchema>): Promise<void> {
  const file = path.join(directory, `${process.hrtime.bigint()}-${randomUUID()}`);
  await writeFile(file, JSON.stringify(mail));
  await rename(file, `${file}.json`);
}

/** A mail as its reader's program shows it, and its source. */
export type ReceivedMail = {
  to: string[];
  from: string;
  subject: string;
  text: string;
  html: string;
  raw: string;
};

/** The mails to an address, oldest first. */
export async function readMails(directory: string, to: string): Promise<ReceivedMail[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.json')).sort();
  const mails = await Promise.all(
    names.map(async (name) =>
      fileSchema.parse(JSON.parse(await readFile(path.join(directory, name), 'utf8'))),
    ),
  );
  const own = mails.filter((mail) => mail.to.includes(to));
  return Promise.all(
    own.map(async (mail) => {
      const { from, subject = '', text = '', html } = await simpleParser(mail.raw);
      return { ...mail, from: from?.text ?? '', subject, text, html: html || '' };
    }),
  );
}
