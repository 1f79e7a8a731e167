import { createServer, type IncomingMessage } from 'node:http';
import { setPeer } from '@/bin/peer';
import { seconds } from '@/bin/program';
import { root } from '@/bin/settings';
import { endPool } from '@/lib/db/pool';
import { withResponse } from '@/lib/http-status';
import { runShutdown } from '@/lib/shutdown';

/** A running application. */
export type Server = {
  /** Takes no more requests, lets those under way and the delivery to Splunk finish, and ends. Never throws. */
  close(): Promise<void>;
};

type Options = { dev: boolean; host: string; port: number };

/** A request that takes longer than this at shut-down is an event stream, which has no end of its own. */
const requestsDeadlineMs = 3_000;

/** The streamer finishes the batch under way, for which it allows itself ten seconds. */
const endingsDeadlineMs = 12_000;

/**
 * Serves the application in this process: only so can its ending be awaited, step by step, before PostgreSQL ends.
 * `next start` exits on its own at a signal, whatever is still under way.
 */
export async function startServer({ dev, host, port }: Options): Promise<Server> {
  // Next and React choose their code by this variable at the moment they are loaded, which is why that happens here.
  Object.assign(process.env, { NODE_ENV: dev ? 'development' : 'production' });
  const { default: next } = await import('next');
  const server = createServer();
  const app = next({ dev, dir: root, hostname: host, port, httpServer: server });
  await app.prepare();
  const handle = app.getRequestHandler();
  server.on('request', (request, response) => {
    setPeer(request);
    const refusal = refusalOf(request);
    if (refusal) {
      response
        .writeHead(refusal.status, { 'content-type': 'text/plain', connection: 'close', ...refusal.headers })
        .end(`${refusal.words}\n`);
      return;
    }
    withResponse(response, () => handle(request, response)).catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, () => resolve());
  });

  const close = async () => {
    const begin = performance.now();
    const cut = setTimeout(() => server.closeAllConnections(), requestsDeadlineMs);
    // Requests first: they may still record events, and they need what the endings take away.
    await new Promise((resolve) => server.close(resolve));
    clearTimeout(cut);
    const problems = await runShutdown(endingsDeadlineMs);
    await endPool();
    await app.close();
    for (const problem of problems) console.error(problem);
    console.log(`Server stopped in ${seconds(performance.now() - begin)}`);
  };
  return { close };
}

type Refusal = { status: number; headers?: Record<string, string>; words: string };

/** What Next answers with 500, or with words that help nobody. */
function refusalOf({ method = '', url }: IncomingMessage): Refusal | undefined {
  if (!isAddress(url)) return { status: 400, words: 'This is no address.' };
  if (knownMethods.includes(method)) return undefined;
  return {
    status: 405,
    headers: { allow: knownMethods.join(', ') },
    words: 'This method is not known here.',
  };
}

/** Next fails at a TRACE, of which it cannot make a request, and knows no others. */
const knownMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * A path of this server whose percent-encoding can be read. Next answers 500 to a path like `/%ff`, and redirects a
 * request for `http://another.host/` there.
 */
function isAddress(url = ''): boolean {
  try {
    return url.startsWith('/') && decodeURIComponent(url.split('?', 1)[0] ?? '') !== '';
  } catch {
    return false;
  }
}
