import { describe, expect, it } from 'vitest';
import { db } from '@/lib/db/client';
import { fingerprintOf, pem } from '@/lib/net/testing/tls-files';
import { parseConnection } from '@/lib/siem/integrations/connection';
import { createIntegration } from '@/lib/siem/integrations/create-integration';
import { RefusedError } from '@/lib/siem/integrations/refusal';
import { storedConnection } from '@/lib/siem/integrations/stored-connection';
import { testConnection } from '@/lib/siem/integrations/test-connection';
import { updateIntegration } from '@/lib/siem/integrations/update-integration';
import { arrived, openStream, recordsOf, startSplunk, streamRow } from '@/lib/siem/testing/stage';
import { issueCertificate } from '@/splunk/simulator/certificate';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';

useDatabase();

const here = ['127.0.0.1'];
const settings = { hecUrl: 'https://splunk.example.com:8088', hecToken: 'token-0123456789', index: '' };
const pinned = (fingerprint256: string) => ({ kind: 'pinned', fingerprint256 }) as const;

describe('what is trusted', () => {
  it('is changed like an address: versioned, fenced, recorded as a field with old and new value', async () => {
    const source = await createOrganization();
    const { id } = await createIntegration(source, { ...settings, trust: { kind: 'ca', pem: pem('ca') } });
    const before = await streamRow(id);
    await updateIntegration(source, id, { trust: pinned(fingerprintOf('self-signed').toLowerCase()) });
    const row = await db().siemIntegration.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({
      caCertificate: null,
      pinnedFingerprint: fingerprintOf('self-signed'),
      version: 2,
    });
    expect(await streamRow(id)).toMatchObject({ epoch: before.epoch + 1n, attempt: 0 });
    const [created, changed] = await recordsOf(source);
    expect(created.metadata).toMatchObject({ trust: 'ca' });
    expect(changed).toMatchObject({
      action: 'siem.integration.update',
      changes: [
        {
          field: 'trust',
          from: `own authority Tracekeep test CA, ${fingerprintOf('ca')}`,
          to: `certificate ${fingerprintOf('self-signed')}`,
        },
      ],
      metadata: { fields: ['trust'] },
    });
    await updateIntegration(source, id, { trust: pinned(fingerprintOf('self-signed')) });
    await updateIntegration(source, id, { name: 'Splunk' });
    expect(await recordsOf(source)).toHaveLength(2);
  });

  it('that cannot be used is refused by its field, and nothing is stored', async () => {
    const source = await createOrganization();
    const attempt = createIntegration(source, { ...settings, trust: { kind: 'ca', pem: 'x' } });
    const error = await attempt.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(RefusedError);
    expect(error).toMatchObject({ problems: [{ field: 'trust' }] });
    expect(await recordsOf(source)).toEqual([]);
  });

  it('decides whether events are delivered: refused, then pinned, then sent', async () => {
    const tls = issueCertificate({ commonName: 'SplunkServerDefaultCert' });
    const splunk = await startSplunk({ tls });
    const source = await createOrganization();
    const { id } = await createIntegration(source, {
      hecUrl: splunk.url,
      hecToken: splunk.token,
      index: 'audit',
    });
    const drain = openStream(id);
    expect(await drain()).toBe('waiting');
    expect(splunk.journal()).toEqual([]);
    expect((await streamRow(id)).state).toBe('blocked');

    const { connection } = await storedConnection(source.organization.id, id);
    const { certificate } = await testConnection(source, connection, { id });
    await updateIntegration(source, id, { trust: pinned(certificate?.fingerprint256 ?? '') });
    expect(await drain()).toBe('caught_up');
    expect(arrived(splunk).slice(0, 3)).toEqual([1n, 2n, 3n]);
  });
});

describe('a test shows the certificate', () => {
  it('that was refused, so that a page can ask whether to trust exactly this one, and passes once it is', async () => {
    const source = await createOrganization();
    const splunk = await startSplunk({ tls: issueCertificate({ commonName: '127.0.0.1', names: here }) });
    const typed = { hecUrl: splunk.url, hecToken: splunk.token, index: '' };
    const refused = await testConnection(source, parseConnection(typed));
    expect(refused).toMatchObject({
      ok: false,
      certificate: { subject: '127.0.0.1', issuer: '127.0.0.1', names: here, pinnable: true },
    });
    expect(JSON.parse(JSON.stringify(refused.certificate))).toEqual(refused.certificate);
    const trust = pinned(refused.certificate?.fingerprint256 ?? '');
    const accepted = await testConnection(source, parseConnection({ ...typed, trust }));
    expect(accepted).toMatchObject({ ok: true, certificate: { pinnable: false } });
    expect(splunk.journal()).toHaveLength(1);
  });

  it('that an uploaded authority vouches for, and none where TLS is not spoken', async () => {
    const source = await createOrganization();
    const authority = issueCertificate({ commonName: 'Acme Internal CA', isCa: true });
    const tls = issueCertificate({ commonName: '127.0.0.1', names: here, issuer: authority });
    const [secure, plain] = [await startSplunk({ tls }), await startSplunk()];
    const connect = (splunk: typeof secure) =>
      parseConnection({
        hecUrl: splunk.url,
        hecToken: splunk.token,
        index: '',
        trust: { kind: 'ca', pem: authority.cert },
      });
    expect(await testConnection(source, connect(secure))).toMatchObject({
      ok: true,
      certificate: { issuer: 'Acme Internal CA', pinnable: false },
    });
    expect((await testConnection(source, connect(plain))).certificate).toBeUndefined();
  });

  it('outside of its dates, which a pin would not excuse', async () => {
    const source = await createOrganization();
    const tls = issueCertificate({
      commonName: '127.0.0.1',
      names: here,
      notBefore: new Date('2020-01-01'),
      notAfter: new Date('2021-01-01'),
    });
    const splunk = await startSplunk({ tls });
    const connection = parseConnection({ hecUrl: splunk.url, hecToken: splunk.token, index: '' });
    expect((await testConnection(source, connection)).certificate).toMatchObject({
      validTo: '2021-01-01T00:00:00.000Z',
      pinnable: false,
    });
  });
});
