import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expectAccessible } from '@/e2e/accessible';
import { refusal } from '@/e2e/furnished';
import { accept, expect, expectStatus, linkIn, mailsTo, password, test } from '@/e2e/members';
import { sharedStack } from '@/e2e/stack';
import { unknownMailbox } from '@/lib/mail/testing/mail-server';

test.describe.configure({ mode: 'parallel' });

const members = '/settings/members';
const guest = (name: string) => `${name}-${randomUUID().slice(0, 8)}@partner.example`;

async function invite(page: Page, addresses: string, role = 'member'): Promise<void> {
  await page.goto(`${members}/invite`);
  await page.getByLabel('E-mail addresses').fill(addresses);
  await page.getByLabel('Role').selectOption(role);
  await page.getByRole('button', { name: 'Send invitations' }).click();
}

/** What became of an address, in the list of results. */
const resultOf = (page: Page, email: string) => page.getByRole('listitem').filter({ hasText: email });

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('two people are invited, get a mail each, and one follows its link to an account and into the console', async ({
      adminPage: page,
      anotherBrowser,
      admin,
      records,
      extraHTTPHeaders,
    }) => {
      const [carol, dave] = [guest('carol'), guest('dave')];
      await invite(page, `Carol Diaz <${carol.toUpperCase()}>; ${dave}\n${admin.email}, ${dave}`, 'auditor');
      await expect(page.getByRole('status').first()).toContainText('2 people are invited.');
      await expect(resultOf(page, carol)).toContainText('Invitation sent');
      await expect(resultOf(page, dave)).toContainText('Invitation sent');
      await expect(resultOf(page, admin.email)).toContainText('Already a member');
      await expect(page.getByRole('textbox')).toHaveCount(0);
      const actor = { type: 'user', id: admin.id, name: admin.name, email: admin.email, role: 'admin' };
      const created = (await records()).slice(-2);
      expect(created).toMatchObject(
        [carol, dave].map((name) => ({
          action: 'organization.invitation.create',
          actor,
          targets: [{ type: 'invitation', name }],
          metadata: { role: 'auditor', delivery: 'mail' },
          context: { ip: extraHTTPHeaders?.['x-forwarded-for'], origin: 'console' },
        })),
      );
      await page.getByRole('link', { name: 'Go to invitations' }).click();
      await expect(page.getByRole('table').getByRole('row')).toHaveCount(3);

      const [mail] = await mailsTo(carol);
      await mailsTo(dave);
      expect(mail).toMatchObject({ to: [carol], subject: 'Alice Fox invites you to Acme Security' });
      expect(mail?.html).toContain('Accept the invitation');
      if (!mail) throw new Error('no mail');
      const link = linkIn(mail);

      const theirs = await anotherBrowser();
      // Programs that look at links in mails come first, and change nothing.
      for (const method of ['get', 'head'] as const) {
        expect((await theirs.request[method](link)).status(), method).toBe(200);
      }
      await theirs.goto(link);
      await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('Join Acme Security');
      await expect(theirs.getByRole('main')).toContainText(
        `Alice Fox invited ${carol} to join Acme Security as an auditor.`,
      );
      await expect(theirs.getByLabel('E-mail address')).toHaveValue(carol);
      await theirs.getByLabel('Your name').fill('Carol <script>alert(1)</script>');
      await theirs.getByLabel('Password', { exact: true }).fill('AcmeSecurity2026');
      await theirs.getByRole('button', { name: 'Create account and sign in' }).click();
      await expect(refusal(theirs)).toContainText('This is easy to guess');
      await expect(theirs.getByLabel('Your name')).toHaveValue('Carol <script>alert(1)</script>');
      await theirs.getByLabel('Your name').fill('Carol O’Neil <b>');
      await theirs.getByLabel('Password', { exact: true }).fill(password);
      await theirs.getByRole('button', { name: 'Create account and sign in' }).click();
      await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('Overview');
      await expect(theirs.getByRole('link', { name: 'Audit Log', exact: true })).toBeVisible();
      await expect(theirs.getByRole('link', { name: 'Members' })).toHaveCount(0);

      const [accepted, added, login] = (await records()).slice(-3);
      const theirActor = {
        type: 'user',
        id: login?.actor.id,
        name: 'Carol O’Neil <b>',
        email: carol,
        role: 'auditor',
      };
      expect(accepted).toMatchObject({
        action: 'organization.invitation.accept',
        actor: theirActor,
        targets: [{ type: 'invitation', id: created[0]?.targets[0]?.id, name: carol }],
        metadata: { role: 'auditor' },
        context: { origin: 'console' },
      });
      expect(added).toMatchObject({
        action: 'user.create',
        actor: theirActor,
        targets: [{ type: 'user', id: login?.actor.id, name: 'Carol O’Neil <b>' }],
        metadata: { role: 'auditor', via: 'invitation' },
      });
      expect(login).toMatchObject({ action: 'user.login', actor: theirActor });

      const response = await (await anotherBrowser()).goto(link);
      expect(response?.status()).toBe(410);
      expect(await response?.text()).toContain('This invitation was used');
      await page.goto(members);
      await expect(page.getByRole('table').getByRole('link', { name: 'Carol O’Neil <b>' })).toBeVisible();
    });

    test('a new link kills the one before, a revoked one is dead, and the copied one is shown once', async ({
      adminPage: page,
      anotherBrowser,
      query,
      records,
    }) => {
      const erin = guest('erin');
      await invite(page, erin);
      await expect(resultOf(page, erin)).toContainText('Invitation sent');
      const first = linkIn((await mailsTo(erin))[0] ?? fail());
      await page.goto(`${members}?tab=invitations`);
      await page.getByRole('table').getByRole('link', { name: erin }).click();

      await page.getByRole('button', { name: 'Send again' }).click();
      await expect(refusal(page)).toContainText(
        /A mail was sent less than a minute ago\. Send it again in (\d+ seconds?|1 minute)\./,
      );
      const id = page.url().split('/').at(-1);
      await query('DELETE FROM rate_limit WHERE key = $1', [`invitation-mail/${id}`]);
      await page.getByRole('button', { name: 'Send again' }).click();
      await expectStatus(page, `A new invitation was sent to ${erin}.`);
      const second = linkIn((await mailsTo(erin, 2))[1] ?? fail());

      await page.getByRole('button', { name: 'Make a link to copy' }).click();
      await expectStatus(page, 'Copy this link now; it is not shown again.');
      const third = await page.getByLabel(`Link for ${erin}`).inputValue();
      const invitation = page.url();
      await page.goto(invitation);
      expect((await page.content()).includes(third)).toBe(false);
      expect((await records()).slice(-2)).toMatchObject([
        {
          action: 'organization.invitation.resend',
          metadata: { delivery: 'mail' },
          targets: [{ name: erin }],
        },
        {
          action: 'organization.invitation.resend',
          metadata: { delivery: 'link' },
          targets: [{ name: erin }],
        },
      ]);

      const theirs = await anotherBrowser();
      for (const dead of [first, second]) {
        expect((await theirs.goto(dead))?.status()).toBe(404);
        await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('This link does not work');
        expect((await theirs.content()).includes(erin)).toBe(false);
      }
      await theirs.goto(third);
      await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('Join Acme Security');

      await page.getByRole('link', { name: 'Revoke', exact: true }).click();
      await page.getByRole('button', { name: 'Revoke invitation' }).click();
      await expectStatus(page, 'The invitation was revoked.');
      expect((await records()).at(-1)).toMatchObject({
        action: 'organization.invitation.revoke',
        targets: [{ type: 'invitation', name: erin }],
      });
      // Whoever had the form open gets no further.
      await theirs.getByLabel('Your name').fill('Erin');
      await theirs.getByLabel('Password', { exact: true }).fill(password);
      await theirs.getByRole('button', { name: 'Create account and sign in' }).click();
      await expect(theirs.getByText('This invitation was taken back').or(refusal(theirs))).toBeVisible();
      expect((await theirs.goto(third))?.status()).toBe(410);
      await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('This invitation was taken back');
      expect(await query('SELECT 1 FROM app_user WHERE email = $1', [erin])).toEqual([]);
      await page.goto(`${members}?tab=invitations&state=revoked`);
      await expect(page.getByRole('table').getByRole('link', { name: erin })).toBeVisible();
    });
  });
}

