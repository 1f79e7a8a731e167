import { diagnose, type Target } from '@/lib/siem/splunk/diagnose';
import { classify } from '@/lib/siem/splunk/outcome';
import type { HecReply } from '@/lib/siem/splunk/reply';

export const target: Target = { host: 'splunk.acme.io', port: 8088, index: 'audit', deadlineMs: 10_000 };

/** What an admin is told when this comes back. */
export function told(reply: HecReply, of = target) {
  return diagnose(classify(reply, { events: 1, bytes: 500 }).cause, of);
}
