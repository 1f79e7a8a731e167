import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { onTestFinished } from 'vitest';

export type Loopback = {
  readonly port: number;
  /** TCP connections accepted so far. */
  readonly opened: () => number;
  /** Those that are open now. */
  readonly open: () => number;
};

/** An HTTP server on 127.0.0.1, HTTPS when it gets TLS options; gone, with its connections, when the test ends. */
export function httpServer(listener: RequestListener, tls?: TlsOptions): Promise<Loopback> {
  return listen(tls ? createHttpsServer(tls, listener) : createHttpServer(listener));
}

/** A server that does as it likes with each connection. */
export function rawServer(onConnection: (socket: Socket) => void, tls?: TlsOptions): Promise<Loopback> {
  return listen(tls ? createTlsServer(tls, onConnection) : createTcpServer(onConnection));
}

/** Starts a server on a free port of 127.0.0.1, for the length of the test. */
export async function listen(server: Server): Promise<Loopback> {
  const sockets = new Set<Socket>();
  let opened = 0;
  server.on('connection', (socket: Socket) => {
    opened += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
  });
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  return { port: address.port, opened: () => opened, open: () => sockets.size };
}
