import type { ServerCertificate } from '@/lib/net/server-certificate';

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
