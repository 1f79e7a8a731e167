import type { Dispatcher } from 'undici';
import { cutOff } from '@/lib/net/cut-off';
import { codeOf } from '@/lib/net/error-code';
import type { Lookup } from '@/lib/net/lookup';
import { type NetworkPolicy, networkPolicy } from '@/lib/net/network-policy';
import { ConnectError } from '@/lib/net/pinned-connector';
import { serverCertificate } from '@/lib/net/server-certificate';
import type { TlsTrust } from '@/lib/net/tls-trust';
import { Connection, connectionLimits, type HecStep } from '@/lib/siem/splunk/connection';
import { type Payload, pack } from '@/lib/siem/splunk/payload';
import { readAnswer } from '@/lib/siem/splunk/read-answer';
import type { HecFailure, HecReply, HecResponse } from '@/lib/siem/splunk/reply';
import { requestHeaders } from '@/lib/siem/splunk/request-headers';

export type { HecReply } from '@/lib/siem/splunk/reply';

export type Destination = {
  /** As `parseHecUrl` made it. */
  readonly eventUrl: string;
  readonly token: string;
  /** GUID, the same for the life of an integration, so that a token with acknowledgement works too. */
  readonly channel: string;
  /** What makes the server the right one. */
  readonly trust: TlsTrust;
  /** Compress bodies of more than 1 KiB. */
  readonly gzip: boolean;
};

export type HecClient = {
  /**
   * Posts one batch, a body of concatenated HEC events or one that is packed already, and says what came back. Never
   * rejects for network trouble, never follows a redirect, and the token is in nothing it returns. The same body gives the
   * same bytes on the wire. At the deadline (30 s unless given) the request is cut, wherever it stands. A second request
   * waits for the first.
   */
  send(body: Buffer | Payload, options?: { signal?: AbortSignal; deadlineMs?: number }): Promise<HecReply>;
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
  /** Told of each stage of each connection. */
  readonly onStep?: (step: HecStep) => void;
};

const defaultDeadlineMs = 30_000;

/** A client for one destination: one connection, kept alive, renewed every minute. */
export function createHecClient(destination: Destination, options: HecClientOptions = {}): HecClient {
  const { origin, protocol, pathname } = new URL(destination.eventUrl);
  const limits = { ...connectionLimits, ...options.limits };
  const { trust } = destination;
  const { policy = networkPolicy(), lookup, onStep } = options;
  const connect = () => new Connection({ origin, policy, limits, lookup, trust, onStep });
  let connection = connect();
  let closed = false;
  let answered = false;

  let underWay = 0;

  function renew() {
    if (closed) return;
    connection.retire();
    connection = connect();
  }

  /** undici opens a new connection for a request that was cut, only to find that there is nothing to send on it. */
  function drop(cut: Connection) {
    if (closed || underWay > 1) return;
    cut.destroy();
    if (connection === cut) connection = connect();
  }

  return {
    async send(body, { signal, deadlineMs = defaultDeadlineMs } = {}) {
      const startedMs = performance.now();
      const latencyMs = () => Math.round(performance.now() - startedMs);
      if (connection.ageMs > limits.ageMs) renew();
      const used = connection;
      const sent = used.watch();
      const limit = cutOff(deadlineMs, signal);
      underWay += 1;
      try {
        const payload = 'compressed' in body ? body : await pack(body, destination.gzip);
        limit.signal.throwIfAborted();
        const request = used.client.request({
          method: 'POST',
          path: pathname,
          headers: requestHeaders(destination, payload),
          body: payload.bytes,
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
        if (limit.signal.aborted) drop(used);
        const secure = protocol === 'https:';
        return { ...failureOf(error, sent(), used), latencyMs: latencyMs(), secure, answered };
      } finally {
        underWay -= 1;
        limit.release();
      }
    },
    renew,
    async close() {
      closed = true;
      await connection.destroy();
    },
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
