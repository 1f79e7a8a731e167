import { printable } from '@/lib/net/printable';
import type { ServerCertificate } from '@/lib/net/server-certificate';
import type { Cause, CauseId } from '@/lib/siem/splunk/cause';
import type { Outcome } from '@/lib/siem/splunk/outcome';
import type { HecFailure } from '@/lib/siem/splunk/reply';

const minuteMs = 60_000;

/**
 * What it means that no HTTP answer came back. Trouble that may pass keeps being retried; trouble that only a person can
 * end (a certificate, a name, an address) blocks, with as much patience as hec.md §2.3 gives it. By code, never by
 * message: OpenSSL's wording changes between Node releases. An unknown code is transient.
 */
export function failureOutcome(failure: HecFailure): Outcome {
  const id = causeOf(failure);
  const detail = detailOf(id, failure.certificate);
  const cause: Cause = {
    id,
    networkCode: printable(failure.code),
    ...(detail && { detail: printable(detail) }),
  };
  const patience = patienceMs[id];
  if (patience !== undefined) return { cause, kind: 'config', accepted: 0, graceMs: patience };
  return {
    cause,
    kind: 'transient',
    renewConnection: true,
    ambiguous: failure.sent !== false && !neverSent.has(id),
    halveBatch: id === 'response_timeout',
    renewChannel: false,
    immediately: id === 'connection_reset' || id === 'plain_http_to_tls',
  };
}

/** How long a failure is retried before it blocks the stream. Causes that are not here never block it. */
const patienceMs: Partial<Record<CauseId, number>> = {
  address_refused: 0,
  port_refused: 0,
  dns_not_found: 15 * minuteMs,
  not_http: minuteMs,
  tls_self_signed: 0,
  tls_splunk_default: 0,
  tls_unknown_ca: 0,
  tls_expired: 0,
  tls_not_yet_valid: 0,
  tls_wrong_host: 0,
  tls_not_spoken: 0,
  tls_outdated: 0,
  tls_client_certificate: 0,
  tls_untrusted: 0,
  tls_not_pinned: 0,
  // An alert without a certificate to blame: a balancer that restarts sends one, too.
  tls_failed: 10 * minuteMs,
};

/** Trouble before the first byte of the request. */
const neverSent: ReadonlySet<CauseId> = new Set(['dns_failed', 'connection_refused', 'unreachable']);

const causes: Readonly<Record<string, CauseId>> = {
  ERR_ADDRESS_REFUSED: 'address_refused',
  ERR_PORT_REFUSED: 'port_refused',
  ENOTFOUND: 'dns_not_found',
  ENODATA: 'dns_not_found',
  EAI_NONAME: 'dns_not_found',
  EAI_NODATA: 'dns_not_found',
  ESERVFAIL: 'dns_failed',
  EREFUSED: 'dns_failed',
  ETIMEOUT: 'dns_failed',
  ECONNREFUSED: 'connection_refused',
  UND_ERR_CONNECT_TIMEOUT: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENETDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  // A local firewall rule that rejects instead of dropping.
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  UND_ERR_HEADERS_TIMEOUT: 'response_timeout',
  UND_ERR_BODY_TIMEOUT: 'response_timeout',
  ERR_DEADLINE: 'response_timeout',
  ERR_ABORTED: 'aborted',
  ECONNRESET: 'connection_reset',
  EPIPE: 'connection_reset',
  ECONNABORTED: 'connection_reset',
  UND_ERR_SOCKET: 'connection_reset',
  UND_ERR_CLOSED: 'aborted',
  UND_ERR_DESTROYED: 'aborted',
  UND_ERR_HEADERS_OVERFLOW: 'not_http',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls_self_signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls_unknown_ca',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls_unknown_ca',
  UNABLE_TO_GET_ISSUER_CERT: 'tls_unknown_ca',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls_unknown_ca',
  CERT_HAS_EXPIRED: 'tls_expired',
  CERT_NOT_YET_VALID: 'tls_not_yet_valid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls_wrong_host',
  HOSTNAME_MISMATCH: 'tls_wrong_host',
  ERR_CERTIFICATE_NOT_PINNED: 'tls_not_pinned',
  EPROTO: 'tls_not_spoken',
  ERR_SSL_WRONG_VERSION_NUMBER: 'tls_not_spoken',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'tls_not_spoken',
  ERR_SSL_HTTP_REQUEST: 'tls_not_spoken',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'tls_outdated',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'tls_outdated',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'tls_client_certificate',
};

/** Verification errors of OpenSSL that have no row of their own. */
const untrusted = /^(?:CERT_|CRL_|INVALID_CA$|INVALID_PURPOSE$|PATH_LENGTH_EXCEEDED$|EE_KEY_|CA_|UNABLE_TO_)/;

function causeOf({ code, sent, secure, answered, certificate }: HecFailure): CauseId {
  const known = causes[code] ?? familyOf(code);
  // The kernel says ETIMEDOUT both for a connection that never came about and for one that went silent.
  if (code === 'ETIMEDOUT') return sent === true ? 'response_timeout' : 'unreachable';
  const neverAnswered = answered === false && sent !== false;
  if (known === 'connection_reset' && secure === false && neverAnswered) return 'plain_http_to_tls';
  const fromSplunk = certificate?.issuer.includes('SplunkCommonCA');
  return known === 'tls_unknown_ca' && fromSplunk ? 'tls_splunk_default' : known;
}

function familyOf(code: string): CauseId {
  if (code.startsWith('EAI_')) return 'dns_failed';
  if (code.startsWith('HPE_')) return 'not_http';
  if (untrusted.test(code)) return 'tls_untrusted';
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')) return 'tls_failed';
  return 'network_error';
}

function detailOf(id: CauseId, certificate: ServerCertificate | undefined): string | undefined {
  if (!certificate) return undefined;
  if (id === 'tls_expired') return certificate.validTo.toISOString().slice(0, 10);
  if (id === 'tls_not_yet_valid') return certificate.validFrom.toISOString().slice(0, 10);
  if (id === 'tls_not_pinned') return certificate.fingerprint256;
  return id === 'tls_wrong_host' ? certificate.names.join(', ') : undefined;
}
