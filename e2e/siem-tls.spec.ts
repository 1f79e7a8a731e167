import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { withDatabase } from '@/e2e/database';
import { here, test, typedFor } from '@/e2e/secure-splunk';
import { addIntegration, type Complaint, delivered, expect, expectRefused, fill, press } from '@/e2e/siem';
import { type Stack, startStack } from '@/e2e/stack';
import { type Certificate, issueCertificate } from '@/splunk/simulator/certificate';

test.describe.configure({ mode: 'parallel' });

test('a self-signed certificate and one of an unknown authority are refused in words, before the token is sent', async ({
  adminPage: page,
  authority,
  secureSplunk,
  stored,
}) => {
  const selfSigned = issueCertificate({ commonName: '127.0.0.1', names: here });
  const unknown = issueCertificate({ commonName: '127.0.0.1', names: here, issuer: authority });
  const cases: (Complaint & { tls: Certificate })[] = [
    {
      tls: selfSigned,
      field: 'hecUrl',
      message: 'The certificate of 127.0.0.1 is not trusted (self-signed)',
      cure: 'Install a certificate from a trusted CA on HEC,',
    },
    {
      tls: unknown,
      field: 'hecUrl',
      message: 'The certificate of 127.0.0.1 is not trusted (unknown issuer)',
      cure: 'Add the intermediate certificates on Splunk,',
    },
  ];
  await page.goto('/settings/siem/splunk/new');
  for (const { tls, ...complaint } of cases) {
    const simulator = await secureSplunk(tls);
    await fill(page, typedFor(simulator));
    await press(page, 'Test Connection');
    await expectRefused(page, complaint, typedFor(simulator));
    expect(simulator.journal()).toEqual([]);
  }
  expect(await stored()).toBe(0);
});

/** An installation that was started with an authority of its own in NODE_EXTRA_CA_CERTS. */
const trusting = test.extend<{ installation: Stack }>({
  installation: [
    async ({ authority }, use) => {
      const directory = await mkdtemp(path.join(tmpdir(), 'tracekeep-ca-'));
      const file = path.join(directory, 'ca.pem');
      await writeFile(file, authority.cert);
      const stack = await startStack({ NODE_EXTRA_CA_CERTS: file });
      await use(stack);
      await stack.stop();
      await rm(directory, { recursive: true });
    },
    { timeout: 120_000 },
  ],
  baseURL: ({ installation }, use) => use(installation.url),
  query: ({ installation }, use) => withDatabase(installation.databaseUrl, use),
});

trusting(
  'with its authority trusted, a certificate must still be for this host and in date; then events flow over TLS',
  async ({ adminPage: page, authority, secureSplunk, stored }) => {
    const issue = (request: Omit<Parameters<typeof issueCertificate>[0], 'commonName' | 'issuer'>) =>
      issueCertificate({ commonName: 'splunk.acme.example', issuer: authority, ...request });
    const cases: (Complaint & { tls: Certificate })[] = [
      {
        tls: issue({ names: ['splunk.acme.example'] }),
        field: 'hecUrl',
        message: 'The certificate is for splunk.acme.example, not for 127.0.0.1',
        cure: 'Use a name that the certificate contains, or have it reissued for this one.',
      },
      {
        tls: issue({ names: here, notBefore: new Date('2025-01-01'), notAfter: new Date('2026-01-31') }),
        field: 'hecUrl',
        message: 'The certificate of 127.0.0.1 expired on 2026-01-31',
        cure: 'Renew it on Splunk or on the load balancer.',
      },
    ];
    await page.goto('/settings/siem/splunk/new');
    for (const { tls, ...complaint } of cases) {
      const simulator = await secureSplunk(tls);
      await fill(page, typedFor(simulator));
      await press(page, 'Test Connection');
      await expectRefused(page, complaint, typedFor(simulator));
      expect(simulator.journal()).toEqual([]);
    }
    expect(await stored()).toBe(0);

    const simulator = await secureSplunk(issue({ names: here }));
    await addIntegration(page, typedFor(simulator));
    await expect
      .poll(() => delivered(simulator).map(({ fields }) => fields?.action))
      .toEqual(['siem.integration.create']);
    expect(simulator.journal().every(({ tls }) => tls?.protocol === 'TLSv1.3')).toBe(true);
  },
);
