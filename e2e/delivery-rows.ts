import { randomUUID } from 'node:crypto';
import type { Query } from '@/e2e/database';
import type { Organization } from '@/e2e/fixtures';

export type ParkedDraft = {
  state?: 'parked' | 'retrying' | 'delivered' | 'dismissed';
  reason?: string;
  refusals?: number;
};

/** Parks an event of the log, as if Splunk had refused it. */
export async function insertParked(
  query: Query,
  integrationId: string,
  seq: number,
  { state = 'parked', reason = 'Event field is required', refusals = 1 }: ParkedDraft = {},
): Promise<void> {
  await query(
    `INSERT INTO siem_parked (integration_id, seq, state, http_status, hec_code, reason, refusals, closed_at, closed_by, dismissal)
     VALUES ($1, $2, $3::parked_state, 400, 12, $4, $5, CASE WHEN $3 IN ('delivered', 'dismissed') THEN now() END,
             CASE WHEN $3 = 'dismissed' THEN 'Alice Fox' END,
             CASE WHEN $3 = 'dismissed' THEN 'A test of the limits' END)`,
    [integrationId, seq, state, reason, refusals],
  );
}

export type ReplayState = 'running' | 'paused' | 'finished' | 'cancelled';

/** A replay of the log from its beginning that rests in this state: nothing is sent during a test. Returns its id. */
export async function insertReplay(
  query: Query,
  { id: organizationId }: Organization,
  integrationId: string,
  state: ReplayState,
): Promise<string> {
  const id = randomUUID();
  await query(
    `INSERT INTO siem_replay (id, integration_id, organization_id, first_seq, last_seq, cursor, state, requested_by,
                              events_per_second, max_events, next_attempt_at)
     SELECT $1, $2, $3, 1, seq, CASE WHEN $4 = 'finished' THEN seq ELSE seq / 3 END, $4::replay_state, 'Alice Fox',
            1000, 500, now() + interval '1 year'
       FROM audit_head WHERE organization_id = $3`,
    [id, integrationId, organizationId, state],
  );
  return id;
}
