import { race } from '@/bench/contestants/race';
import { HecClients } from '@/lib/siem/delivery/clients';
import { drain } from '@/lib/siem/delivery/drain';

// Our engine: reads, encodes, compresses, posts and settles what waits in PostgreSQL.
await race(async ({ integrationId }) => {
  const clients = new HecClients();
  const end = await drain(integrationId, { owner: 'bench', clients });
  await clients.close();
  if (end !== 'caught_up') throw new Error(`the drain ended as ${end}`);
});
