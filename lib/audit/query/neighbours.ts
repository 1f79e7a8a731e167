import { Prisma } from '@/lib/db/generated/client';
import { type Read, readOnly } from '@/lib/db/read-only';
import type { AuditFilter } from '../filter/audit-filter';
import { findEvents } from './find-events';
import { larger, smaller } from './larger';
import type { Order } from './matching';
import { resolveFilter } from './resolve-filter';
import type { Scope } from './scope';

/** The ids of the events before and after one in a filtered log. */
export type Neighbours = { newer?: string; older?: string };

const timeoutMs = 5_000;

/**
 * The next newer and the next older event that match, seen from the event `seq`, which need not match itself. One that is
 * not found within the patience of a search is absent like one that does not exist.
 */
export async function auditNeighbours(
  organizationId: string,
  filter: AuditFilter,
  seq: bigint,
  now = new Date(),
): Promise<Neighbours> {
  return readOnly(timeoutMs, async (read) => {
    const scope = await resolveFilter(read, organizationId, filter, now);
    const newer = await firstId(read, { ...scope, first: larger(scope.first, seq + 1n) }, 'ASC');
    const older = await firstId(read, { ...scope, last: smaller(scope.last, seq - 1n) }, 'DESC');
    return { ...(newer !== undefined && { newer }), ...(older !== undefined && { older }) };
  });
}

async function firstId(read: Read, scope: Scope, order: Order): Promise<string | undefined> {
  const { seqs } = await findEvents(read, scope, { order, limit: 1 });
  if (seqs[0] === undefined) return undefined;
  const [row] = await read<{ id: string }>(Prisma.sql`
    SELECT a.id FROM audit_event a
     WHERE a.organization_id = ${scope.organizationId}::uuid AND a.seq = ${seqs[0]}`);
  return row?.id;
}
