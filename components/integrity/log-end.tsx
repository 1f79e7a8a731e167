import { LogBeginning } from '@/components/integrity/log-beginning';
import type { LogBeginning as Beginning } from '@/lib/integrity/retention/read-retention';

/** At the end of the list: from when on the log is there. */
export function LogEnd({ retention, zone }: { retention: Beginning; zone: string }) {
  if (!retention.begins) return null;
  return (
    <div className="text-center text-sm text-muted">
      <LogBeginning retention={retention} zone={zone} />
    </div>
  );
}
