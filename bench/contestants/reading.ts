import { race } from '@/bench/contestants/race';
import { db } from '@/lib/db/client';
import { type Attempt, attemptColumns, attemptJoins } from '@/lib/siem/delivery/attempt';
import { prepare } from '@/lib/siem/delivery/look-ahead';

// A limit: the same batches are read, encoded and compressed one after the other, and none of them is sent.
await race(async ({ integrationId, events }) => {
  const [stream] = await db().$queryRaw<Attempt[]>`
    SELECT ${attemptColumns} FROM siem_stream s ${attemptJoins} WHERE s.integration_id = ${integrationId}::uuid`;
  if (!stream) throw new Error('there is no such stream');
  let { cursor } = stream;
  for (let read = 0; read < events; ) {
    const made = await prepare({ ...stream, cursor }, stream.maxEvents);
    if ('damaged' in made) throw new Error('an event is damaged');
    read += made.batch.events.length;
    cursor = made.batch.events.at(-1)?.seq ?? cursor;
  }
});
