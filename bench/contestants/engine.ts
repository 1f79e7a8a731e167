import { race } from '@/bench/contestants/race';
import { db } from '@/lib/db/client';
import { HecClients } from '@/lib/siem/delivery/clients';
import { drain } from '@/lib/siem/delivery/drain';

// A server is connected to its database when a stream begins.
await db().$queryRaw`SELECT 1`;

// Our engine: reads, encodes, compresses, posts and settles what waits in PostgreSQL.
await race(async ({ integrationId }) => {
  const clients = new HecClients();
  const end = await drain(integrationId, { owner: 'bench', clients });
  await clients.close();
  if (end !== 'caught_up') throw new Error(`the drain ended as ${end}`);
});
