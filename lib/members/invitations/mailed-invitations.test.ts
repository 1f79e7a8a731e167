import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { db } from '@/lib/db/client';
import { readMails, startMailServer, unknownMailbox } from '@/lib/mail/testing/mail-server';
import { inviteMembers } from '@/lib/members/invitations/invite-members';
import { getInvitationByToken } from '@/lib/members/invitations/received-invitation';
import { resendInvitation } from '@/lib/members/invitations/renew-invitation';
import { recordsOf } from '@/lib/members/testing/company';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';

vi.mock('next/headers', () => import('@/test/request'));

useDatabase();

const directory = await mkdtemp(path.join(tmpdir(), 'tracekeep-mail-'));
const server = await startMailServer({ directory });
beforeAll(() => {
  // Before the first look at the environment.
  Object.assign(process.env, { SMTP_URL: server.url, MAIL_FROM: 'audit@acme.example' });
});
afterAll(() => rm(directory, { recursive: true }));

async function mailsTo(email: string) {
  const mails = await readMails(directory, email);
  return mails.map((mail) => ({ ...mail, token: /\/invite\/([\w-]{43})\s/.exec(mail.text)?.[1] ?? '' }));
}

async function openInvitation(email: string) {
  return db().invitation.findFirstOrThrow({ where: { email, revokedAt: null } });
}

/** As if a minute had passed. */
const letAMinutePass = async (id: string) =>
  db().rateLimit.delete({ where: { key: `invitation-mail/${id}` } });

test('the mail says who invites to what, until when, and its link works; names and notes are inert in it', async () => {
  const admin = await createOrganization('Acme <b>"Security"</b>');
  const source = { ...admin, actor: { ...admin.actor, name: 'Eve <img src=x onerror=alert(1)>' } };
  const [invited] = await inviteMembers(source, {
    addresses: ['carol@acme.example'],
    role: 'auditor',
    note: 'See you <script>alert(1)</script>\nSoon',
  });
  expect(invited).toEqual({ email: 'carol@acme.example', outcome: 'sent' });
  const [mail, ...more] = await mailsTo('carol@acme.example');
  expect(more).toEqual([]);
  expect(mail?.subject).toBe('Eve <img src=x onerror=alert(1)> invites you to Acme <b>"Security"</b>');
  expect(mail?.text).toContain('to join Acme <b>"Security"</b> on Tracekeep as an auditor.');
  expect(mail?.text).toContain('See you <script>alert(1)</script>\nSoon');
  expect(mail?.html).not.toMatch(/<(img|script|b)\b/);
  expect(mail?.html).toContain(`href="http://localhost:3000/invite/${mail?.token}"`);
  expect(await getInvitationByToken(mail?.token ?? '')).toMatchObject({ state: 'pending' });
  const { sentAt, expiresAt } = await openInvitation('carol@acme.example');
  expect(sentAt).toBeInstanceOf(Date);
  expect(mail?.text).toContain(`${expiresAt.toISOString().slice(11, 16)} UTC`);
  const [record] = await recordsOf(admin);
  expect(record.metadata).toMatchObject({ delivery: 'mail' });
  expect(JSON.stringify(record)).not.toContain(mail?.token);
});

test('an address that the mail server refuses is told apart from the others, and its link is in the answer', async () => {
  const admin = await createOrganization();
  const addresses = [`${unknownMailbox}1@acme.example`, 'dave@acme.example'];
  const invited = await inviteMembers(admin, { addresses, role: 'member', note: null });
  expect(invited).toEqual([
    {
      email: addresses[0],
      outcome: 'unsent',
      problem: 'The mail server refused this address (550).',
      url: expect.stringMatching(/\/invite\/[\w-]{43}$/),
    },
    { email: 'dave@acme.example', outcome: 'sent' },
  ]);
  expect(await openInvitation(addresses[0] ?? '')).toMatchObject({ sentAt: null });
});

test('a mail whose sending cannot be noted takes no link away from the others', async () => {
  const admin = await createOrganization();
  await db()
    .$executeRaw`ALTER TABLE invitation ADD CONSTRAINT unnoted CHECK (email <> 'fay@acme.example' OR sent_at IS NULL)`;
  const addresses = ['fay@acme.example', `${unknownMailbox}2@acme.example`];
  const invited = await inviteMembers(admin, { addresses, role: 'member', note: null });
  await db().$executeRaw`ALTER TABLE invitation DROP CONSTRAINT unnoted`;
  expect(invited).toMatchObject([
    { email: addresses[0], outcome: 'sent' },
    { email: addresses[1], outcome: 'unsent', url: expect.any(String) },
  ]);
});

test('sending again makes a new link, kills the old one, and waits a minute between two mails', async () => {
  const admin = await createOrganization();
  const email = 'erin@acme.example';
  await inviteMembers(admin, { addresses: [email], role: 'member', note: null });
  const { id } = await openInvitation(email);
  await expect(resendInvitation(admin, id)).rejects.toMatchObject({
    message: 'A mail was sent less than a minute ago.',
    hint: expect.stringMatching(/^Send it again in (1 minute|\d+ seconds?)\.$/),
  });
  await letAMinutePass(id);
  expect(await resendInvitation(admin, id)).toEqual({ outcome: 'sent', email });
  const [first, second] = await mailsTo(email);
  expect(await getInvitationByToken(first?.token ?? '')).toBeUndefined();
  expect(await getInvitationByToken(second?.token ?? '')).toMatchObject({ id, state: 'pending' });
  expect((await recordsOf(admin)).at(-1)).toMatchObject({
    action: 'organization.invitation.resend',
    metadata: { delivery: 'mail' },
  });
});

test('when the mail server is down every invitation stands, and its link is in the answer', async () => {
  const admin = await createOrganization();
  await server.close();
  const addresses = Array.from({ length: 12 }, (_, at) => `down-${at}@acme.example`);
  const invited = await inviteMembers(admin, { addresses, role: 'member', note: null });
  expect(invited.map(({ outcome }) => outcome)).toEqual(addresses.map(() => 'unsent'));
  expect(invited[11]).toMatchObject({ problem: 'The mail server does not answer.', url: expect.any(String) });
  expect(await db().invitation.count({ where: { email: { in: addresses }, revokedAt: null } })).toBe(12);
  const { id } = await openInvitation('down-0@acme.example');
  await letAMinutePass(id);
  expect(await resendInvitation(admin, id)).toMatchObject({ outcome: 'unsent', url: expect.any(String) });
});
