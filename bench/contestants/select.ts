import { race } from '@/bench/contestants/race';
import { pool } from '@/lib/db/pool';

await pool().query('SELECT 1');

// For comparison: the rows of the same batches are read from PostgreSQL, and nothing is made of them.
await race(async ({ organizationId, events, batchEvents }) => {
  let seq = '0';
  for (let read = 0; read < events; read += batchEvents) {
    const { rows } = await pool().query({
      rowMode: 'array',
      text: `SELECT seq, id, (extract(epoch FROM occurred_at) * 1000)::bigint, action, record, encode(hash, 'hex')
               FROM audit_event WHERE organization_id = $1 AND seq > $2 ORDER BY seq LIMIT $3`,
      values: [organizationId, seq, batchEvents],
    });
    seq = rows.at(-1)?.[0];
  }
});
