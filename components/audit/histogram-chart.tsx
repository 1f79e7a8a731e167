import Link from 'next/link';
import { bucketHref } from '@/components/audit/bucket-href';
import { bucketWords } from '@/components/audit/bucket-words';
import { count } from '@/components/overview/words';
import { Hatching } from '@/components/ui/hatching';
import type { AuditFilter } from '@/lib/audit/filter/audit-filter';
import type { PageSize } from '@/lib/audit/filter/page-size';
import type { Bucket } from '@/lib/audit/query/histogram';

/** Pixels. What is there is seen, however much there was at another time. */
const [height, leastHeight] = [56, 2];
/** Of each bar's room. */
const barShare = 0.8;

type ChartProps = { buckets: readonly Bucket[]; filter: AuditFilter; size: PageSize; zone: string };

/**
 * Successes as solid bars, failures hatched at their foot. Links for the pointer alone: the keyboard and those who listen
 * would meet sixty stops before the rows, and have the same links in the table of the page of counts.
 */
export function HistogramChart({ buckets, filter, size, zone }: ChartProps) {
  const most = Math.max(1, ...buckets.map(({ success, failure }) => success + failure));
  const heightOf = (events: number) => (events === 0 ? 0 : Math.max(leastHeight, (events / most) * height));
  const room = 100 / buckets.length;
  return (
    <svg className="block w-full" height={height} aria-hidden="true">
      <Hatching id="failed-events" />
      {buckets.map((bucket, at) => {
        const all = bucket.success + bucket.failure;
        if (all === 0) return null;
        const [x, width] = [`${(at + (1 - barShare) / 2) * room}%`, `${barShare * room}%`];
        const [full, failed] = [heightOf(all), heightOf(bucket.failure)];
        return (
          <Link
            key={bucket.from.toISOString()}
            href={bucketHref(bucket, filter, size)}
            prefetch={false}
            tabIndex={-1}
            className="group"
          >
            <title>
              {`${bucketWords(bucket, zone)}: ${count(all, 'event')}, ${bucket.failure.toLocaleString('en')} failed`}
            </title>
            <rect
              x={`${at * room}%`}
              width={`${room}%`}
              height="100%"
              className="fill-transparent group-hover:fill-sunken"
            />
            <rect x={x} width={width} y={height - full} height={full} className="fill-bar" />
            {failed > 0 && (
              <rect
                x={x}
                width={width}
                y={height - failed}
                height={failed}
                fill="url(#failed-events)"
                className="stroke-bar-bad"
              />
            )}
          </Link>
        );
      })}
      <line x2="100%" y1={height - 0.5} y2={height - 0.5} className="stroke-line-strong" />
    </svg>
  );
}
