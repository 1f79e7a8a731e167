import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Inspected } from '@/splunk/simulator/control/inspected';
import { OrderImpossible, orders } from '@/splunk/simulator/control/orders';
import { querySchema, questions } from '@/splunk/simulator/control/questions';
import { ok, problem, type Reply, write } from '@/splunk/simulator/control/reply';
import { isForeign, isLocal } from '@/splunk/simulator/control/same-origin';
import { sentValues } from '@/splunk/simulator/control/sent-values';

/** Whether a request is for the page or the control port; for anybody but this machine there is only Splunk's 404. */
export function isInspection(request: IncomingMessage, url: URL): boolean {
  return (url.pathname === '/' || url.pathname.startsWith('/simulator/')) && isLocal(request);
}

/** Serves the page of received events and the paths below /simulator/. */
export async function inspect(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  inspected: Inspected,
): Promise<void> {
  const reply = await replyTo(request, url, inspected).catch((error: unknown) => {
    if (error instanceof z.ZodError) return problem(400, z.prettifyError(error));
    if (error instanceof OrderImpossible) return problem(409, error.message);
    throw error;
  });
  write(response, reply);
}

async function replyTo(request: IncomingMessage, url: URL, inspected: Inspected): Promise<Reply> {
  const { method } = request;
  const question = method === 'GET' ? questions.get(url.pathname) : undefined;
  if (question !== undefined) {
    const query = querySchema.parse(Object.fromEntries(url.searchParams));
    return question({ request, query, inspected });
  }
  const order = method === 'POST' ? orders.get(url.pathname) : undefined;
  if (order === undefined) return problem(404, `There is no ${method} ${url.pathname} here.`);
  if (isForeign(request)) return problem(403, 'Another site sent this request.');
  const result = order(await sentValues(request), inspected);
  // A form of the page leads back to it, to the place that says what is in force now.
  const fromPage = request.headers.accept?.includes('text/html') ?? false;
  return fromPage ? { status: 303, headers: { Location: '/' } } : ok(result);
}
