import Link from 'next/link';
import { bucketHref } from '@/components/audit/bucket-href';
import { bucketWords } from '@/components/audit/bucket-words';
import { Card, CardHeader } from '@/components/ui/card';
import { CellLabel, type Column, Table } from '@/components/ui/table';
import type { AuditFilter } from '@/lib/audit/filter/audit-filter';
import type { PageSize } from '@/lib/audit/filter/page-size';
import type { Bucket } from '@/lib/audit/query/histogram';
import { formatSharedZone } from '@/lib/format-time';

type CountsTableProps = {
  answer: Promise<Bucket[] | undefined>;
  filter: AuditFilter;
  size: PageSize;
  zone: string;
};

/** The bars of the histogram, newest first. */
export async function CountsTable({ answer, filter, size, zone }: CountsTableProps) {
  const buckets = ((await answer) ?? []).filter(({ success, failure }) => success + failure > 0).reverse();
  if (buckets.length === 0) return null;
  const columns: Column<Bucket>[] = [
    {
      header: `Time (${formatSharedZone(
        buckets.map(({ from }) => from),
        zone,
      )})`,
      cell: (bucket) => bucketWords(bucket, zone),
      className: 'max-sm:col-span-2',
    },
    {
      header: 'Events',
      cell: (bucket) => (
        <Amount
          name="Events"
          amount={bucket.success + bucket.failure}
          href={bucketHref(bucket, filter, size)}
          when={bucketWords(bucket, zone)}
        />
      ),
      className: 'sm:w-40 sm:text-right',
    },
    {
      header: 'Failed',
      cell: (bucket) => (
        <Amount
          name="Failed"
          amount={bucket.failure}
          href={bucketHref(bucket, filter, size, 'failure')}
          when={bucketWords(bucket, zone)}
        />
      ),
      className: 'sm:w-40 sm:text-right',
    },
  ];
  return (
    <Card aria-labelledby="over-time">
      <CardHeader
        title="Events over time"
        titleId="over-time"
        description="Times without an event are left out."
      />
      <Table
        caption="Events over time, newest first"
        columns={columns}
        rows={buckets}
        rowId={({ from }) => from.toISOString()}
      />
    </Card>
  );
}

type AmountProps = { name: string; amount: number; href: string; when: string };

function Amount({ name, amount, href, when }: AmountProps) {
  const shown = amount.toLocaleString('en');
  return (
    <>
      <CellLabel>{name}</CellLabel>
      {amount === 0 ? (
        shown
      ) : (
        <Link
          href={href}
          prefetch={false}
          className="inline-block min-h-6 min-w-6 py-0.5 font-medium text-accent underline-offset-4 hover:underline"
        >
          {shown}
          <span className="sr-only"> from {when}</span>
        </Link>
      )}
    </>
  );
}
