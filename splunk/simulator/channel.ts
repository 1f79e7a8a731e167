import type { IncomingMessage } from 'node:http';
import { refuse } from '@/splunk/simulator/answer';
import type { Flavour } from '@/splunk/simulator/instance';
import type { Token } from '@/splunk/simulator/tokens';

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * The channel of a request, null without one. Only a token with indexer acknowledgement needs it and looks at
 * its form (hec.md §6.2, stages 14 and 15).
 * @throws Refusal with code 10 (28 on Splunk Cloud) or 11
 */
export function channelOf(request: IncomingMessage, url: URL, token: Token, flavour: Flavour): string | null {
  const header = request.headers['x-splunk-request-channel'];
  const channel = (typeof header === 'string' && header) || url.searchParams.get('channel') || null;
  if (!token.useAck) return channel;
  if (channel === null) throw refuse(flavour === 'cloud' ? 28 : 10);
  if (!guid.test(channel)) throw refuse(11);
  return channel;
}