function fail(): never {
  throw new Error('no mail');
}

test('bad addresses are named with their lines, nothing typed is lost, and nobody is invited', async ({
  adminPage: page,
  records,
}) => {
  const before = await records();
  const typed =
    'fine@partner.example\n\nbob\na＠partner.example, "x" <y@[127.0.0.1]>\nz@partner.example\u2028Bcc: w@x.example';
  await page.goto(`${members}/invite`);
  await page.getByLabel('Message').fill('See you');
  await page.getByLabel('E-mail addresses').fill(typed);
  await page.getByLabel('Role').selectOption('auditor');
  await page.getByRole('button', { name: 'Send invitations' }).click();
  await expect(refusal(page)).toContainText('line 3 (“bob”), line 4 (“a＠partner.example”)');
  await expect(refusal(page)).toBeFocused();
  await expect(page.getByLabel('E-mail addresses')).toHaveValue(typed);
  await expect(page.getByLabel('Role')).toHaveValue('auditor');
  await expect(page.getByLabel('Message')).toHaveValue('See you');
  await expectAccessible(page);
  await page.getByLabel('E-mail addresses').fill('');
  await page.getByRole('button', { name: 'Send invitations' }).click();
  await expect(refusal(page)).toContainText('Enter at least one e-mail address.');
  expect(await records()).toEqual(before);
});

test('where the mail server refuses an address, its link is offered instead, works, and stands nowhere else', async ({
  adminPage: page,
  anotherBrowser,
  query,
  organization,
}) => {
  const nobody = `${unknownMailbox}${randomUUID().slice(0, 8)}@partner.example`;
  const fine = guest('fine');
  await invite(page, `${nobody}\n${fine}`);
  await expect(resultOf(page, fine)).toContainText('Invitation sent');
  await expect(resultOf(page, nobody)).toContainText('The mail server refused this address (550).');
  const link = await page.getByLabel(`Link for ${nobody}`).inputValue();
  const token = link.split('/').at(-1) ?? '';
  await expectAccessible(page);
  expect(token).toMatch(/^[\w-]{43}$/);

  const theirs = await anotherBrowser();
  await accept(theirs, link, 'Frank Moss');
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('Overview');

  const paths = [members, `${members}?tab=invitations&state=accepted`, '/settings/audit-log'];
  const events = await query<{ id: string; text: string }>(
    'SELECT id, e::text AS text FROM audit_event e WHERE organization_id = $1',
    [organization.id],
  );
  const stored = await query<{ text: string }>('SELECT i::text AS text FROM invitation i WHERE email = $1', [
    nobody,
  ]);
  const seen = [
    ...events.map(({ text }) => text),
    ...stored.map(({ text }) => text),
    await readFile(sharedStack().logFile, 'utf8'),
  ];
  for (const path of [...paths, ...events.map(({ id }) => `/settings/audit-log/${id}`)])
    seen.push(await (await page.request.get(path)).text());
  expect(seen.filter((text) => text.includes(token)).length).toBe(0);
});
