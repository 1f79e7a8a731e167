import { bearerMatches } from '@/app/api/bearer';
import { env } from '@/lib/env';
import { log } from '@/lib/log';
import { siemMetrics } from '@/lib/siem/metrics';

export const dynamic = 'force-dynamic';

/** The metrics of delivery and of this process for Prometheus; docs/metrics.md lists them. */
export async function GET(request: Request): Promise<Response> {
  const token = env().METRICS_TOKEN;
  if (token === undefined) return new Response('Not found', { status: 404 });
  if (!bearerMatches(request.headers.get('authorization'), token)) {
    return new Response('Unauthorized', { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } });
  }
  try {
    return new Response(await siemMetrics(), {
      headers: { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8', 'Cache-Control': 'no-store' },
    });
  } catch (error) {
    log.warn({ err: error }, 'the metrics could not be read');
    return new Response('The database is away', { status: 503 });
  }
}
