import { randomUUID } from 'node:crypto';
import type { Query } from '@/e2e/database';
import type { Organization } from '@/e2e/fixtures';

/** Ids of things that calls are about. */
export type Things = { event: string; scan: string; run: string };

/** What calls with a body send. */
export const bodies: Record<string, object> = {
  createScan: { name: 'made by a program', target_url: 'https://127.0.0.1:8443' },
  scheduleScan: { cron: '0 2 * * 1', time_zone: 'Europe/Berlin' },
};

/** Whether a call needs a run that is under way, or none. */
export const stateFor = (operation: string) => (operation === 'stopScan' ? 'running' : 'finished');

/** A scan with a run in this state. Its target is a port of this machine where nothing listens. */
export async function insertScan(
  query: Query,
  { id: organizationId }: Organization,
  status: 'running' | 'finished' = 'finished',
): Promise<{ scan: string; run: string }> {
  const [scan, run] = [randomUUID(), randomUUID()];
  await query(
    `INSERT INTO scan (id, organization_id, name, target_url, created_by_name)
     VALUES ($1, $2, $3, 'https://127.0.0.1:8443/', 'Alice Fox')`,
    [scan, organizationId, `scan ${scan.slice(0, 8)}`],
  );
  // A worker that was heard of in the future keeps the sweeper of the stack away.
  await query(
    `INSERT INTO scan_run (id, organization_id, scan_id, status, trigger, started_by_name, started_at, heartbeat_at,
                           finished_at, attempt)
     VALUES ($1, $2, $3, $4::scan_run_status, 'manual', 'Alice Fox', now(), now() + interval '1 day',
             CASE WHEN $4 = 'finished' THEN now() END, 1)`,
    [run, organizationId, scan, status],
  );
  return { scan, run };
}

/** The parameters of an address such as /scans/{id}/runs/{runId}, in their order. */
export function fillIn(path: string, { event, scan, run }: Things): string {
  const id = path.startsWith('/audit-events') ? event : scan;
  return path.replace('{id}', id).replace('{runId}', run);
}
