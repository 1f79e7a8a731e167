import { log } from '@/lib/log';
import { repeat } from '@/lib/repeat';
import { sendAlerts } from '@/lib/siem/alerts/send-alerts';
import type { HecClients } from '@/lib/siem/delivery/clients';
import { recordHeartbeats } from '@/lib/siem/upkeep/heartbeat';
import { reconcile } from '@/lib/siem/upkeep/reconcile';
import { summarizeReceipts } from '@/lib/siem/upkeep/summarize-receipts';

/** A mismatch (security.md #41) and a stream that is blocked (#31) are told within a minute. */
const oftenMs = 30_000;
const often = { firstMs: oftenMs, everyMs: oftenMs };
const seldom = { firstMs: oftenMs, everyMs: 60 * 60_000 };

/**
 * Does what delivery needs now and then beside sending: heartbeats, the account of each stream and mails to the admins
 * twice a minute, an account from the start and the receipts each hour, all of it for the first time half a minute after the start. Every
 * process does it; none of it does harm when it is done twice. What fails is tried again the next time.
 */
export function startUpkeep(clients: HecClients): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = Promise.all([
    repeat('heartbeats', often, recordHeartbeats, signal),
    repeat('the account of the streams', often, () => reconcile(), signal),
    repeat('mails to the admins', often, sendAlerts, signal),
    repeat('idle connections', often, async () => clients.closeIdle(), signal),
    repeat('receipts', seldom, summarizeReceipts, signal),
    repeat('the account from the start', seldom, () => reconcile({ fromStart: true }), signal),
  ]);
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** All of it once, for hosts where no process streams by itself. Never throws. */
export async function upkeepOnce(): Promise<void> {
  for (const work of [recordHeartbeats, reconcile, summarizeReceipts, sendAlerts]) {
    await work().catch((error: unknown) => log.warn({ err: error }, 'upkeep was interrupted'));
  }
}
