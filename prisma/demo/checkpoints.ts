import type { AuditSource } from '@/lib/audit/event';
import { checkpointText } from '@/lib/audit/signed-text';
import { signText } from '@/lib/crypto/signing-key';
import { dayMs, hourMs, later } from '@/prisma/demo/calendar';
import type { World } from '@/prisma/demo/world';

/** Since the version that signs checkpoints was installed. */
const days = 3;

const system = { actor: { type: 'system' as const }, context: { origin: 'system' as const } };
const log = { type: 'audit_log' as const, name: 'the audit log' };
const none = '0'.repeat(64);

/** A checkpoint at the end of each hour in which something happened, as told so far; the auditor verifies, and keeps it so. */
export function tellCheckpoints({ calendar, timeline, presence, cast }: World): void {
  const { now } = calendar;
  const times = timeline.events().map(({ time }) => time.getTime());
  const since = Math.floor((now.getTime() - days * dayMs) / hourMs) * hourMs;
  for (let hour = since; hour + hourMs + 20_000 < now.getTime(); hour += hourMs) {
    const time = new Date(hour + hourMs + 11_402);
    if (!times.some((one) => one >= hour && one < hour + hourMs)) continue;
    timeline.add({
      ...system,
      time,
      action: 'audit_log.checkpoint',
      targets: [log],
      metadata: { seq: '0', hash: none, time: time.toISOString(), key_id: none, signature: '' },
    });
  }
  const retention = calendar.at(calendar.workday(56), '14:25:40.118');
  timeline.add({
    ...presence.act(cast.alice, retention),
    action: 'audit_log.update_retention',
    targets: [log],
    changes: [{ field: 'retention', from: 'forever', to: '400 days' }],
    metadata: { days: 400, events: '0' },
  });
  for (const daysAgo of [56, 26])
    timeline.add({
      ...presence.act(cast.mira, calendar.at(calendar.workday(daysAgo), '14:31:08.271')),
      action: 'audit_log.verify',
      targets: [log],
      metadata: { first_seq: '1', last_seq: daysAgo === 56 ? '7118' : '13926' },
    });
}

/** What a checkpoint says that stands behind the event of this number and hash. */
export function signedPlace(
  { id: organizationId }: AuditSource['organization'],
  { seq, hash, time }: { seq: bigint; hash: Buffer; time: Date },
) {
  const place = { seq: seq.toString(), hash: hash.toString('hex'), time: later(time, -3).toISOString() };
  const { keyId, signature } = signText(checkpointText({ ...place, organizationId }));
  return { ...place, key_id: keyId, signature };
}
