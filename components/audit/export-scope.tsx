import { chipsOf } from '@/components/audit/active-filters';
import { logHref } from '@/components/audit/log-href';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import type { AuditFilter } from '@/lib/audit/filter/audit-filter';

type ExportScopeProps = {
  filter: AuditFilter;
  /** How many events match, one more than the limit for any larger number; undefined when counting took too long. */
  total: number | undefined;
  limit: number;
  zone: string;
};

/** What the file will hold, how much that is, and whether it is all of it. */
export function ExportScope({ filter, total, limit, zone }: ExportScopeProps) {
  const parts = chipsOf(filter, zone);
  return (
    <>
      <Card aria-labelledby="export-scope">
        <CardHeader
          title={countWords(total, limit)}
          titleId="export-scope"
          description={`One file holds at most ${number(limit)}.`}
          actions={
            <Button href={logHref({ filter })} size="sm">
              {parts.length > 0 ? 'Change filters' : 'Choose filters'}
            </Button>
          }
        />
        {parts.length > 0 && (
          <CardBody>
            <ul aria-label="Filters" className="flex flex-wrap gap-2">
              {parts.map(({ text }) => (
                <li key={text} className="max-w-full rounded-lg bg-sunken px-2.5 py-1 text-sm">
                  {text}
                </li>
              ))}
            </ul>
          </CardBody>
        )}
      </Card>
      {total !== undefined && total > limit && (
        <Notice tone="warn" title={`The file will hold the newest ${number(limit)} events only`}>
          More match. The name of the file will say that it was cut. Narrow the time range to have the others
          in files of their own.
        </Notice>
      )}
      {total === undefined && (
        <Notice tone="info" title="The events could not be counted in time">
          If more than {number(limit)} match, the file holds the newest of them and its name says so.
        </Notice>
      )}
    </>
  );
}

function countWords(total: number | undefined, limit: number): string {
  if (total === undefined) return 'Events that match';
  if (total > limit) return `More than ${number(limit)} events match`;
  if (total === 0) return 'No events match, so there is nothing to export';
  return total === 1 ? 'One event matches' : `${number(total)} events match`;
}

function number(count: number): string {
  return count.toLocaleString('en');
}
