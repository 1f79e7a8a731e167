import type { ServerCertificate } from '@/lib/net/server-certificate';
import type { CauseId } from '@/lib/siem/splunk/cause';

/** The certificate that a server showed; plain data, times are ISO-8601. */
export type PresentedCertificate = {
  readonly subject: string;
  readonly issuer: string;
  /** Host names and addresses it is valid for. */
  readonly names: readonly string[];
  readonly validFrom: string;
  readonly validTo: string;
  /** SHA-256, upper-case hex with colons: what a pin is made of. */
  readonly fingerprint256: string;
  /**
   * It was refused, and trusting exactly this certificate would help: a page may ask "trust exactly this one?". False
   * for one outside of its dates, which a pin does not excuse.
   */
  readonly pinnable: boolean;
};

/** Refusals of a certificate for its chain or its name, which a pin replaces. */
const curedByPin: ReadonlySet<CauseId> = new Set([
  'tls_self_signed',
  'tls_splunk_default',
  'tls_unknown_ca',
  'tls_wrong_host',
  'tls_untrusted',
  'tls_not_pinned',
]);

/** The certificate of an attempt that ended with this cause, as a part of a result; nothing where there was none. */
export function presented(
  certificate: ServerCertificate | undefined,
  cause: CauseId,
  now = new Date(),
): { certificate?: PresentedCertificate } {
  if (!certificate) return {};
  const { validFrom, validTo } = certificate;
  return {
    certificate: {
      ...certificate,
      validFrom: validFrom.toISOString(),
      validTo: validTo.toISOString(),
      pinnable: curedByPin.has(cause) && validFrom <= now && now <= validTo,
    },
  };
}
