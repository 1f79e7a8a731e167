import { requireDatabase } from '@/lib/db/health';

export const dynamic = 'force-dynamic';

/** Whether this instance can serve: one word, because anybody may ask. */
export async function GET(): Promise<Response> {
  try {
    await requireDatabase();
    return Response.json({ status: 'ok' }, { headers: { 'cache-control': 'no-store' } });
  } catch {
    return Response.json(
      { status: 'unavailable' },
      { status: 503, headers: { 'cache-control': 'no-store' } },
    );
  }
}
