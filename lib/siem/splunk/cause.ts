/** Why an attempt ended as it did: one word for each row of hec.md §4.2 and for what §2.3 tells apart besides. */
export type CauseId =
  // Delivered
  | 'ok'
  | 'acknowledgement_on'
  | 'capacity_warning'
  | 'compatible_receiver'
  // The way to Splunk
  | 'address_refused'
  | 'port_refused'
  | 'dns_not_found'
  | 'dns_failed'
  | 'connection_refused'
  | 'unreachable'
  | 'response_timeout'
  | 'response_truncated'
  | 'connection_reset'
  | 'plain_http_to_tls'
  | 'not_http'
  | 'aborted'
  | 'network_error'
  // TLS
  | 'tls_self_signed'
  | 'tls_splunk_default'
  | 'tls_unknown_ca'
  | 'tls_expired'
  | 'tls_not_yet_valid'
  | 'tls_wrong_host'
  | 'tls_not_spoken'
  | 'tls_outdated'
  | 'tls_client_certificate'
  | 'tls_untrusted'
  | 'tls_not_pinned'
  | 'tls_failed'
  // Something answers, but it is not HEC
  | 'redirect'
  | 'html'
  | 'not_hec'
  | 'not_found'
  | 'blocked_by_proxy'
  | 'proxy_authentication'
  // HEC says no
  | 'token_missing'
  | 'token_malformed'
  | 'token_unknown'
  | 'token_disabled'
  | 'index_not_allowed'
  | 'channel_missing'
  | 'channel_malformed'
  | 'acknowledgement_off'
  | 'query_token_off'
  | 'no_data'
  | 'event_refused'
  | 'too_large'
  | 'encoding_refused'
  | 'request_refused'
  // HEC says not now
  | 'request_timeout'
  | 'busy'
  | 'restarting'
  | 'internal_error'
  | 'not_implemented';

/** What is kept of an attempt: safe to store and to show. It never holds the token or free text of the other side. */
export type Cause = {
  readonly id: CauseId;
  readonly httpStatus?: number;
  readonly hecCode?: number;
  /** HEC's own words, at most 200 printable ASCII characters, only from HEC's JSON. */
  readonly hecText?: string;
  /** Code of Node, OpenSSL or undici. */
  readonly networkCode?: string;
  /**
   * The one fact a message needs besides: the date a certificate ended, the names it is for, its fingerprint, the host
   * of a redirect, the product that sent a web page. At most 200 printable ASCII characters.
   */
  readonly detail?: string;
};
