import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { Connections } from '@/splunk/simulator/connections';
import { inspect, isInspection } from '@/splunk/simulator/control/inspection';
import { createFront } from '@/splunk/simulator/front';
import type { Instance } from '@/splunk/simulator/instance';
import { receive } from '@/splunk/simulator/receive';
import type { Resolver } from '@/splunk/simulator/resolver';
import type { Certificates, TlsOptions } from '@/splunk/simulator/tls-variants';

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
  readonly certificates: Certificates;
  readonly resolver: Resolver;
};

/** Puts an instance on a port. Rejects with the system's error when the port cannot be had. */
export async function serve(instance: Instance, wiring: Wiring): Promise<Running> {
  const { certificates, resolver } = wiring;
  const changed = new EventEmitter().setMaxListeners(0);
  const change = () => void changed.emit('change');
  const closing = new AbortController();

  const front = createFront({
    handle(request, response) {
      const url = urlOf(request);
      const inspection = isInspection(request, url);
      // To a client that speaks no TLS a port that expects it just closes.
      if (!inspection && isMisspoken(request)) return void request.socket.destroy();
      const handled = inspection
        ? inspect(request, response, url, { instance, connections, certificates, resolver })
        : receive(request, response, url, instance, {
            connections,
            changed: change,
            closing: closing.signal,
          });
      handled.catch(() => response.destroy()).finally(change);
    },
    certificateFor(socket: Socket): TlsOptions | undefined {
      const fault = instance.faults.forConnection(connections.idOf(socket));
      return fault && isSecure() ? certificates.show(fault.variant) : certificates.standing;
    },
  });
  const connections = new Connections(front, change);

  function isSecure(): boolean {
    return certificates.standing !== undefined;
  }

  function isMisspoken(request: IncomingMessage): boolean {
    if ('encrypted' in request.socket || !isSecure()) return false;
    return !instance.faults
      .list()
      .some(({ fault }) => fault.kind === 'tls' && fault.variant === 'plain-http');
  }

  await new Promise<void>((resolve, reject) => {
    front.once('error', reject);
    front.listen(wiring.port, wiring.host, resolve);
  });
  const address = front.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : wiring.port,
    connections,
    changed,
    close: () =>
      new Promise((resolve) => {
        closing.abort();
        front.close(() => resolve());
        connections.destroyAll();
      }),
  };
}

// Concatenated rather than resolved: `//x` must stay a path.
function urlOf(request: IncomingMessage): URL {
  const address = `http://simulator${request.url}`;
  return new URL(URL.canParse(address) ? address : 'http://simulator/unreadable');
}
