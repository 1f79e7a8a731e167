import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '@/lib/log';
import { sendAlerts } from '@/lib/siem/alerts/send-alerts';
import type { HecClients } from '@/lib/siem/delivery/clients';
import { recordHeartbeats } from '@/lib/siem/upkeep/heartbeat';
import { reconcile } from '@/lib/siem/upkeep/reconcile';
import { summarizeReceipts } from '@/lib/siem/upkeep/summarize-receipts';

/** A mismatch (security.md #41) and a stream that is blocked (#31) are told within a minute. */
const oftenMs = 30_000;
const seldomMs = 60 * 60_000;

/**
 * Does what delivery needs now and then beside sending: heartbeats, the account of each stream and mails to the admins
 * twice a minute, an account from the start and the receipts each hour, all of it for the first time half a minute after the start. Every
 * process does it; none of it does harm when it is done twice. What fails is tried again the next time.
 */
export function startUpkeep(clients: HecClients): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = Promise.all([
    repeat('heartbeats', oftenMs, recordHeartbeats, signal),
    repeat('the account of the streams', oftenMs, () => reconcile(), signal),
    repeat('mails to the admins', oftenMs, sendAlerts, signal),
    repeat('idle connections', oftenMs, async () => clients.closeIdle(), signal),
    repeat('receipts', seldomMs, summarizeReceipts, signal),
    repeat('the account from the start', seldomMs, () => reconcile({ fromStart: true }), signal),
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

async function repeat(
  what: string,
  everyMs: number,
  work: (signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  for (let waitMs = oftenMs; !signal.aborted; waitMs = everyMs) {
    await sleep(waitMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    await work(signal).catch((error: unknown) => log.warn({ err: error, what }, 'upkeep was interrupted'));
  }
}
