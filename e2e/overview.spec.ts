import { randomBytes, randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expectAccessible, expectToFitNarrowScreen } from '@/e2e/accessible';
import type { Query } from '@/e2e/database';
import type { Organization, Person } from '@/e2e/fixtures';
import { expect, hidden, signIn, test } from '@/e2e/furnished';
import { formatDate } from '@/lib/format-time';

test.describe.configure({ mode: 'parallel' });

const dayMs = 86_400_000;

const attention = (page: Page) => page.getByRole('region', { name: 'Needs attention' });
const chart = (page: Page) => page.getByRole('region', { name: 'Events per day' });

/** A key and an invitation that end soon, a scan with something new and one that failed. */
async function addTrouble(query: Query, { id }: Organization, admin: Person): Promise<{ scanId: string }> {
  const scanId = randomUUID();
  await query(
    `INSERT INTO api_key (id, organization_id, name, prefix, secret_hash, scopes, created_by_id, created_by_name, expires_at)
     VALUES ($1, $2, 'grafana-reader', $3, $4, '{}', $5, $6, now() + interval '3 days')`,
    [randomUUID(), id, randomUUID(), randomBytes(32), admin.id, admin.name],
  );
  await query(
    `INSERT INTO invitation (id, organization_id, email, role, token_hash, invited_by_id, invited_by_name, expires_at)
     VALUES ($1, $2, $3, 'member', $4, $5, $6, now() + interval '1 day')`,
    [randomUUID(), id, `${scanId}@partner.example`, randomBytes(32), admin.id, admin.name],
  );
  await query(
    `INSERT INTO scan (id, organization_id, name, target_url, created_by_name)
     VALUES ($1, $3, 'prod-weekly', 'https://acme.example', $4), ($2, $3, 'staging', 'https://acme.example', $4)`,
    [scanId, randomUUID(), id, admin.name],
  );
  await query(
    `INSERT INTO scan_run (id, organization_id, scan_id, status, trigger, finished_at, grade, finding_count, new_findings, reason)
     SELECT gen_random_uuid(), organization_id, id, CASE name WHEN 'staging' THEN 'failed' ELSE 'finished' END::scan_run_status,
            'manual', now(), 'C', 4, CASE name WHEN 'staging' THEN NULL ELSE 2 END, 'The target did not answer.'
       FROM scan WHERE organization_id = $1`,
    [id],
  );
  return { scanId };
}

const failedSignIns = (count: number) =>
  Array.from({ length: count }, () => ({
    actor: { type: 'anonymous' as const },
    action: 'user.login_failed' as const,
    outcome: 'failure' as const,
    metadata: { method: 'email' as const, reason: 'wrong_password' as const },
  }));

test('an admin reads in one sentence each what needs attention, and every link leads to it', async ({
  adminPage: page,
  admin,
  organization,
  query,
  addEvents,
  addIntegration,
}) => {
  await page.goto('/');
  await expect(attention(page)).toContainText('No events leave this server yet.');
  await addEvents(...failedSignIns(6));
  const integration = await addIntegration('blocked', 'Splunk prod');
  const { scanId } = await addTrouble(query, organization, admin);
  await query(
    `INSERT INTO audit_verification (id, organization_id, state, first_seq, last_seq, cursor, fault_seq, reason)
     VALUES (gen_random_uuid(), $1, 'broken', 1, 4, 2, 3, 'the event is missing')`,
    [organization.id],
  );
  await page.goto('/');

  const said: [sentence: RegExp, link: string, href: string][] = [
    [
      /^The audit log is broken at No\. 3: the event is missing\.$/,
      'Integrity',
      '/settings/audit-log/integrity',
    ],
    [/^Sending to Splunk prod has stopped: .+\.$/, 'Splunk prod', `/settings/siem/splunk/${integration}`],
    [
      /^6 sign-ins failed in the last 24 hours, 0 in the 24 before\.$/,
      'Failed sign-ins',
      '/settings/audit-log?action=user.login_failed&range=24h',
    ],
    [/^The API key grafana-reader expires on .+\.$/, 'API keys', '/settings/api-keys'],
    [/^The last run of the scan staging failed\.$/, 'staging', '/scans/'],
    [/^The scan prod-weekly found 2 new problems\.$/, 'prod-weekly', `/scans/${scanId}`],
    [
      /^One invitation waits for an answer and expires on .+\.$/,
      'Invitations',
      '/settings/members?tab=invitations',
    ],
  ];
  const rows = attention(page).getByRole('listitem');
  await expect(rows).toHaveCount(said.length);
  for (const [at, [sentence, link, href]] of said.entries()) {
    await expect(rows.nth(at).getByText(sentence)).toBeVisible();
    await expect(rows.nth(at).getByRole('link', { name: link })).toHaveAttribute(
      'href',
      href.endsWith('/') ? new RegExp(`^${href}`) : href,
    );
  }
  await expectAccessible(page);
  await attention(page).getByRole('link', { name: 'Failed sign-ins' }).click();
  await expect(page.getByRole('table').getByText('Sign-in failed')).toHaveCount(6);
});

