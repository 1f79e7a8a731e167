import { unseal } from '@/lib/crypto/seal';
import type { Attempt } from '@/lib/siem/delivery/attempt';
import { createHecClient, type HecClient } from '@/lib/siem/splunk/client';
import { storedTrust } from '@/lib/siem/splunk/trust';

/** What a sealed token belongs to: it opens for this integration and nowhere else. */
export function tokenPlace(integrationId: string): string {
  return `siem_integration:${integrationId}:token`;
}

/**
 * One HEC client per integration, kept between batches for its connection. A client is made from one version of the
 * integration and dropped with it, so a token never travels to an address that it was not entered for.
 */
export class HecClients {
  readonly #open = new Map<string, { readonly made: string; readonly client: HecClient }>();

  /** The client for an attempt. Throws a SealError when the token was sealed with another APP_SECRET. */
  for(attempt: Attempt): HecClient {
    const { integrationId, version, eventUrl, channel, gzip, tokenSealed } = attempt;
    const made = `${version} ${gzip}`;
    const open = this.#open.get(integrationId);
    if (open?.made === made) return open.client;
    this.#open.delete(integrationId);
    open?.client.close();
    const client = createHecClient({
      eventUrl,
      channel,
      gzip,
      token: unseal(tokenSealed, tokenPlace(integrationId)),
      trust: storedTrust(attempt),
    });
    this.#open.set(integrationId, { made, client });
    return client;
  }

  /** Closes every connection. */
  async close(): Promise<void> {
    const clients = [...this.#open.values()].map(({ client }) => client);
    this.#open.clear();
    await Promise.all(clients.map((client) => client.close()));
  }
}
