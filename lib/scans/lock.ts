import { z } from 'zod';
import type { Tx } from '@/lib/audit/transaction';
import { NotFoundError } from '@/lib/scans/not-found';

/** A scan's row as commands need it. */
export type LockedScan = {
  readonly id: string;
  readonly name: string;
  readonly targetUrl: string;
  readonly cron: string | null;
  readonly timeZone: string | null;
};

/**
 * Locks a scan until the transaction ends. Every command and the scheduler take this lock before they look at the scan's
 * runs, so what they decide holds when they write. Throws {@link NotFoundError} for an id of another organization too.
 */
export async function lockScan(tx: Tx, organizationId: string, id: string): Promise<LockedScan> {
  if (!z.uuid().safeParse(id).success) throw new NotFoundError();
  const [scan] = await tx.$queryRaw<LockedScan[]>`
    SELECT id, name, target_url AS "targetUrl", cron, time_zone AS "timeZone"
      FROM scan WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  if (!scan) throw new NotFoundError();
  return scan;
}

/** The target of every event about a scan. */
export function scanTarget({ id, name }: { readonly id: string; readonly name: string }) {
  return [{ type: 'scan' as const, id, name }];
}
