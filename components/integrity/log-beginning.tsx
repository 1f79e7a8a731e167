import { Time } from '@/components/ui/time';
import type { LogBeginning as Beginning } from '@/lib/integrity/retention/read-retention';
import { retentionAsAttribute } from '@/lib/integrity/retention/words';

/** Says from when on the log is there, where a part of it was deleted; nothing where it is whole. */
export function LogBeginning({ retention: { begins, days }, zone }: { retention: Beginning; zone: string }) {
  if (!begins) return null;
  const why = days === null ? 'an earlier retention' : `${retentionAsAttribute(days)} retention`;
  if (begins.at === null) return <p>All events so far have been deleted ({why}).</p>;
  return (
    <p>
      Events before <Time value={new Date(begins.at)} zone={zone} precision="minute" withOffset /> have been
      deleted ({why}). The log begins with No. {begins.seq}.
    </p>
  );
}
