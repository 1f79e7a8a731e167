import type { ServerOptions } from 'node:https';
import { type Certificate, issueCertificate } from '@/splunk/simulator/certificate';

/** What HEC may show in a TLS handshake. All but the first three are good in every other respect. */
export const tlsVariants = [
  'self-signed',
  /** As shipped: `SplunkServerDefaultCert` below `SplunkCommonCA`, for no host name at all. */
  'splunk-default',
  /** Complete chain to an authority that nobody knows; good for whoever trusts `authority`. */
  'private-ca',
  'missing-intermediate',
  'expired',
  'not-yet-valid',
  'wrong-host',
  'tls-1.1',
  'client-certificate',
  /** No TLS on the port. */
  'plain-http',
] as const;

export type TlsVariant = (typeof tlsVariants)[number];

/** Key and chain in PEM, as `https.createServer` takes them. */
export type TlsOptions = Pick<
  ServerOptions,
  'minVersion' | 'maxVersion' | 'ciphers' | 'requestCert' | 'ca'
> & {
  readonly key: string;
  readonly cert: string;
};

const dayMs = 86_400_000;

/** The certificates of one simulator, each issued when it is first shown. */
export class Certificates {
  #standing: TlsOptions | undefined;
  #authority: { root: Certificate; intermediate: Certificate } | undefined;
  readonly #issued = new Map<TlsVariant, TlsOptions | undefined>();

  constructor(
    private readonly names: readonly string[],
    standing: TlsOptions | TlsVariant | undefined,
  ) {
    if (standing !== undefined) this.use(standing);
  }

  /** What is shown when no fault says otherwise; undefined on a port without TLS. */
  get standing(): TlsOptions | undefined {
    return this.#standing;
  }

  /** From the next connection on. */
  use(shown: TlsOptions | TlsVariant): void {
    this.#standing = typeof shown === 'string' ? this.show(shown) : shown;
  }

  /** PEM of the private authority: with it trusted, a variant fails for its own reason and no other. */
  get authority(): string {
    return this.#chain().root.cert;
  }

  /** Undefined for a port without TLS. */
  show(variant: TlsVariant): TlsOptions | undefined {
    if (!this.#issued.has(variant)) this.#issued.set(variant, this.#issue(variant));
    return this.#issued.get(variant);
  }

  #issue(variant: TlsVariant): TlsOptions | undefined {
    const now = Date.now();
    switch (variant) {
      case 'self-signed':
        return issueCertificate({ commonName: this.names[0] ?? 'splunk', names: this.names });
      case 'splunk-default': {
        const issuer = issueCertificate({ commonName: 'SplunkCommonCA', isCa: true });
        return withChain(issueCertificate({ commonName: 'SplunkServerDefaultCert', issuer }), issuer);
      }
      case 'private-ca':
        return this.#leaf();
      case 'missing-intermediate':
        return this.#leaf({ alone: true });
      case 'expired':
        return this.#leaf({ notBefore: new Date(now - 30 * dayMs), notAfter: new Date(now - dayMs) });
      case 'not-yet-valid':
        return this.#leaf({ notBefore: new Date(now + dayMs) });
      case 'wrong-host':
        return this.#leaf({ names: ['splunk.elsewhere.example'] });
      case 'tls-1.1':
        // OpenSSL 3 has TLS 1.1 only at its lowest level of security.
        return {
          ...this.#leaf(),
          minVersion: 'TLSv1.1',
          maxVersion: 'TLSv1.1',
          ciphers: 'DEFAULT@SECLEVEL=0',
        };
      case 'client-certificate':
        return { ...this.#leaf(), requestCert: true, ca: this.authority };
      case 'plain-http':
        return undefined;
    }
  }

  #leaf(change: { names?: string[]; notBefore?: Date; notAfter?: Date; alone?: boolean } = {}): TlsOptions {
    const { alone, names = this.names, ...dates } = change;
    const issuer = this.#chain().intermediate;
    const leaf = issueCertificate({ commonName: names[0] ?? 'splunk', names, ...dates, issuer });
    return alone ? leaf : withChain(leaf, issuer);
  }

  #chain() {
    if (this.#authority === undefined) {
      const root = issueCertificate({ commonName: 'Simulated Root CA', isCa: true });
      const intermediate = issueCertificate({ commonName: 'Simulated Issuing CA', isCa: true, issuer: root });
      this.#authority = { root, intermediate };
    }
    return this.#authority;
  }
}

function withChain(leaf: Certificate, issuer: Certificate): Certificate {
  return { key: leaf.key, cert: leaf.cert + issuer.cert };
}
