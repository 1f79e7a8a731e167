import type { ConnectionOptions, PeerCertificate } from 'node:tls';

/** What makes a TLS server the right one. There is no kind that lets any server pass. */
export type TlsTrust =
  /** The authorities of the system. */
  | { readonly kind: 'system' }
  /** The authorities of this PEM text instead. */
  | { readonly kind: 'ca'; readonly pem: string }
  /** Exactly one certificate by its SHA-256, as Node writes it: upper-case hex with colons. */
  | { readonly kind: 'pinned'; readonly fingerprint256: string };

/**
 * The part of Node's options that follows from the trust. It is said each time, because NODE_TLS_REJECT_UNAUTHORIZED=0 in
 * the environment would otherwise switch verification off. A pinned certificate is judged by {@link pinProblem} instead
 * of by its chain and name: whoever connects must ask it before anything is sent.
 */
export function tlsOptions(
  trust: TlsTrust,
): Pick<ConnectionOptions, 'minVersion' | 'rejectUnauthorized' | 'ca'> {
  return {
    minVersion: 'TLSv1.2',
    rejectUnauthorized: trust.kind !== 'pinned',
    ...(trust.kind === 'ca' && { ca: trust.pem }),
  };
}

/**
 * Why a server's certificate is not the pinned one, as a code; undefined when it is, or when nothing is pinned and Node
 * has judged the certificate. Its validity period counts for a pinned certificate too.
 */
export function pinProblem(
  trust: TlsTrust,
  shown: PeerCertificate | undefined,
  now = Date.now(),
): string | undefined {
  if (trust.kind !== 'pinned') return undefined;
  if (shown?.fingerprint256 !== trust.fingerprint256) return 'ERR_CERTIFICATE_NOT_PINNED';
  if (now < Date.parse(shown.valid_from)) return 'CERT_NOT_YET_VALID';
  return now > Date.parse(shown.valid_to) ? 'CERT_HAS_EXPIRED' : undefined;
}
