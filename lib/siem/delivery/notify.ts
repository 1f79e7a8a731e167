import { onAuditCommitted } from '@/lib/audit/committed';
import { pool } from '@/lib/db/pool';
import { log } from '@/lib/log';

/** The PostgreSQL channel on which instances tell one another that an organization has new events. */
export const channel = 'tracekeep_audit';

/**
 * A burst of commits becomes one message. The other instances hear of it this much later; this one needs no message.
 */
const debounceMs = 50;

/**
 * Tells the other instances of this one's commits. The messages are sent outside of the transactions that caused them: a
 * NOTIFY inside would make all of PostgreSQL's commits queue for one lock, and a lost one costs no more than a second
 * until the next poll. Returns a function that stops it.
 */
export function notifyOtherInstances(): () => void {
  const organizations = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  const send = () => {
    timer = undefined;
    const ids = [...organizations];
    organizations.clear();
    pool()
      .query('SELECT pg_notify($1, id) FROM unnest($2::text[]) AS id', [channel, ids])
      .catch((error: unknown) => log.debug({ err: error }, 'other instances were not told of new events'));
  };
  const stopListening = onAuditCommitted((organizationId) => {
    organizations.add(organizationId);
    timer ??= setTimeout(send, debounceMs);
  });
  return () => {
    stopListening();
    clearTimeout(timer);
  };
}

/**
 * Tells the other instances that these streams have more to send and nobody who sends it: this process stops. Best effort,
 * like every message; the poll finds them within a second.
 */
export async function announceLeft(integrationIds: readonly string[]): Promise<void> {
  if (integrationIds.length === 0) return;
  await pool()
    .query(
      `SELECT pg_notify($1, id) FROM (SELECT DISTINCT organization_id::text AS id FROM siem_stream
        WHERE integration_id = ANY($2::uuid[])) AS organizations`,
      [channel, integrationIds],
    )
    .catch((error: unknown) => log.debug({ err: error }, 'other instances were not told what is left'));
}
