import Link from 'next/link';
import { integrationPath } from '@/components/siem/integration-path';
import { Notice } from '@/components/ui/notice';
import type { HeldBack, Retention } from '@/lib/integrity/retention/read-retention';

const reasons: Record<HeldBack['why'], string> = {
  not_delivered: 'has not received them all',
  parked: 'has parked events among them: retry or dismiss them',
  replay: 'has a replay on its way to them',
  unaccounted: 'has events among them whose delivery is not proved',
};

/** Which integrations keep events from being deleted; nothing when none does. */
export function HeldBackNotice({ retention: { waiting, heldBack } }: { retention: Retention }) {
  if (waiting === 0) return null;
  const events = waiting === 1 ? 'One event is' : `${waiting.toLocaleString('en')} events are`;
  return (
    <Notice tone="warn" title={`${events} past the retention and not deleted yet`}>
      {heldBack.length === 0 ? (
        'They go within a minute.'
      ) : (
        <ul className="list-disc pl-5">
          {heldBack.map(({ integration, why }) => (
            <li key={integration.id}>
              <Link href={integrationPath(integration.id)} className="underline">
                {integration.name}
              </Link>{' '}
              {reasons[why]}.
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
