import { type AuditAction, catalog } from '@/lib/audit/catalog';
import { genesisHash, sealHash } from '@/lib/audit/chain';
import type { AuditEvent, AuditSource } from '@/lib/audit/event';
import { insertRecords } from '@/lib/audit/insert-records';
import { buildRecord, type PendingEvent } from '@/lib/audit/record';
import { uuidV7 } from '@/lib/audit/uuid-v7';
import { db } from '@/lib/db/client';
import { signedPlace } from '@/prisma/demo/checkpoints';
import type { Random } from '@/prisma/demo/random';

type Draft<A extends AuditAction> = Omit<AuditEvent<A>, 'organization'> & { time: Date };

export type TimedEvent = Omit<PendingEvent, 'organization'> & { time: Date };

/** What happened, in whatever order it is told. */
export type Timeline = {
  add<A extends AuditAction>(draft: Draft<A>): void;
  count(): number;
  /** All of it in the order of time. */
  events(): readonly TimedEvent[];
  /** Writes all of it in that order. */
  write(organization: AuditSource['organization'], random: Random): Promise<void>;
};

/** One statement each: large enough to be fast, small enough for PostgreSQL to tidy up the end of the chain in between. */
const rowsAtOnce = 250;

export function createTimeline(now: Date): Timeline {
  const told: TimedEvent[] = [];
  const inOrder = () => told.toSorted((a, b) => a.time.getTime() - b.time.getTime());
  return {
    count: () => told.length,
    events: inOrder,
    add(draft) {
      if (draft.time >= now) throw new Error(`${draft.action} is told before it happens`);
      told.push({ ...draft, metadata: catalog[draft.action].metadata.parse(draft.metadata) });
    },
    async write(organization, random) {
      const events = inOrder();
      // The table seals, too: the hash is needed here for what a checkpoint signs.
      let end = { seq: 0n, hash: genesisHash(organization.id) };
      for (let at = 0; at < events.length; at += rowsAtOnce) {
        const records = events.slice(at, at + rowsAtOnce).map(({ time, ...event }) => {
          if (event.action === 'audit_log.checkpoint')
            event.metadata = signedPlace(organization, { ...end, time });
          const record = buildRecord({ ...event, organization }, uuidV7(time, random.bytes(16)), time);
          const seq = end.seq + 1n;
          end = { seq, hash: sealHash(end.hash, seq, record) };
          return record;
        });
        await insertRecords(db(), records);
      }
    },
  };
}
