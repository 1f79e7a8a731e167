import { z } from 'zod';
import { db } from '@/lib/db/client';
import { log } from '@/lib/log';
import { meter } from '@/lib/metrics';

/**
 * What does not add up. `skipped`: the cursor has passed events that are neither accepted nor parked. `beyond_log`: it
 * stands behind the end of the log, so events to come would be skipped. `rewound`: it stands before events that were
 * accepted, so they come twice.
 */
export type Unaccounted = {
  readonly kind: 'skipped' | 'beyond_log' | 'rewound';
  readonly firstSeq: string;
  readonly lastSeq: string;
  /** How many of the range; fewer than it is long when there are gaps in between. */
  readonly events: string;
  readonly foundAt: string;
};

const storedSchema = z.object({
  kind: z.enum(['skipped', 'beyond_log', 'rewound']),
  firstSeq: z.string(),
  lastSeq: z.string(),
  events: z.string(),
  foundAt: z.string(),
});

/** Reads `siem_stream.unaccounted`; undefined when all is accounted for. */
export function parseUnaccounted(json: unknown): Unaccounted | undefined {
  return storedSchema.safeParse(json).data;
}

const mismatches = meter(
  'tracekeep_siem_reconciler_mismatches_total',
  'Times that the events of a stream were found not to add up.',
);

type Account = {
  integrationId: string;
  organizationId: string;
  cursor: bigint;
  head: bigint;
  provenSeq: bigint;
  /** The last seq that a receipt covers beyond the cursor. */
  beyond: bigint | null;
  firstMissing: bigint | null;
  lastMissing: bigint | null;
  missing: bigint;
  unaccounted: unknown;
};

/**
 * Checks for each stream that its events add up: of those from the start to the head, each is accepted, parked, or waits
 * behind the cursor (head - start = accepted + parked + waiting). What a receipt, a parked event or a replay covers counts,
 * nothing else. What was proved once is not looked at again; `fromStart` looks at everything. Finding a mismatch changes
 * nothing about the delivery: it is written to the stream, logged with its range and counted, once, and cleared when it is
 * mended, as by a replay of the range. Any number of processes may do this at any time.
 */
export async function reconcile({ fromStart = false } = {}): Promise<void> {
  for (const account of await accounts(fromStart)) {
    const known = parseUnaccounted(account.unaccounted);
    const found = judge(account);
    const isNew = found && (found.kind !== known?.kind || found.firstSeq !== known.firstSeq);
    const unaccounted = found && {
      ...found,
      foundAt: (isNew ? undefined : known?.foundAt) ?? new Date().toISOString(),
    };
    await write(account, unaccounted);
    const { integrationId, organizationId } = account;
    if (isNew) {
      mismatches.add({ integration: integrationId });
      log.error({ integrationId, organizationId, ...unaccounted }, 'the events of a stream do not add up');
    } else if (known && !found) {
      log.info({ integrationId, organizationId, ...known }, 'the events of a stream add up again');
    }
  }
}

function judge(account: Account): Omit<Unaccounted, 'foundAt'> | undefined {
  const { cursor, head, provenSeq, beyond, firstMissing, lastMissing, missing } = account;
  const of = (kind: Unaccounted['kind'], first: bigint, last: bigint, events: bigint) => ({
    kind,
    firstSeq: first.toString(),
    lastSeq: last.toString(),
    events: events.toString(),
  });
  if (cursor > head) return of('beyond_log', head + 1n, cursor, cursor - head);
  if (firstMissing !== null && lastMissing !== null) return of('skipped', firstMissing, lastMissing, missing);
  const accepted = beyond !== null && beyond > provenSeq ? beyond : provenSeq;
  return accepted > cursor ? of('rewound', cursor + 1n, accepted, accepted - cursor) : undefined;
}

/**
 * Every stream whose account is open, in one statement and so as of one instant: a settlement is one statement, too, and
 * never seen by half.
 */
function accounts(fromStart: boolean): Promise<Account[]> {
  return db().$queryRaw`
    SELECT s.integration_id AS "integrationId", s.organization_id AS "organizationId", s.cursor, h.seq AS head,
           s.proven_seq AS "provenSeq", s.unaccounted, beyond.seq AS beyond,
           lower(gaps.missing) AS "firstMissing", upper(gaps.missing) - 1 AS "lastMissing",
           (SELECT coalesce(sum(upper(gap) - lower(gap)), 0)::bigint FROM unnest(gaps.missing) AS gap) AS missing
      FROM siem_stream s
      JOIN audit_head h ON h.organization_id = s.organization_id
     CROSS JOIN LATERAL (SELECT CASE WHEN ${fromStart} THEN greatest(s.start_seq, h.anchor_seq) ELSE s.proven_seq END AS seq) AS since
     CROSS JOIN LATERAL (
       SELECT max(last_seq) AS seq FROM siem_receipt WHERE integration_id = s.integration_id AND last_seq > s.cursor
     ) AS beyond
     CROSS JOIN LATERAL (
       SELECT int8multirange(int8range(since.seq, greatest(since.seq, s.cursor), '(]'))
              - coalesce(range_agg(int8range(covered.first, covered.last, '[]')), '{}') AS missing
         FROM (SELECT first_seq AS first, last_seq AS last FROM siem_receipt
                WHERE integration_id = s.integration_id AND last_seq > since.seq AND first_seq <= s.cursor
               UNION ALL
               SELECT seq, seq FROM siem_parked
                WHERE integration_id = s.integration_id AND seq > since.seq AND seq <= s.cursor
               UNION ALL
               SELECT first_seq, cursor FROM siem_replay
                WHERE integration_id = s.integration_id AND cursor >= first_seq AND cursor > since.seq) AS covered
     ) AS gaps
     WHERE ${fromStart} OR s.cursor <> s.proven_seq OR s.unaccounted IS NOT NULL OR s.cursor > h.seq OR beyond.seq IS NOT NULL`;
}

/** The proof moves to the cursor, or up to what is missing first. It never moves back. */
async function write(
  { integrationId, cursor, head, firstMissing }: Account,
  unaccounted: Unaccounted | undefined,
): Promise<void> {
  const proved = firstMissing === null ? cursor : firstMissing - 1n;
  const provenSeq = proved < head ? proved : head;
  await db().$executeRaw`
    UPDATE siem_stream
       SET proven_seq = greatest(proven_seq, ${provenSeq}),
           unaccounted = ${unaccounted ? JSON.stringify(unaccounted) : null}::jsonb
     WHERE integration_id = ${integrationId}::uuid`;
}
