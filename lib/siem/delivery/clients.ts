import { unseal } from '@/lib/crypto/seal';
import type { Attempt } from '@/lib/siem/delivery/attempt';
import { createHecClient, type HecClient } from '@/lib/siem/splunk/client';
import { storedTrust } from '@/lib/siem/splunk/trust';

/** What a sealed token belongs to: it opens for this integration and nowhere else. */
export function tokenPlace(integrationId: string): string {
  return `siem_integration:${integrationId}:token`;
}

/** A connection is renewed after a minute anyway; what is idle for longer only keeps a token in memory. */
const idleMs = 60_000;

type Destination = Pick<
  Attempt,
  | 'integrationId'
  | 'version'
  | 'eventUrl'
  | 'channel'
  | 'gzip'
  | 'tokenSealed'
  | 'caCertificate'
  | 'pinnedFingerprint'
>;

/**
 * One HEC client per integration, kept between batches for its connection. A client is made from one version of the
 * integration and dropped with it, so a token never travels to an address that it was not entered for.
 */
export class HecClients {
  readonly #open = new Map<string, { made: string; client: HecClient; usedMs: number }>();

  /** The client for an attempt. Throws a SealError when the token was sealed with another APP_SECRET. */
  for(attempt: Destination): HecClient {
    const { integrationId, version, eventUrl, channel, gzip, tokenSealed } = attempt;
    const made = `${version} ${gzip} ${channel}`;
    const open = this.#open.get(integrationId);
    if (open?.made === made) {
      open.usedMs = performance.now();
      return open.client;
    }
    this.#open.delete(integrationId);
    open?.client.close();
    const client = createHecClient({
      eventUrl,
      channel,
      gzip,
      token: unseal(tokenSealed, tokenPlace(integrationId)),
      trust: storedTrust(attempt),
    });
    this.#open.set(integrationId, { made, client, usedMs: performance.now() });
    return client;
  }

  /** Closes the clients that nobody has asked for in the last minute, among them those of deleted integrations. */
  closeIdle(): void {
    const limitMs = performance.now() - idleMs;
    for (const [id, { client, usedMs }] of this.#open) {
      if (usedMs >= limitMs) continue;
      this.#open.delete(id);
      client.close();
    }
  }

  /** Closes every connection. */
  async close(): Promise<void> {
    const clients = [...this.#open.values()].map(({ client }) => client);
    this.#open.clear();
    await Promise.all(clients.map((client) => client.close()));
  }
}
