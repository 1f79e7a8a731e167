import type { ReactNode } from 'react';
import { Code } from '@/components/ui/code';
import { DefinitionList } from '@/components/ui/definition-list';
import { Notice } from '@/components/ui/notice';
import type { PresentedCertificate } from '@/lib/siem/integrations/test-connection';

type ShownCertificateProps = {
  certificate: PresentedCertificate;
  /** Fingerprint of the one that was trusted instead. */
  pinned: string | undefined;
  /** Trusts exactly this certificate; absent where that is not to be had. */
  trust: ReactNode;
};

/** What the server showed of itself. One that was refused asks whether it is the right one. */
export function ShownCertificate({ certificate, pinned, trust }: ShownCertificateProps) {
  const facts = <Facts certificate={certificate} pinned={pinned} />;
  if (!certificate.pinnable) {
    return (
      <details>
        <summary className="w-fit font-medium text-accent">Certificate</summary>
        <div className="mt-2">{facts}</div>
      </details>
    );
  }
  return (
    <>
      <h3 className="font-semibold">Certificate that was shown</h3>
      {facts}
      <Notice tone="warn" title={pinned ? 'Was it replaced on purpose?' : 'Is this your Splunk?'}>
        <p>
          Anybody in between could show a certificate of their own. Compare the fingerprint with the one on
          the server of Splunk:
        </p>
        <Code className="mt-1 block">openssl x509 -noout -fingerprint -sha256 -in server.pem</Code>
        {trust && <div className="mt-3">{trust}</div>}
      </Notice>
    </>
  );
}

function Facts({ certificate, pinned }: Pick<ShownCertificateProps, 'certificate' | 'pinned'>) {
  const { subject, issuer, names, validFrom, validTo, fingerprint256 } = certificate;
  const fingerprint = (value: string) => <Code>{value}</Code>;
  return (
    <DefinitionList
      items={[
        { term: 'Subject', description: subject || 'none' },
        { term: 'Issuer', description: issuer === subject ? `${issuer} (itself)` : issuer || 'none' },
        { term: 'Names', description: names.join(', ') || 'none' },
        { term: 'Valid', description: `${validFrom.slice(0, 10)} to ${validTo.slice(0, 10)}` },
        { term: 'SHA-256', description: fingerprint(fingerprint256) },
        ...(pinned ? [{ term: 'Trusted', description: fingerprint(pinned) }] : []),
      ]}
    />
  );
}
