import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { recordAudit } from '@/lib/audit/record';
import { withTransaction } from '@/lib/audit/transaction';
import { db } from '@/lib/db/client';
import { startStreamer } from '@/lib/siem/delivery/streamer';

// From an action's commit to the answer that accepted its event: latency.ts {"organizationId","perSecond","seconds"}.
const taskSchema = z.object({ organizationId: z.string(), perSecond: z.number(), seconds: z.number() });

const { organizationId, perSecond, seconds } = taskSchema.parse(JSON.parse(process.argv[2] ?? ''));
const organization = await db().organization.findUniqueOrThrow({ where: { id: organizationId } });
const committedMs = new Map<bigint, number>();
const latencies: number[] = [];

const streamer = startStreamer({
  onReceipt({ firstSeq, lastSeq }) {
    const acceptedMs = performance.now();
    for (let seq = firstSeq; seq <= lastSeq; seq++) {
      const sinceMs = committedMs.get(seq);
      // An event may be accepted before its own commit has returned here.
      if (sinceMs !== undefined) latencies.push(acceptedMs - sinceMs);
      else if (seq > first) latencies.push(0);
    }
  },
});
const head = await db().auditHead.findUniqueOrThrow({ where: { organizationId } });
const first = head.seq;
let seq = first;
const startedMs = performance.now();
for (let n = 0; n < perSecond * seconds; n++) {
  await sleep(Math.max(0, startedMs + (n * 1_000) / perSecond - performance.now()));
  await withTransaction(async (tx) => {
    recordAudit(tx, {
      organization,
      actor: { type: 'system' },
      context: { origin: 'system' },
      action: 'organization.invitation.revoke',
      targets: [{ type: 'invitation', id: `i-${n}`, name: 'Bob Hale' }],
      metadata: {},
    });
  });
  seq += 1n;
  committedMs.set(seq, performance.now());
}
while (latencies.length < perSecond * seconds) await sleep(20);
await streamer.stop();
console.log(JSON.stringify(latencies));
process.exit(0);
