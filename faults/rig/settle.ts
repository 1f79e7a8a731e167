import { setTimeout as sleep } from 'node:timers/promises';
import type { Customer } from '@/faults/rig/customer';
import { passLeases, passWaits } from '@/faults/rig/time';
import { until } from '@/faults/rig/until';
import type { World } from '@/faults/rig/world';
import { db } from '@/lib/db/client';

/** Once nothing is wrong any more, everything waiting has to arrive within a minute (I7); twice that on a busy machine. */
const settleMs = 120_000;

type Options = {
  /** Waits for backoffs, probes and leases as in life. */
  readonly inRealTime?: boolean;
};

type Waiting = {
  id: string;
  state: string;
  waiting: bigint;
  retrying: bigint;
  attempt: number;
  owner: string | null;
  error: unknown;
};

/** Until each customer's stream has caught up. Rejects, and says how it stands, when one does not. */
export async function settle(
  world: World,
  customers: readonly Customer[],
  { inRealTime = false }: Options = {},
): Promise<void> {
  const deadline = Date.now() + settleMs;
  const ids = customers.map(({ id }) => id);
  for (;;) {
    const rows = await waiting(ids);
    if (rows.length === 0) return;
    if (Date.now() > deadline) {
      const text = JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? Number(value) : value));
      throw new Error(`I2, I7: the streams did not settle: ${text}`);
    }
    if (!inRealTime) {
      await passWaits(...ids);
      await passLeases(world.dead);
    }
    await sleep(200);
  }
}

/** A fresh event arrives, too. */
export async function settleOnceMore(
  world: World,
  customers: readonly Customer[],
  options: Options = {},
): Promise<void> {
  await settle(world, customers, options);
  for (const { producer } of customers) {
    await until(() => producer.act('fresh'), 'I7: an action after the last fault is confirmed');
  }
  await settle(world, customers, options);
}

function waiting(ids: readonly string[]): Promise<Waiting[]> {
  return db().$queryRaw`
    SELECT * FROM (
      SELECT s.integration_id AS id, s.state::text, h.seq - s.cursor AS waiting, s.attempt, s.lease_owner AS owner,
             s.last_error AS error,
             (SELECT count(*) FROM siem_parked p
               WHERE p.integration_id = s.integration_id AND p.state = 'retrying') AS retrying
        FROM siem_stream s JOIN audit_head h ON h.organization_id = s.organization_id
       WHERE s.integration_id = ANY(${[...ids]}::uuid[])) AS streams
     WHERE waiting <> 0 OR retrying <> 0`;
}
