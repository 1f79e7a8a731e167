import { race } from '@/bench/contestants/race';
import { db } from '@/lib/db/client';
import { readRows } from '@/lib/siem/delivery/batch';

await db().$queryRaw`SELECT 1`;

// A limit: the rows of the same batches are read by the engine's own statement, and nothing is made of them.
await race(async ({ integrationId, organizationId, events, batchEvents }) => {
  const stream = await db().siemStream.findUniqueOrThrow({ where: { integrationId } });
  let { cursor } = stream;
  for (let read = 0; read < events; ) {
    const rows = await readRows({ organizationId, cursor, limit: batchEvents });
    const last = rows.at(-1);
    if (!last) throw new Error('the log has ended');
    read += rows.length;
    cursor = BigInt(last[0]);
  }
});
