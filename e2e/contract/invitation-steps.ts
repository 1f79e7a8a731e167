import type { Page } from '@playwright/test';
import { guestAddress, personAt, type Stage } from '@/e2e/contract/stage';
import { actorOf, type Steps } from '@/e2e/contract/step';
import { accept, mailsTo } from '@/e2e/members';
import { expect, expectStatus, press } from '@/e2e/siem';
import type { AuditAction } from '@/lib/audit/catalog';
import type { Target } from '@/lib/audit/event';

const members = '/settings/members';
const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);

async function invite(page: Page, email: string): Promise<void> {
  await page.goto(`${members}/invite`);
  await page.getByLabel('E-mail addresses').fill(email);
  await page.getByLabel('Role').selectOption('auditor');
  await press(page, 'Send invitations');
  await expect(page.getByRole('listitem').filter({ hasText: email })).toContainText('Invitation sent');
  // It is really mailed.
  await mailsTo(email);
}

async function openInvitation(page: Page, email: string): Promise<void> {
  await page.goto(`${members}?tab=invitations`);
  await page.getByRole('table').getByRole('link', { name: email }).click();
  // The list stays until the page of the invitation is here, and has a tab "Revoked" where that has a link "Revoke".
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(email);
}

async function invitation({ query }: Stage, email: string): Promise<Target> {
  const [row] = await query<{ id: string }>('SELECT id FROM invitation WHERE email = $1', [email]);
  return { type: 'invitation', id: row?.id, name: email };
}

/** Carol is invited and joins; Erin's invitation is taken back. */
export const invitationSteps: Steps<Extract<AuditAction, `organization.invitation.${string}`>> = {
  'organization.invitation.create': async (stage) => {
    const { email } = stage.carol;
    await invite(stage.page, email);
    return {
      actor: actorOf(stage.admin),
      targets: [await invitation(stage, email)],
      metadata: { role: 'auditor', expires_at: instant, delivery: 'mail' },
    };
  },

  'organization.invitation.resend': async (stage) => {
    const { page, carol } = stage;
    await openInvitation(page, carol.email);
    await press(page, 'Make a link to copy');
    await expectStatus(page, 'Copy this link now');
    return {
      actor: actorOf(stage.admin),
      targets: [await invitation(stage, carol.email)],
      metadata: { expires_at: instant, delivery: 'link' },
    };
  },

  'organization.invitation.accept': async (stage) => {
    const { page, carol } = stage;
    const link = await page.getByLabel(`Link for ${carol.email}`).inputValue();
    await accept(carol.page, link, 'Carol Diaz');
    await expect(carol.page.getByRole('heading', { level: 1 })).toHaveText('Overview');
    return {
      all: ['organization.invitation.accept', 'user.create', 'user.login'],
      from: 'browser',
      actor: actorOf(await personAt(stage, carol.email)),
      targets: [await invitation(stage, carol.email)],
      metadata: { role: 'auditor' },
    };
  },

  'organization.invitation.revoke': async (stage) => {
    const { page } = stage;
    const erin = guestAddress('erin');
    await invite(page, erin);
    await openInvitation(page, erin);
    await page.getByRole('link', { name: 'Revoke', exact: true }).click();
    await press(page, 'Revoke invitation');
    await expectStatus(page, 'The invitation was revoked.');
    return {
      all: ['organization.invitation.create', 'organization.invitation.revoke'],
      actor: actorOf(stage.admin),
      targets: [await invitation(stage, erin)],
      metadata: {},
    };
  },
};
