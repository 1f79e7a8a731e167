import { describe, expect, it } from 'vitest';
import { type Certificate, issueCertificate } from '@/splunk/simulator/certificate';
import { rawRequest } from '@/splunk/simulator/raw-request';
import { startSimulator } from '@/splunk/simulator/simulator';

const names = ['localhost', '127.0.0.1'];

/** What Node says to HEC behind this certificate: the HTTP status, or the error's code. */
async function verdict(tls: Certificate, ca?: string): Promise<unknown> {
  const splunk = await startSimulator({ port: 0, tls });
  try {
    const url = `${splunk.url}/services/collector/health`;
    const answer = await rawRequest(url, { method: 'GET', ...(ca && { ca }) });
    expect(splunk.journal()[0]?.tls?.protocol).toBe('TLSv1.3');
    return answer.status;
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  } finally {
    await splunk.close();
  }
}

describe('HEC over TLS', () => {
  it('a self-signed certificate is refused until it is trusted', async () => {
    const own = issueCertificate({ commonName: 'splunk', names });
    expect(await verdict(own)).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
    expect(await verdict(own, own.cert)).toBe(200);
  });

  it('a certificate of a private CA is refused until the CA is trusted', async () => {
    const ca = issueCertificate({ commonName: 'Private CA', isCa: true });
    const leaf = issueCertificate({ commonName: 'splunk', names, issuer: ca });
    expect(await verdict(leaf)).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    expect(await verdict(leaf, ca.cert)).toBe(200);
  });

  it('an expired, a future and a foreign certificate are refused although trusted', async () => {
    const past = issueCertificate({ commonName: 'x', names, notAfter: new Date(Date.now() - 1000) });
    const future = issueCertificate({ commonName: 'x', names, notBefore: new Date(Date.now() + 60_000) });
    const foreign = issueCertificate({ commonName: 'x', names: ['elsewhere.test'] });
    const nameless = issueCertificate({ commonName: 'SplunkServerDefaultCert' });
    expect(await verdict(past, past.cert)).toBe('CERT_HAS_EXPIRED');
    expect(await verdict(future, future.cert)).toBe('CERT_NOT_YET_VALID');
    expect(await verdict(foreign, foreign.cert)).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(await verdict(nameless, nameless.cert)).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  });
});
