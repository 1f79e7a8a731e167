import { Ban, Clock, Infinity as Endless, UserX } from 'lucide-react';
import { Status } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import type { KeyHint } from '@/lib/api-keys/key-hints';
import type { ApiKeySummary } from '@/lib/api-keys/list-api-keys';
import { relativeTime } from '@/lib/relative-time';

type Moment = { zone: string; now: Date };
type KeyMoment = Moment & { apiKey: ApiKeySummary; hints: readonly KeyHint[] };

/** When a key was used last, in words, and whether anybody would miss it. */
export function LastUse({ apiKey, hints, now }: Omit<KeyMoment, 'zone'>) {
  const used = apiKey.lastUsedAt;
  const words = used ? (
    <time
      dateTime={used.toISOString()}
      title={used.toISOString()}
      className="inline-block first-letter:uppercase"
    >
      {relativeTime(used, now)}
    </time>
  ) : (
    'Never'
  );
  if (!hints.includes('unused')) return <span className={used ? '' : 'text-muted'}>{words}</span>;
  return (
    <>
      {words}
      <span className="block">
        <Status tone="warn" icon={<Clock />}>
          Unused for 30 days: revoke it
        </Status>
      </span>
    </>
  );
}

/** When a key ends, and whether that needs attention. */
export function Expiry({ apiKey, hints, zone, now }: KeyMoment) {
  const { expiresAt } = apiKey;
  if (hints.includes('revoked'))
    return (
      <Status tone="neutral" icon={<Ban />}>
        Revoked
      </Status>
    );
  if (hints.includes('creator_deactivated')) {
    return (
      <Status tone="bad" icon={<UserX />}>
        Its creator was deactivated
      </Status>
    );
  }
  if (!expiresAt) {
    return (
      <Status tone="warn" icon={<Endless />}>
        Never expires
      </Status>
    );
  }
  const date = <Time value={expiresAt} zone={zone} show="date" />;
  if (hints.includes('expired')) return <Status tone="bad">Expired {date}</Status>;
  if (!hints.includes('expires_soon')) return date;
  return (
    <>
      {date}
      <span className="block">
        <Status tone="warn">Expires {relativeTime(expiresAt, now)}</Status>
      </span>
    </>
  );
}
