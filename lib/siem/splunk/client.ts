import { promisify } from 'node:util';
import { gzip as gzipCallback } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { cutOff } from '@/lib/net/cut-off';
import { codeOf } from '@/lib/net/error-code';
import { type NetworkPolicy, networkPolicy } from '@/lib/net/network-policy';
import { ConnectError } from '@/lib/net/pinned-connector';
import type { Lookup } from '@/lib/net/resolve';
import { serverCertificate } from '@/lib/net/server-certificate';
import { userAgent } from '@/lib/net/user-agent';
import { Connection, connectionLimits } from '@/lib/siem/splunk/connection';
import { gzipThresholdBytes } from '@/lib/siem/splunk/limits';
import { readAnswer } from '@/lib/siem/splunk/read-answer';
import type { HecFailure, HecReply, HecResponse } from '@/lib/siem/splunk/reply';

export type { HecReply } from '@/lib/siem/splunk/reply';

export type Destination = {
  /** As `parseHecUrl` made it. */
  readonly eventUrl: string;
  readonly token: string;
  /** GUID, the same for the life of an integration, so that a token with acknowledgement works too. */
  readonly channel: string;
  /** PEM of an authority to trust instead of the system's. */
  readonly caCertificate?: string | undefined;
  /** Compress bodies of more than 1 KiB. */
  readonly gzip: boolean;
};

export type HecClient = {
  /**
   * Posts one batch, a body of concatenated HEC events, and says what came back. Never rejects for network trouble, never
   * follows a redirect, and the token is in nothing it returns. The same body gives the same bytes on the wire. At the
   * deadline (30 s unless given) the request is cut, wherever it stands. A second request waits for the first.
   */
  send(body: Buffer, options?: { signal?: AbortSignal; deadlineMs?: number }): Promise<HecReply>;
  /** The next request opens a new connection: a balancer may have glued this one to a sick node. */
  renew(): void;
  /** Ends the connection. A request in flight, and any later one, fails with `UND_ERR_DESTROYED`. */
  close(): Promise<void>;
};

export type HecClientOptions = {
  /** Where connections may go; the environment's policy unless given. */
  readonly policy?: NetworkPolicy;
  readonly lookup?: Lookup;
  readonly limits?: Partial<typeof connectionLimits>;
};

const defaultDeadlineMs = 30_000;
const gzip = promisify(gzipCallback);

/** A client for one destination: one connection, kept alive, renewed every minute. */
export function createHecClient(destination: Destination, options: HecClientOptions = {}): HecClient {
  const { origin, protocol, pathname } = new URL(destination.eventUrl);
  const limits = { ...connectionLimits, ...options.limits };
  const { caCertificate } = destination;
  const policy = options.policy ?? networkPolicy();
  const connect = () => new Connection({ origin, policy, limits, lookup: options.lookup, caCertificate });
  let connection = connect();
  let closed = false;
  let answered = false;

  function renew() {
    if (closed) return;
    connection.retire();
    connection = connect();
  }

  return {
    async send(body, { signal, deadlineMs = defaultDeadlineMs } = {}) {
      const startedMs = performance.now();
      const latencyMs = () => Math.round(performance.now() - startedMs);
      if (connection.ageMs > limits.ageMs) renew();
      const used = connection;
      const sent = used.watch();
      const limit = cutOff(deadlineMs, signal);
      try {
        const compress = destination.gzip && body.length > gzipThresholdBytes;
        const payload = compress ? await gzip(body) : body;
        limit.signal.throwIfAborted();
        const request = used.client.request({
          method: 'POST',
          path: pathname,
          headers: headersOf(destination, payload.length, compress),
          body: payload,
          signal: limit.signal,
        });
        const response = await limit.race(request);
        answered = true;
        const answer = await readAnswer(response.body);
        if (signal?.aborted) throw limit.signal.reason;
        return {
          ...responseOf(response, answer, destination.token),
          latencyMs: latencyMs(),
          certificate: used.certificate,
        };
      } catch (error) {
        const secure = protocol === 'https:';
        return { ...failureOf(error, sent(), used), latencyMs: latencyMs(), secure, answered };
      } finally {
        limit.release();
      }
    },
    renew,
    async close() {
      closed = true;
      await connection.client.destroy();
    },
  };
}

function headersOf(destination: Destination, bytes: number, compressed: boolean): Record<string, string> {
  return {
    Authorization: `Splunk ${destination.token}`,
    'User-Agent': userAgent,
    'X-Splunk-Request-Channel': destination.channel,
    'Content-Type': 'application/json',
    ...(compressed && { 'Content-Encoding': 'gzip' }),
    'Content-Length': String(bytes),
  };
}

type Timed<Reply> = Omit<Reply, 'latencyMs'>;

function responseOf(
  { statusCode, headers }: Dispatcher.ResponseData,
  { body, bodyTruncated }: Pick<HecResponse, 'body' | 'bodyTruncated'>,
  token: string,
): Timed<HecResponse> {
  // A receiver that echoes its request must not bring the token back into logs and pages.
  const clean = (text: string) => (token.length < 8 ? text : text.replaceAll(token, '[token]'));
  const header = (name: string) => {
    const value = headers[name];
    const first = Array.isArray(value) ? value[0] : value;
    return first === undefined ? undefined : clean(first);
  };
  return {
    kind: 'response',
    status: statusCode,
    body: clean(body),
    bodyTruncated,
    contentType: header('content-type'),
    server: header('server'),
    retryAfter: header('retry-after'),
    location: header('location'),
  };
}

function failureOf(error: unknown, sent: boolean, used: Connection): Timed<HecFailure> {
  if (error instanceof ConnectError) {
    return {
      kind: 'failure',
      code: error.code,
      sent: false,
      certificate: serverCertificate(error.certificate),
    };
  }
  const code = codeOf(error);
  const tooLateToConnect = code === 'ERR_DEADLINE' && !sent;
  return {
    kind: 'failure',
    code: tooLateToConnect ? 'UND_ERR_CONNECT_TIMEOUT' : code,
    sent,
    certificate: used.certificate,
  };
}
