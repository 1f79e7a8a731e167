import type { PeerCertificate } from 'node:tls';
import { printable } from '@/lib/net/printable';

/** What a TLS server showed of itself; kept on failure too, so that a message can name the right date or the right name. */
export type ServerCertificate = {
  readonly subject: string;
  readonly issuer: string;
  /** Host names and addresses it is valid for. */
  readonly names: readonly string[];
  readonly validFrom: Date;
  readonly validTo: Date;
  /** SHA-256 of the certificate, upper-case hex with colons. */
  readonly fingerprint256: string;
};

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
    names: (alternative ?? [subject]).slice(0, maxNames).map((name) => printable(name)),
    validFrom: new Date(peer.valid_from),
    validTo: new Date(peer.valid_to),
    fingerprint256: peer.fingerprint256,
  };
}

/** The common name, else the organization. Node's types promise fields that a certificate may lack or repeat. */
function nameOf(name: PeerCertificate['subject'] | undefined): string {
  return printable(String(name?.CN ?? name?.O ?? ''));
}