test('a calm organization is told that nothing needs attention, and of what that is known', async ({
  adminPage: page,
  addIntegration,
}) => {
  await addIntegration('healthy');
  await page.goto('/');
  await expect(attention(page)).toContainText('Nothing needs your attention.');
  await expect(attention(page)).toContainText(
    'Looked at: verifications of the log, delivery to Splunk, failed sign-ins, API keys, scans, invitations.',
  );
});

test('an auditor and a member read what their role allows, and no more', async ({
  openAs,
  admin,
  organization,
  query,
  addIntegration,
}) => {
  await addIntegration('degraded', 'Splunk prod');
  await addTrouble(query, organization, admin);
  const auditor = await openAs('auditor');
  await auditor.goto('/');
  const rows = attention(auditor).getByRole('listitem');
  await expect(rows).toHaveCount(3);
  await expect(rows.first()).toContainText('Splunk prod does not answer as it should.');
  await expect(attention(auditor)).not.toContainText(/API key|invitation/);
  expect(await auditor.content()).not.toContain(hidden.host);
  await expect(chart(auditor)).toBeVisible();

  const member = await openAs('member');
  await member.goto('/');
  await expect(attention(member).getByRole('listitem')).toHaveCount(2);
  await expect(chart(member)).toHaveCount(0);
  const scans = member.getByRole('region', { name: 'Scans' });
  await expect(scans.getByRole('listitem')).toHaveText([
    /^staging\s*Last run failed/,
    /^prod-weekly\s*Grade C, 4 problems/,
  ]);
  await expect(scans.getByRole('link', { name: 'Your account' })).toHaveAttribute('href', '/account');
  await expect(member.getByRole('main')).not.toContainText(/Splunk|sign-in|API key|Latest events/);
  await expectAccessible(member);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('each day of the last fourteen has a bar that leads to its events, and the same numbers in a table', async ({
    page,
    admin,
    addEvents,
  }) => {
    const yesterday = new Date(Date.now() - dayMs);
    const date = formatDate(yesterday, 'UTC');
    await addEvents(...failedSignIns(2).map((draft) => ({ ...draft, time: yesterday })), {
      time: yesterday,
    });
    await signIn(page, admin);
    await expect(chart(page)).toContainText('in 14 days, 2 failed, most on');
    await expect(chart(page).getByRole('list').getByRole('link')).toHaveCount(14);
    await expectToFitNarrowScreen(page);
    await expect(chart(page).getByRole('list').getByRole('link')).toHaveCount(7);

    await chart(page).getByText('The same as a table').click();
    const row = chart(page).getByRole('row').filter({ hasText: date });
    await expect(row.getByRole('cell')).toHaveText(['3', '2']);
    await row.getByRole('link').last().click();
    await expect(page.getByRole('table').getByText('Sign-in failed')).toHaveCount(2);
    await page.goBack();
    await chart(page)
      .getByRole('link', { name: `${date}: 3 events, 2 failed` })
      .click();
    await expect(page.getByRole('table').getByRole('row')).toHaveCount(4);
  });
});
