import type { IncomingMessage } from 'node:http';

/** How the application learns who is at the other end of the connection: Next passes on headers, but no sockets. */
const peerHeader = 'x-tracekeep-peer';

/**
 * Sets the header to the address of the connection, over whatever the client may have sent under its name. Also drops a
 * request id of the client's making: proxy.ts gives each request one, but does not see those to /api.
 */
export function setPeer(request: IncomingMessage): void {
  delete request.headers['x-request-id'];
  request.headers[peerHeader] = request.socket.remoteAddress ?? '';
}
