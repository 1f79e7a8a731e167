import { env } from '@/lib/env';
import type { EventOrigin } from '@/lib/siem/splunk/envelope';

/** What Splunk is told about where an organization's events come from; the same for a test event as for all others. */
export function eventOrigin(organizationSlug: string, index: string | null | undefined): EventOrigin {
  return {
    host: new URL(env().PUBLIC_URL).hostname,
    source: `tracekeep:${organizationSlug}`,
    org: organizationSlug,
    ...(index != null && { index }),
  };
}
