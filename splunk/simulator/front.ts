import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, type Socket } from 'node:net';
import type { TlsOptions } from '@/splunk/simulator/tls-variants';

type FrontOptions = {
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  /** What to show to a client that begins a TLS handshake; undefined: this port has no TLS. */
  readonly certificateFor: (socket: Socket) => TlsOptions | undefined;
};

/** Splunk closes a busy server's idle connections after 12 s (hec.md §1.4). */
const idleTimeoutMs = 12_000;

/** First byte of a TLS record that carries a handshake. */
const handshake = 0x16;

/**
 * One port for HTTP and HTTPS: the first byte tells which a client speaks. So the certificate can be exchanged between
 * two connections, and the page can be reached by plain HTTP whatever HEC shows.
 */
export function createFront({ handle, certificateFor }: FrontOptions) {
  const plain = patient(createHttpServer(handle));
  const secure = new Map<TlsOptions, Server>();
  const secureServer = (options: TlsOptions): Server => {
    const server = secure.get(options) ?? patient(createHttpsServer(options, handle));
    secure.set(options, server);
    return server;
  };

  // Half-open connections are the business of the servers behind, as they are when these listen themselves.
  return createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    const leave = () => socket.end();
    socket.once('end', leave);
    socket.once('data', (first) => {
      socket.off('end', leave);
      socket.pause();
      socket.unshift(first);
      const options = first[0] === handshake ? certificateFor(socket) : undefined;
      if (options) {
        // An HTTPS server has none: whoever leaves during the handshake, over a bad certificate, would stay for ever.
        socket.allowHalfOpen = false;
        return void secureServer(options).emit('connection', socket);
      }
      plain.emit('connection', socket);
      socket.resume();
    });
  });
}

function patient(server: Server): Server {
  server.keepAliveTimeout = idleTimeoutMs;
  // Splunk waits for a late body as long as the client does (measured: 35 s and more).
  server.requestTimeout = 0;
  return server;
}
