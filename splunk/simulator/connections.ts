import type { Server, Socket } from 'node:net';

type Connection = { readonly id: number; readonly socket: Socket };

/**
 * The open TCP connections, numbered from 1. Under TLS the request's socket is a wrapper that cannot send a reset,
 * so the raw sockets are remembered by their peer's address.
 */
export class Connections {
  readonly #byPeer = new Map<string, Connection>();
  #opened = 0;

  constructor(server: Server, changed: () => void) {
    server.on('connection', (socket: Socket) => {
      this.#opened++;
      const peer = peerOf(socket);
      this.#byPeer.set(peer, { id: this.#opened, socket });
      socket.once('close', () => {
        this.#byPeer.delete(peer);
        changed();
      });
      changed();
    });
  }

  idOf(socket: Socket): number {
    return this.#byPeer.get(peerOf(socket))?.id ?? 0;
  }

  /** Sends a TCP RST: the peer sees ECONNRESET instead of an orderly end. */
  reset(socket: Socket): void {
    const raw = this.#byPeer.get(peerOf(socket))?.socket;
    if (raw === undefined) socket.destroy();
    else raw.resetAndDestroy();
  }

  /** Ends every connection at once, whatever stands behind it. */
  destroyAll(): void {
    for (const { socket } of this.#byPeer.values()) socket.destroy();
  }

  get open(): number {
    return this.#byPeer.size;
  }

  get opened(): number {
    return this.#opened;
  }
}

function peerOf(socket: Socket): string {
  return `${socket.remoteAddress} ${socket.remotePort}`;
}
