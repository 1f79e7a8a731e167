import { race } from '@/bench/contestants/race';
import { db } from '@/lib/db/client';
import { HecClients } from '@/lib/siem/delivery/clients';
import { drain } from '@/lib/siem/delivery/drain';

// The engine once more, in a process that has sent before: what remains is what the waiting events cost.
const clients = new HecClients();
await warmUp();
await race(async ({ integrationId }) => {
  const end = await drain(integrationId, { owner: 'bench', clients });
  if (end !== 'caught_up') throw new Error(`the drain ended as ${end}`);
});

/** Sends the last ten thousand events of the log a few times, and puts the stream back to where it was. */
async function warmUp(): Promise<void> {
  const { integrationId: id } = JSON.parse(process.argv[2] ?? '');
  const { cursor } = await db().siemStream.findUniqueOrThrow({ where: { integrationId: id } });
  for (let n = 0; n < 3; n++) {
    await db().$executeRaw`
      UPDATE siem_stream s SET cursor = greatest(h.seq - 10000, 1) FROM audit_head h
       WHERE h.organization_id = s.organization_id AND s.integration_id = ${id}::uuid`;
    await drain(id, { owner: 'bench', clients });
  }
  await db().$executeRaw`UPDATE siem_stream SET cursor = ${cursor} WHERE integration_id = ${id}::uuid`;
}
