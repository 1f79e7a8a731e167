import { EventEmitter } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { TLSSocket } from 'node:tls';
import { type Answer, hecAnswer } from '@/splunk/simulator/answer';
import { ClientGone } from '@/splunk/simulator/body';
import { Connections } from '@/splunk/simulator/connections';
import { inspect, isInspection } from '@/splunk/simulator/inspection';
import type { Instance } from '@/splunk/simulator/instance';
import { answerHec } from '@/splunk/simulator/pipeline';
import { findRoute } from '@/splunk/simulator/routes';
import { describeScript, play, type ScriptedAnswers } from '@/splunk/simulator/scripted-answers';
import { send } from '@/splunk/simulator/send';

export type TlsOptions = { readonly key: string; readonly cert: string };

type Running = {
  readonly port: number;
  readonly connections: Connections;
  /** Fires `change` whenever a connection, a request, its events or its answer changed what can be asked about. */
  readonly changed: EventEmitter;
  readonly close: () => Promise<void>;
};

type Wiring = {
  readonly host: string;
  readonly port: number;
  readonly tls?: TlsOptions | undefined;
  readonly scripted: ScriptedAnswers;
  /** Forgets what was received; the page's button calls it. */
  readonly reset: () => void;
};

/** Splunk closes a busy server's idle connections after 12 s (hec.md §1.4). */
const idleTimeoutMs = 12_000;

/** Puts an instance on a port. Rejects with the system's error when the port cannot be had. */
export async function serve(instance: Instance, wiring: Wiring): Promise<Running> {
  const changed = new EventEmitter().setMaxListeners(0);
  const closing = new AbortController();
  const server = wiring.tls ? createHttpsServer({ ...wiring.tls }) : createHttpServer();
  server.keepAliveTimeout = idleTimeoutMs;
  // Splunk waits for a late body as long as the client does (measured: 35 s and more).
  server.requestTimeout = 0;
  const connections = new Connections(server, () => changed.emit('change'));

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const url = urlOf(request);
    const handled = isInspection(request, url)
      ? inspect(request, response, url, { instance, connections, reset: wiring.reset })
      : receive(request, response, url);
    handled.catch(() => response.destroy()).finally(() => changed.emit('change'));
  });

  async function receive(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const startedAt = performance.now();
    const entry = instance.journal.open({
      at: new Date(instance.clock()),
      method: request.method ?? '',
      url,
      headers: request.headers,
      connection: connections.idOf(request.socket),
      tls: tlsOf(request),
    });
    const honest = () => answerHec({ request, url, entry }, instance).finally(() => changed.emit('change'));
    const gone = new AbortController();
    response.once('close', () => gone.abort());

    const isEvents = request.method === 'POST' && findRoute(url.pathname)?.kind === 'event';
    const script = isEvents ? wiring.scripted.next() : undefined;
    entry.fault = script ? describeScript(script) : null;
    changed.emit('change');
    let answer: Answer | undefined;
    try {
      const signal = AbortSignal.any([closing.signal, gone.signal]);
      const reset = () => connections.reset(request.socket);
      answer = script ? await play(script, { request, entry, honest, reset, signal }) : await honest();
    } catch (error) {
      if (error instanceof ClientGone || gone.signal.aborted || closing.signal.aborted) return;
      // A defect of the simulator must be seen where a test or a person looks: in the journal.
      entry.fault = `simulator defect: ${error instanceof Error ? error.message : String(error)}`;
      answer = hecAnswer(8);
    }
    entry.durationMs = performance.now() - startedAt;
    if (answer === undefined) return;
    entry.status = answer.status;
    entry.code = answer.code;
    entry.responseBody = answer.body;
    await send(request, response, answer);
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wiring.port, wiring.host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : wiring.port,
    connections,
    changed,
    close: () =>
      new Promise((resolve) => {
        closing.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

// Concatenated rather than resolved: `//x` must stay a path.
function urlOf(request: IncomingMessage): URL {
  const address = `http://simulator${request.url}`;
  return new URL(URL.canParse(address) ? address : 'http://simulator/unreadable');
}

function tlsOf(request: IncomingMessage): { protocol: string | null; servername: string | null } | null {
  const { socket } = request;
  if (!(socket instanceof TLSSocket)) return null;
  return { protocol: socket.getProtocol(), servername: socket.servername || null };
}
