import Link from 'next/link';
import { ActorAvatar } from '@/components/audit/actor-avatar';
import { Card, CardFooter, CardHeader } from '@/components/ui/card';
import { Time } from '@/components/ui/time';
import type { AuditRow } from '@/lib/audit/query/list-events';
import { actorName, auditSentence } from '@/lib/audit/sentence';

/** The newest events as sentences, each a link to the whole event. */
export function RecentEvents({ rows, zone }: { rows: readonly AuditRow[]; zone: string }) {
  return (
    <Card aria-labelledby="recent-title">
      <CardHeader titleId="recent-title" title="Latest events" />
      <ul className="divide-y divide-line">
        {rows.map((row) => (
          <RecentEvent key={row.id} row={row} zone={zone} />
        ))}
      </ul>
      <CardFooter>
        <Link
          href="/settings/audit-log"
          className="font-medium text-accent underline-offset-4 hover:underline"
        >
          All events in the audit log
        </Link>
      </CardFooter>
    </Card>
  );
}

function RecentEvent({ row, zone }: { row: AuditRow; zone: string }) {
  const actor = { type: row.actorType, name: row.actorName, email: row.actorEmail };
  const { action, outcome, targetName, targetType, id, time } = row;
  return (
    <li className="grid min-h-11 grid-cols-[auto_minmax(0,1fr)] items-center gap-x-3 px-4.5 py-2 sm:grid-cols-[auto_minmax(0,1fr)_auto]">
      <ActorAvatar type={row.actorType} name={actorName(actor)} />
      <Link href={`/settings/audit-log/${id}`} className="underline-offset-4 hover:underline">
        {auditSentence({ action, outcome, actor, target: { name: targetName, type: targetType } })}
      </Link>
      <Time
        value={new Date(time)}
        zone={zone}
        precision="minute"
        withOffset
        className="text-sm text-muted max-sm:col-start-2"
      />
    </li>
  );
}
