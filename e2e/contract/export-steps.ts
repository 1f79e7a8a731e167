import { actorOf, type Steps } from '@/e2e/contract/step';
import { expect } from '@/e2e/siem';

/** The admin exports what an admin of today did, as it was sealed. */
export const exportSteps: Steps<'audit_log.export'> = {
  'audit_log.export': async (stage) => {
    const { page, organization, admin } = stage;
    const failed = (await stage.log()).filter(({ action }) => action === 'user.login_failed');
    await page.goto('/settings/audit-log?action=user.login_failed');
    await page.getByRole('link', { name: 'Export', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Export events', exact: true })).toBeVisible();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download NDJSON' }).click();
    const fileName = (await download).suggestedFilename();
    const [first, last] = [failed[0], failed.at(-1)];
    if (!first || !last) throw new Error('an earlier step failed to sign in');
    expect(fileName).toMatch(
      new RegExp(`^audit-log_${organization.slug}_\\d{8}T\\d{6}Z_\\d{8}T\\d{6}Z\\.ndjson$`),
    );
    return {
      actor: actorOf(admin),
      targets: [{ type: 'audit_export', name: fileName }],
      metadata: {
        format: 'ndjson',
        query: 'action:user.login_failed',
        events: failed.length,
        first_seq: String(first.seq),
        last_seq: String(last.seq),
        truncated: false,
      },
    };
  },
};
