import { Prisma } from '@/lib/db/generated/client';
import { readOnly } from '@/lib/db/read-only';
import type { AuditFilter } from '../filter/audit-filter';
import { scannedEvents, smallEvents, smallestSource, sourceEntries } from './matching';
import { resolveFilter } from './resolve-filter';
import { isPlain } from './scope';

/** Counting stops here: "10,000+" costs the same however long the log is. */
export const countLimit = 10_000;

const timeoutMs = 2_000;

/**
 * How many events match: exact up to `limit`, one more for any larger number. Relative times end at `now`. Throws a
 * TooSlowError where even so many take longer than two seconds to find.
 */
export async function countAuditEvents(
  organizationId: string,
  filter: AuditFilter,
  { limit = countLimit, now = new Date() } = {},
): Promise<number> {
  const enough = limit + 1;
  return readOnly(timeoutMs, async (read) => {
    const scope = await resolveFilter(read, organizationId, filter, now);
    if (scope.first > scope.last) return 0;
    // Numbers without a gap are counted by their ends.
    if (isPlain(scope)) return Math.min(Number(scope.last - scope.first + 1n), enough);

    const [only, ...others] = scope.sources;
    let events: Prisma.Sql;
    if (only && others.length + scope.checks.length === 0) {
      events = Prisma.sql`${sourceEntries(scope, only, enough)} AS listed`;
    } else {
      const small = await smallestSource(read, scope, countLimit);
      events = small ? smallEvents(scope, small) : scannedEvents(scope);
    }
    const [row] = await read<{ count: string }>(Prisma.sql`
      SELECT count(*) FROM (SELECT 1 FROM ${events} LIMIT ${enough}) AS counted`);
    return Number(row?.count ?? 0);
  });
}
