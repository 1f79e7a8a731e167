import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Connections } from '@/splunk/simulator/connections';
import type { Instance } from '@/splunk/simulator/instance';
import { pagePolicy, renderPage } from '@/splunk/simulator/page';
import { tokenChangeSchema } from '@/splunk/simulator/tokens';

type Inspected = {
  readonly instance: Instance;
  readonly connections: Connections;
  readonly reset: () => void;
};

type Reply = { status: number; headers?: Record<string, string>; json?: unknown; page?: string };

const emptyAsAbsent = z
  .string()
  .optional()
  .transform((text) => text?.trim() || undefined);

/** The filter of the page and of events.json, from the query string. */
const filterSchema = z.object({
  index: emptyAsAbsent,
  sourcetype: emptyAsAbsent,
  event_id: emptyAsAbsent,
  text: emptyAsAbsent,
});

/** A body of the control port is a token or nothing; more is a mistake. */
const maxControlBytes = 64 * 1024;

const loopbackAddress = /^(127\.|::1$|::ffff:127\.)/;
const loopbackHost = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i;

/**
 * Whether a request is for the page or the control port. Both exist for this machine only: a stranger gets
 * Splunk's 404, and so does a foreign name that was made to resolve to this machine (DNS rebinding).
 */
export function isInspection(request: IncomingMessage, url: URL): boolean {
  const path = url.pathname === '/' || url.pathname.startsWith('/simulator/');
  const local = loopbackAddress.test(request.socket.remoteAddress ?? '');
  return path && local && loopbackHost.test(request.headers.host ?? '');
}

/** Serves the page of received events and the paths below /simulator/. */
export async function inspect(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  inspected: Inspected,
): Promise<void> {
  const reply = await replyTo(request, url, inspected);
  const body = reply.page ?? (reply.json === undefined ? '' : JSON.stringify(reply.json));
  response.writeHead(reply.status, {
    'Content-Type': `${reply.page === undefined ? 'application/json' : 'text/html'}; charset=utf-8`,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    ...reply.headers,
  });
  response.end(body);
}

async function replyTo(request: IncomingMessage, url: URL, inspected: Inspected): Promise<Reply> {
  const { instance, reset } = inspected;
  const filter = filterSchema.parse(Object.fromEntries(url.searchParams));
  const query = { ...filter, eventId: filter.event_id };
  switch (`${request.method} ${url.pathname}`) {
    case 'GET /':
      return pageReply(request, query, inspected);
    case 'GET /simulator/events.json':
      return { status: 200, json: { events: instance.store.list(query), counts: instance.store.counts() } };
    case 'GET /simulator/journal.json':
      return { status: 200, json: { requests: instance.journal.all } };
    case 'POST /simulator/reset':
      if (isForeign(request)) return foreign;
      reset();
      return wantsPage(request)
        ? { status: 303, headers: { Location: '/' } }
        : { status: 200, json: { reset: true } };
    case 'POST /simulator/tokens':
      return isForeign(request) ? foreign : setToken(request, instance);
    default:
      return { status: 404, json: { error: `There is no ${request.method} ${url.pathname} here.` } };
  }
}

function pageReply(
  request: IncomingMessage,
  query: z.output<typeof filterSchema> & { eventId: string | undefined },
  { instance, connections }: Inspected,
): Reply {
  const scheme = 'encrypted' in request.socket ? 'https' : 'http';
  const page = renderPage({
    hecUrl: `${scheme}://${request.headers.host ?? ''}`,
    query,
    instance,
    openConnections: connections.open,
  });
  return { status: 200, page, headers: { 'Content-Security-Policy': pagePolicy } };
}

async function setToken(request: IncomingMessage, instance: Instance): Promise<Reply> {
  const parsed = tokenChangeSchema.safeParse(await readJson(request));
  if (!parsed.success) return { status: 400, json: { error: z.prettifyError(parsed.error) } };
  return { status: 200, json: instance.tokens.set(parsed.data) };
}

/** The request's JSON; undefined when it is none or too long, which no schema accepts. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes <= maxControlBytes) chunks.push(part);
  }
  try {
    return bytes > maxControlBytes ? undefined : JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}

const foreign: Reply = { status: 403, json: { error: 'Another site sent this request.' } };

/** True when a browser says that a page of another origin sent the request. */
function isForeign(request: IncomingMessage): boolean {
  const { 'sec-fetch-site': site, origin, host } = request.headers;
  // Browsers that do not send the first send the second; `null` is an origin, too.
  if (origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host)) return true;
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

function wantsPage(request: IncomingMessage): boolean {
  return request.headers.accept?.includes('text/html') ?? false;
}
