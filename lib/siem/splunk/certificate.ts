import type { PeerCertificate } from 'node:tls';
import { printable } from '@/lib/siem/splunk/hec-answer';
import type { ServerCertificate } from '@/lib/siem/splunk/reply';

/** Enough for a message; a certificate may carry hundreds. */
const maxNames = 20;

/** The facts of a certificate that people need, in bounded printable text: its fields are the other side's own words. */
export function serverCertificate(peer: PeerCertificate | undefined): ServerCertificate | undefined {
  // Node gives an empty object when the server showed none.
  if (!peer?.valid_to) return undefined;
  const subject = nameOf(peer.subject);
  const alternative = peer.subjectaltname
    ?.split(', ')
    .map((name) => name.replace(/^(?:DNS|IP Address):/, ''));
  return {
    subject,
    issuer: nameOf(peer.issuer),
    names: (alternative ?? [subject]).slice(0, maxNames).map(printable),
    validFrom: new Date(peer.valid_from),
    validTo: new Date(peer.valid_to),
    fingerprint256: peer.fingerprint256,
  };
}

/** The common name, else the organization. Node's types promise fields that a certificate may lack or repeat. */
function nameOf(name: PeerCertificate['subject'] | undefined): string {
  return printable(String(name?.CN ?? name?.O ?? ''));
}
