import { db } from '@/lib/db/client';
import { allMeters, exposition, type Family, type Sample } from '@/lib/metrics';
import { currentLoad } from '@/lib/siem/delivery/measure';
import { parseUnaccounted } from '@/lib/siem/upkeep/reconcile';

const states = ['healthy', 'degraded', 'blocked', 'paused'] as const;

type Row = {
  id: string;
  state: (typeof states)[number];
  waiting: bigint;
  oldestSeconds: number;
  parked: number;
  replayWaiting: bigint;
  unaccounted: unknown;
};

/**
 * The metrics of this process and the present state of every stream, in the Prometheus text format. Counters and
 * histograms are this process's own: add them up over the instances. The gauges come from the database and are the same on
 * each. No label is made of anything but ids of integrations and words of ours; names and meanings: docs/metrics.md.
 * Throws when the database fails.
 */
export async function siemMetrics(): Promise<string> {
  const rows = await db().$queryRaw<Row[]>`
    SELECT s.integration_id AS id, s.state::text, greatest(h.seq - s.cursor, 0) AS waiting, s.unaccounted,
           coalesce((SELECT extract(epoch FROM clock_timestamp() - e.occurred_at)::float8 FROM audit_event e
                      WHERE e.organization_id = s.organization_id AND e.seq > s.cursor
                      ORDER BY e.seq LIMIT 1), 0) AS "oldestSeconds",
           (SELECT count(*)::int FROM siem_parked p
             WHERE p.integration_id = s.integration_id AND p.state IN ('parked', 'retrying')) AS parked,
           (SELECT coalesce(sum(r.last_seq - r.cursor), 0)::bigint FROM siem_replay r
             WHERE r.integration_id = s.integration_id AND r.state IN ('running', 'paused')) AS "replayWaiting"
      FROM siem_stream s JOIN audit_head h ON h.organization_id = s.organization_id
     ORDER BY s.integration_id`;
  const ids = new Set(rows.map(({ id }) => id));
  for (const meter of allMeters()) meter.retain('integration', ids);
  return exposition([
    ...allMeters().map((meter) => meter.family()),
    ...streamGauges(rows),
    ...processGauges(),
  ]);
}

function streamGauges(rows: readonly Row[]): Family[] {
  const gauge = (name: string, help: string, value: (row: Row) => number): Family => ({
    name,
    help,
    type: 'gauge',
    samples: rows.map((row) => ({ labels: { integration: row.id }, value: value(row) })),
  });
  return [
    gauge('tracekeep_siem_events_waiting', 'Events behind the cursor.', ({ waiting }) => Number(waiting)),
    gauge(
      'tracekeep_siem_oldest_waiting_seconds',
      'Age of the first event behind the cursor; 0 for none.',
      ({ oldestSeconds }) => Math.max(0, Math.round(oldestSeconds * 1_000) / 1_000),
    ),
    gauge(
      'tracekeep_siem_parked_events',
      'Events that Splunk refused and nobody has dismissed.',
      (row) => row.parked,
    ),
    gauge('tracekeep_siem_replay_events_waiting', 'Events of replays that are still to be sent.', (row) =>
      Number(row.replayWaiting),
    ),
    gauge(
      'tracekeep_siem_unaccounted_events',
      'Events that are neither accepted nor parked nor waiting. Anything but 0 is an alarm.',
      ({ unaccounted }) => Number(parseUnaccounted(unaccounted)?.events ?? 0),
    ),
    {
      name: 'tracekeep_siem_stream_state',
      help: '1 for the state that a stream is in, 0 for the others.',
      type: 'gauge',
      samples: rows.flatMap((row) =>
        states.map(
          (state): Sample => ({ labels: { integration: row.id, state }, value: row.state === state ? 1 : 0 }),
        ),
      ),
    },
  ];
}

function processGauges(): Family[] {
  const load = currentLoad();
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const one = (name: string, help: string, value: number, type: Family['type'] = 'gauge'): Family => ({
    name,
    help,
    type,
    samples: [{ labels: {}, value }],
  });
  return [
    ...(load
      ? [
          one('tracekeep_siem_streams_sending', 'Streams that this process is sending.', load.sending),
          one('tracekeep_siem_streams_queued', 'Streams that wait for a place in this process.', load.queued),
        ]
      : []),
    one('process_resident_memory_bytes', 'Resident memory of this process.', rss),
    one('nodejs_heap_size_used_bytes', 'Used heap of this process.', heapUsed),
    one(
      'process_cpu_seconds_total',
      'Processor time of this process, user and system.',
      (user + system) / 1_000_000,
      'counter',
    ),
    one(
      'process_start_time_seconds',
      'When this process started, in seconds since 1970.',
      Math.round(Date.now() / 1_000 - process.uptime()),
    ),
  ];
}
