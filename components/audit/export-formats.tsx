import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { exportHref } from '@/components/audit/log-href';
import { Button } from '@/components/ui/button';
import { Card, CardHeader } from '@/components/ui/card';
import { Code } from '@/components/ui/code';
import type { AuditFilter } from '@/lib/audit/filter/audit-filter';

/** A button for each kind of file. Plain forms: the browser saves what they answer, and the page stays. */
export function ExportFormats({ filter }: { filter: AuditFilter }) {
  const button = (format: string, label: ReactNode) => (
    <form method="post" action={exportHref(filter, format)}>
      <Button type="submit" icon={<Download />}>
        {label}
      </Button>
    </form>
  );
  return (
    <Card aria-label="Formats">
      <CardHeader
        title="CSV"
        description="For a spreadsheet: one line for each event, times in UTC. What a spreadsheet would take for a formula has an apostrophe before it."
        actions={button('csv', 'Download CSV')}
      />
      <CardHeader
        title="NDJSON"
        description={
          <>
            For proof, and for programs: each line is the sealed record with its number and hashes.{' '}
            <Code>node bin/verify.mjs FILE</Code> checks them without a database and without trusting this
            page.
          </>
        }
        actions={button('ndjson', 'Download NDJSON')}
      />
    </Card>
  );
}
