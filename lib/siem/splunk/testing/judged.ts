import { classify, type Outcome } from '@/lib/siem/splunk/outcome';
import type { HecReply } from '@/lib/siem/splunk/reply';

/** What was sent, unless a test says otherwise. */
export const batch = { events: 3, bytes: 5_000 };
const now = Date.parse('2026-11-23T12:00:00Z');
export const minute = 60_000;

/** The cause's id, and the outcome without its cause. */
export function judged(reply: HecReply, of = batch) {
  const { cause, ...outcome } = classify(reply, of, now);
  return [cause.id, outcome];
}

export const delivered = (slowDown = false) => ({ kind: 'delivered', slowDown });
export const config = (graceMs = 0, accepted = 0) => ({ kind: 'config', accepted, graceMs });
export const event = (position: number) => ({ kind: 'event', accepted: position, position });
/** A failure before anything was sent, but for what `overrides` says. */
export const transient = (overrides: Partial<Extract<Outcome, { kind: 'transient' }>> = {}) => ({
  kind: 'transient',
  renewConnection: true,
  ambiguous: false,
  halveBatch: false,
  renewChannel: false,
  immediately: false,
  ...overrides,
});
export const bisect = { kind: 'bisect', patience: 0 };
export const size = { kind: 'size' };
