import { bucketWords } from '@/components/audit/bucket-words';
import { HistogramChart } from '@/components/audit/histogram-chart';
import { count } from '@/components/overview/words';
import { Card, CardBody } from '@/components/ui/card';
import { Time } from '@/components/ui/time';
import type { AuditFilter } from '@/lib/audit/filter/audit-filter';
import type { PageSize } from '@/lib/audit/filter/page-size';
import type { Bucket } from '@/lib/audit/query/histogram';

type HistogramProps = {
  answer: Promise<Bucket[] | undefined>;
  filter: AuditFilter;
  size: PageSize;
  zone: string;
};

/** When the events happened: in words, and as bars that each lead to their time. */
export async function Histogram({ answer, filter, size, zone }: HistogramProps) {
  const buckets = await answer;
  const [first, last] = [buckets?.at(0), buckets?.at(-1)];
  return (
    <Card aria-label="Events over time">
      <CardBody className="grid gap-3">
        <div className="flex min-h-5 flex-wrap justify-between gap-x-4 text-sm text-muted">
          {buckets ? <Summary buckets={buckets} zone={zone} /> : <p>Counts are unavailable right now.</p>}
          {first && last && (
            <p className="max-sm:hidden">
              <Time value={first.from} zone={zone} precision="minute" /> –{' '}
              <Time value={last.to} zone={zone} precision="minute" />
            </p>
          )}
        </div>
        {buckets ? (
          <HistogramChart buckets={buckets} filter={filter} size={size} zone={zone} />
        ) : (
          <div className="h-14" />
        )}
      </CardBody>
    </Card>
  );
}

/** As high as what it stands for. */
export function HistogramPlaceholder() {
  return (
    <Card aria-label="Events over time" className="noscript:hidden">
      <CardBody className="grid gap-3">
        <p className="min-h-5 text-sm text-muted">Counting events…</p>
        <div className="h-14 rounded-md bg-sunken" />
      </CardBody>
    </Card>
  );
}

function Summary({ buckets, zone }: { buckets: readonly Bucket[]; zone: string }) {
  const total = ({ success, failure }: Bucket) => success + failure;
  const all = buckets.reduce((sum, bucket) => sum + total(bucket), 0);
  const failed = buckets.reduce((sum, bucket) => sum + bucket.failure, 0);
  const busiest = buckets.reduce<Bucket | undefined>(
    (most, bucket) => (most && total(most) >= total(bucket) ? most : bucket),
    undefined,
  );
  return (
    <p>
      <strong className="font-semibold text-ink">{count(all, 'event')}</strong>, {failed.toLocaleString('en')}{' '}
      failed
      {busiest && all > 0 && (
        <>
          , most ({total(busiest).toLocaleString('en')}) {bucketWords(busiest, zone)}
        </>
      )}
    </p>
  );
}
