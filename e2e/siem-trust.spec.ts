import { X509Certificate } from 'node:crypto';
import type { Page } from '@playwright/test';
import { here, test, typedFor } from '@/e2e/secure-splunk';
import { card, delivered, expect, expectStatus, failToSignIn, fill, press, refusal } from '@/e2e/siem';
import { issueCertificate } from '@/splunk/simulator/certificate';

test.describe.configure({ mode: 'parallel' });

const selfSigned = () => issueCertificate({ commonName: '127.0.0.1', names: here });
const fingerprintOf = ({ cert }: { cert: string }) => new X509Certificate(cert).fingerprint256;
const result = (page: Page) => page.getByRole('region', { name: 'Test result' });

async function openAdvanced(page: Page): Promise<void> {
  await page.getByText('Advanced settings', { exact: true }).click();
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a self-signed certificate is shown, trusted by an explicit act, and nothing is sent before', async ({
      adminPage: page,
      secureSplunk,
      query,
      organization,
    }) => {
      const tls = selfSigned();
      const splunk = await secureSplunk(tls);
      await page.goto('/settings/siem/splunk/new');
      await fill(page, typedFor(splunk));
      await press(page, 'Test Connection');
      await expect(result(page)).toContainText('The certificate of 127.0.0.1 is not trusted (self-signed)');
      for (const fact of [
        '127.0.0.1 (itself)',
        fingerprintOf(tls),
        'Is this your Splunk?',
        'What would have been sent',
      ])
        await expect(result(page)).toContainText(fact);
      expect(splunk.journal()).toEqual([]);

      await press(page, 'Trust exactly this certificate');
      await expect(result(page)).toContainText('Connected. Splunk accepted a test event');
      await expect(result(page)).toContainText('the pinned certificate');
      await expect(page.getByRole('radio', { name: 'Exactly one certificate' })).toBeChecked();
      await expect(page.getByRole('textbox', { name: 'SHA-256 fingerprint' })).toHaveValue(
        fingerprintOf(tls),
      );
      await press(page, 'Add Integration');
      await expectStatus(page, 'Splunk integration added');
      const [row] = await query<{ pinned: string }>(
        'SELECT pinned_fingerprint AS pinned FROM siem_integration WHERE organization_id = $1',
        [organization.id],
      );
      expect(row?.pinned).toBe(fingerprintOf(tls));
      await expect.poll(() => delivered(splunk)).toHaveLength(1);
    });

    test('an uploaded authority vouches for its servers; a private key is refused and not shown again', async ({
      adminPage: page,
      authority,
      secureSplunk,
      query,
      organization,
    }) => {
      const tls = issueCertificate({ commonName: 'splunk', names: here, issuer: authority });
      const splunk = await secureSplunk(tls);
      await page.goto('/settings/siem/splunk/new');
      await fill(page, typedFor(splunk));
      await openAdvanced(page);
      await page.getByRole('radio', { name: 'From your own authority (CA)' }).check();
      await page.getByRole('textbox', { name: 'CA certificate' }).fill(authority.cert + authority.key);
      await press(page, 'Test Connection');
      await expect(
        refusal(page).getByRole('link', { name: 'The file contains a private key' }),
      ).toBeVisible();
      if (!javaScriptEnabled) expect(await page.content()).not.toContain('PRIVATE KEY');
      expect(splunk.journal()).toEqual([]);

      await page.getByRole('textbox', { name: 'CA certificate' }).fill('');
      await page.getByLabel('Or choose its file').setInputFiles({
        name: 'ca.pem',
        mimeType: 'application/x-pem-file',
        buffer: Buffer.from(authority.cert),
      });
      await press(page, 'Test Connection');
      await expect(result(page)).toContainText('trusted by your own authority');
      await press(page, 'Add Integration');
      await expectStatus(page, 'Splunk integration added');
      await expect.poll(() => delivered(splunk)).toHaveLength(1);

      await card(page, 'Splunk').getByRole('link', { name: 'Edit settings', exact: true }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'Edit Splunk' })).toBeVisible();
      await expect(page.getByRole('textbox', { name: 'CA certificate' })).toHaveAccessibleDescription(
        /Stored: own authority Acme Internal CA, .* Leave empty to keep it/,
      );
      await fill(page, { name: 'Prod Splunk' });
      await press(page, 'Save changes');
      await expectStatus(page, 'Prod Splunk was changed.');
      const [row] = await query<{ ca: string }>(
        'SELECT ca_certificate AS ca FROM siem_integration WHERE organization_id = $1',
        [organization.id],
      );
      expect(row?.ca.trim()).toBe(authority.cert.trim());
    });
  });
}

test('another certificate blocks the stream and says which; trusting the new one delivers what waited', async ({
  adminPage: page,
  browser,
  admin,
  secureSplunk,
  actions,
}) => {
  const [before, after] = [selfSigned(), selfSigned()];
  const splunk = await secureSplunk(before);
  await page.goto('/settings/siem/splunk/new');
  await fill(page, typedFor(splunk));
  await openAdvanced(page);
  await page.getByRole('radio', { name: 'Exactly one certificate' }).check();
  await page.getByRole('textbox', { name: 'SHA-256 fingerprint' }).fill(fingerprintOf(before));
  await press(page, 'Add Integration');
  await expectStatus(page, 'Splunk integration added');
  await expect.poll(() => delivered(splunk)).toHaveLength(1);

  const { port, tokens } = splunk;
  await splunk.close();
  const renewed = await secureSplunk(after, { port, tokens });
  await failToSignIn(browser, admin);
  await expect.poll(actions).toContain('siem.integration.blocked');
  await page.goto('/settings/siem');
  const blocked = card(page, 'Splunk');
  await expect(blocked).toContainText('shows another certificate than the one that is trusted');
  await expect(blocked).toContainText(
    `Trusted is ${fingerprintOf(before)}. Shown is ${fingerprintOf(after)}.`,
  );
  expect(renewed.journal()).toEqual([]);

  await blocked.getByRole('link', { name: 'Edit settings', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Edit Splunk' })).toBeVisible();
  await press(page, 'Test Connection');
  await expect(result(page)).toContainText('Was it replaced on purpose?');
  await expect(result(page)).toContainText(fingerprintOf(before));
  await press(page, 'Trust exactly this certificate');
  await expect(result(page)).toContainText('Connected.');
  await press(page, 'Save changes');
  await expectStatus(page, 'Splunk was changed.');
  await expect
    .poll(() => delivered(renewed).map(({ fields }) => fields?.action))
    .toEqual(
      expect.arrayContaining(['user.login_failed', 'siem.integration.blocked', 'siem.integration.update']),
    );
});
