import type { IncomingMessage, ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';
import { type Answer, hecAnswer, Refusal } from '@/splunk/simulator/answer';
import { ClientGone } from '@/splunk/simulator/body';
import type { Connections } from '@/splunk/simulator/connections';
import { credentialOf } from '@/splunk/simulator/credentials';
import { Exchange } from '@/splunk/simulator/exchange';
import { describeFault } from '@/splunk/simulator/faults/describe';
import { effectOf } from '@/splunk/simulator/faults/effects';
import type { Arrival } from '@/splunk/simulator/faults/plan';
import { play } from '@/splunk/simulator/faults/play';
import type { Instance } from '@/splunk/simulator/instance';
import type { Interference } from '@/splunk/simulator/interference';
import { jsonValues } from '@/splunk/simulator/json-values';
import { spokenByOtel } from '@/splunk/simulator/otel';
import { answerHec } from '@/splunk/simulator/pipeline';
import { rawEvents } from '@/splunk/simulator/raw-text';
import { send } from '@/splunk/simulator/send';

type Reception = {
  readonly connections: Connections;
  /** To be called when something happened that can be asked about. */
  readonly changed: () => void;
  /** Aborts when the simulator closes. */
  readonly closing: AbortSignal;
};

/** Receives one HEC request: the journal first, then the fault that strikes, then Splunk's processing, then the answer. */
export async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  instance: Instance,
  { connections, changed, closing }: Reception,
): Promise<void> {
  const startedAt = performance.now();
  const node = instance.balancer.route(request);
  const entry = instance.journal.open({
    at: new Date(instance.clock()),
    method: request.method ?? '',
    url,
    headers: request.headers,
    connection: connections.idOf(request.socket),
    node,
    tls: tlsOf(request),
  });
  const exchange = new Exchange(request, url, entry);
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const signal = AbortSignal.any([closing, gone.signal]);
  const reset = () => connections.reset(request.socket);
  const honest = async (interference: Interference) => {
    try {
      const answer = await answerHec(exchange, instance, interference);
      return instance.flavour === 'otel' ? spokenByOtel(answer) : answer;
    } finally {
      instance.ledger.save();
      changed();
    }
  };

  try {
    const struck = await instance.faults.forRequest(arrivalOf(exchange, instance));
    const effect = struck ? effectOf(struck, { seed: instance.faults.seed, now: instance.clock() }) : {};
    entry.fault = struck ? describeFault(struck.fault) : null;
    changed();
    const blocked = exchange.route?.kind === 'health' && instance.condition.healthBlocked === 'reset';
    const answer = blocked ? reset() : await play(effect, { request, entry, honest, reset, signal });
    if (answer !== undefined) {
      note(answer);
      const headers = { ...answer.headers, ...instance.balancer.headers(node) };
      return await send({ ...answer, headers }, { request, response, wire: effect.wire, reset, signal });
    }
  } catch (error) {
    if (error instanceof ClientGone || signal.aborted) return;
    // A defect of the simulator must be seen where a test or a person looks: in the journal.
    entry.fault = `simulator defect: ${error instanceof Error ? error.message : String(error)}`;
    const answer = hecAnswer(8);
    note(answer);
    return await send(answer, { request, response, wire: undefined, reset, signal });
  } finally {
    entry.durationMs ??= performance.now() - startedAt;
    if (entry.status === null) instance.ledger.answered(entry);
  }

  function note(answer: Answer): void {
    entry.durationMs = performance.now() - startedAt;
    entry.status = answer.status;
    entry.code = answer.code;
    entry.responseBody = answer.body;
    instance.ledger.answered(entry);
  }
}

function arrivalOf(exchange: Exchange, instance: Instance): Arrival {
  const { request, url, entry, route } = exchange;
  return {
    request: entry.id,
    connection: entry.connection,
    method: entry.method,
    path: url.pathname,
    kind: route?.kind,
    token: tokenOf(request, url, instance),
    objects: () => objectsOf(exchange, instance),
  };
}

/** Value and name of the token, as far as there is one. */
function tokenOf(request: IncomingMessage, url: URL, { tokens }: Instance): readonly (string | undefined)[] {
  try {
    const { value } = credentialOf(request, url);
    return [value, tokens.find(value)?.name];
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}

async function objectsOf(exchange: Exchange, instance: Instance): Promise<readonly Uint8Array[]> {
  try {
    const { bytes } = await exchange.body(instance.limits.maxContentLengthBytes);
    if (exchange.route?.kind === 'raw') return [...rawEvents(bytes)].map(({ raw }) => Buffer.from(raw));
    return [...jsonValues(bytes, false)].filter((value) => value !== undefined);
  } catch (error) {
    // The stages of the pipeline will come to it in their order.
    if (error instanceof Refusal) return [];
    throw error;
  }
}

function tlsOf(request: IncomingMessage): { protocol: string | null; servername: string | null } | null {
  const { socket } = request;
  if (!(socket instanceof TLSSocket)) return null;
  return { protocol: socket.getProtocol(), servername: socket.servername || null };
}
