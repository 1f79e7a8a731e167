import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { env } from '@/lib/env';
import { log } from '@/lib/log';
import { channel } from '@/lib/siem/delivery/notify';

/** Messages are a convenience, so there is no hurry: the poll finds everything within a second. */
const reconnectMs = 2_000;

/**
 * Calls `onCommit` with the organization id when another instance, or this one, committed events. Holds one connection
 * outside of the pool, because a pooled one cannot stay in LISTEN, and makes a new one whenever it is lost. Works best
 * effort: messages of the meantime are lost. Returns a function that stops it.
 */
export function listenToInstances(onCommit: (organizationId: string) => void): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = (async () => {
    while (!signal.aborted) {
      await listenOnce(onCommit, signal).catch((error: unknown) => {
        if (!signal.aborted) log.debug({ err: error }, 'the notification connection was lost');
      });
      await sleep(reconnectMs, undefined, { signal }).catch(() => undefined);
    }
  })();
  return async () => {
    stopping.abort();
    await running;
  };
}

async function listenOnce(onCommit: (organizationId: string) => void, signal: AbortSignal): Promise<void> {
  const client = new pg.Client({
    connectionString: env().DATABASE_URL,
    application_name: 'tracekeep listen',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  // An 'error' without a listener would end the process; 'end' follows it.
  client.on('error', () => undefined);
  client.on('notification', ({ payload }) => payload && onCommit(payload));
  try {
    await client.connect();
    await client.query(`LISTEN ${channel}`);
    await once(client, 'end', { signal });
  } finally {
    await client.end().catch(() => undefined);
  }
}
