import type { ServerCertificate } from '@/lib/net/server-certificate';
import { evidenceOf } from '@/lib/scans/checks/evidence';
import type { Finding } from '@/lib/scans/checks/finding';
import type { Refusal, Sight } from '@/lib/scans/checks/sight';

const dayMs = 24 * 60 * 60_000;

/** Verification errors of OpenSSL and Node: what a browser would refuse with a page of its own. */
const refusedCode =
  /^(?:CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_CA$|INVALID_PURPOSE$|PATH_LENGTH_EXCEEDED$|EE_KEY_|CA_|ERR_TLS_CERT_ALTNAME_INVALID$|HOSTNAME_MISMATCH$)/;

export function isRefusedCertificate(code: string): boolean {
  return refusedCode.test(code);
}

/** Whether browsers trust the certificate, for this name, and for how long. */
export function checkCertificate({ now, page, refusal }: Sight): Finding[] {
  if (refusal && isRefusedCertificate(refusal.code)) return [refused(refusal)];
  const certificate = page?.tls?.certificate;
  return certificate ? [remaining(certificate, now)] : [];
}

function refused({ url, code, certificate }: Refusal): Finding {
  const told = certificate ? factsOf(certificate) : code;
  const finding = (
    problem: string,
    title: string,
    remedy: string,
    evidence = `${url.hostname}: ${told}`,
  ): Finding => ({
    id: `certificate.${problem}`,
    severity: 'high',
    title,
    evidence: evidenceOf(evidence),
    remedy,
  });
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return finding(
        'expired',
        'The certificate has expired',
        'Renew it, and have it renewed by itself from now on.',
      );
    case 'CERT_NOT_YET_VALID':
      return finding(
        'not-yet-valid',
        'The certificate is not valid yet',
        'Check the clocks of both servers, then the certificate.',
      );
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'HOSTNAME_MISMATCH':
      return finding(
        'wrong-name',
        'The certificate is for another name',
        'Have it issued for the name that people use.',
        `${url.hostname} is not among ${certificate?.names.join(', ') || 'its names'}`,
      );
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return finding(
        'self-signed',
        'The certificate is self-signed',
        'Have it issued by an authority that browsers trust.',
      );
    default:
      return finding(
        'untrusted',
        'The certificate comes from nobody that is trusted',
        'Send the intermediate certificates too, or have it issued by an authority that browsers trust. A private authority can be named in NODE_EXTRA_CA_CERTS when Tracekeep starts.',
        `${url.hostname}: ${told} (${code})`,
      );
  }
}

function remaining(certificate: ServerCertificate, now: Date): Finding {
  const days = Math.floor((certificate.validTo.getTime() - now.getTime()) / dayMs);
  const evidence = evidenceOf(`${factsOf(certificate)}, ${days} ${days === 1 ? 'day' : 'days'} left`);
  const remedy = 'Renew it, and have it renewed by itself from now on.';
  const title = `The certificate expires in ${days === 1 ? 'a day' : `${Math.max(days, 0)} days`}`;
  if (days < 14) return { id: 'certificate.within-14-days', severity: 'medium', title, evidence, remedy };
  if (days < 30) return { id: 'certificate.within-30-days', severity: 'low', title, evidence, remedy };
  return { id: 'certificate', severity: 'pass', title: 'The certificate is trusted', evidence, remedy: '' };
}

function factsOf({ subject, issuer, validTo }: ServerCertificate): string {
  return `${subject || 'no name'}, issued by ${issuer || 'no name'}, valid until ${validTo.toISOString().slice(0, 10)}`;
}
