import { actorOrResponse } from '@/lib/auth/actor';
import { NotFoundError } from '@/lib/scans/not-found';
import { getRun } from '@/lib/scans/read-runs';
import { getScan } from '@/lib/scans/read-scans';

type Context = { params: Promise<{ id: string; runId: string }> };

/** One run with its findings, as a file of JSON. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const actor = await actorOrResponse('scans.read');
  if (actor instanceof Response) return actor;
  const { id, runId } = await params;
  try {
    const { name, targetUrl } = await getScan(actor.organization.id, id);
    const run = await getRun(actor.organization.id, id, runId);
    const body = JSON.stringify({ scan: { id, name, targetUrl }, run }, null, 2);
    return new Response(`${body}\n`, {
      headers: {
        'Content-Type': 'application/json; charset=utf-8',
        // A name of our own: the scan's may hold anything.
        'Content-Disposition': 'attachment; filename="scan-run.json"',
        'Cache-Control': 'no-store',
      },
    });
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    return Response.json({ error: 'There is no such run.' }, { status: 404 });
  }
}
