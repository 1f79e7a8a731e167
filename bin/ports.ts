import { createServer } from 'node:net';
import { isErrno } from '@/bin/postgres/binaries';
import { Problem } from '@/bin/problem';

/** A loopback port that nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return probe(0, '127.0.0.1');
}

/** Throws a {@link Problem} that names `variable` when the port cannot be listened on. */
export async function requireFreePort(variable: string, port: number, host: string): Promise<void> {
  try {
    await probe(port, host);
  } catch (error) {
    if (isErrno(error, 'EADDRINUSE')) {
      throw new Problem(
        `Port ${port} is taken by another program. Stop it, or set ${variable} to another port.`,
      );
    }
    if (isErrno(error, 'EACCES')) {
      throw new Problem(`Port ${port} is reserved for root. Set ${variable} to a port above 1023.`);
    }
    if (isErrno(error, 'EADDRNOTAVAIL') || isErrno(error, 'ENOTFOUND')) {
      throw new Problem(
        `HOST ${host} is not an address of this machine. Set it to 127.0.0.1, or 0.0.0.0 for all.`,
      );
    }
    throw error;
  }
}

function probe(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => {
        if (address && typeof address === 'object') resolve(address.port);
        else reject(new Error('The probe got no port'));
      });
    });
  });
}
