import { userAgent } from '@/lib/net/user-agent';
import type { Payload } from '@/lib/siem/splunk/payload';

/** The headers of every request to HEC. They hold the token. */
export function requestHeaders(
  { token, channel }: { readonly token: string; readonly channel: string },
  { bytes, compressed }: Payload,
): Record<string, string> {
  return {
    Authorization: `Splunk ${token}`,
    'User-Agent': userAgent,
    'X-Splunk-Request-Channel': channel,
    'Content-Type': 'application/json',
    ...(compressed && { 'Content-Encoding': 'gzip' }),
    'Content-Length': String(bytes.length),
  };
}
