import { Archive } from 'lucide-react';
import { HeldBackNotice } from '@/components/integrity/held-back-notice';
import { LogBeginning } from '@/components/integrity/log-beginning';
import { retentionPath } from '@/components/integrity/paths';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import type { Retention } from '@/lib/integrity/retention/read-retention';
import { retentionInWords } from '@/lib/integrity/retention/words';

type RetentionCardProps = { retention: Retention; mayManage: boolean; zone: string };

/** How long events are kept, where the log begins because of that, and what holds deletion back. */
export function RetentionCard({ retention, mayManage, zone }: RetentionCardProps) {
  return (
    <Card aria-labelledby="retention">
      <CardHeader
        icon={<Archive />}
        titleId="retention"
        title="Retention"
        description={
          retention.days === null
            ? 'Events are kept for ever.'
            : `Events are kept for ${retentionInWords(retention.days)}, and then until every integration has them.`
        }
        actions={mayManage && <Button href={retentionPath}>Change retention</Button>}
      />
      {(retention.begins || retention.waiting > 0) && (
        <CardBody className="grid gap-3">
          <LogBeginning retention={retention} zone={zone} />
          <HeldBackNotice retention={retention} />
        </CardBody>
      )}
    </Card>
  );
}
