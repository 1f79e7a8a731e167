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

/** An HTTP answer came back, whatever it says. Every text is free of the token and bounded in length. */
export type HecResponse = {
  readonly kind: 'response';
  readonly status: number;
  /** At most 64 KiB. */
  readonly body: string;
  /** `cut`: the answer ended before its announced end. `capped`: it is longer than 64 KiB, the rest was not read. */
  readonly bodyTruncated: false | 'cut' | 'capped';
  readonly contentType?: string | undefined;
  readonly server?: string | undefined;
  readonly retryAfter?: string | undefined;
  readonly location?: string | undefined;
  readonly latencyMs: number;
  readonly certificate?: ServerCertificate | undefined;
};

/** No usable HTTP answer came back. */
export type HecFailure = {
  readonly kind: 'failure';
  /** The code of Node, OpenSSL or undici, the first one of `cause` or `errors`; `ERR_…` of our own guards otherwise. */
  readonly code: string;
  readonly latencyMs: number;
  /** False when no byte of the request can have reached the other side; true or absent when it may have. */
  readonly sent?: boolean;
  /** Whether the address is https. */
  readonly secure?: boolean;
  /** Whether this client ever had an answer from there. */
  readonly answered?: boolean;
  readonly certificate?: ServerCertificate | undefined;
};

export type HecReply = HecResponse | HecFailure;
