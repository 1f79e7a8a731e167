import { integrationPath } from '@/components/siem/integration-path';
import { Card, CardHeader } from '@/components/ui/card';
import { Code } from '@/components/ui/code';
import { Pagination } from '@/components/ui/pagination';
import { Status } from '@/components/ui/status';
import { TabLinks } from '@/components/ui/tab-links';
import { CellLabel, type Column, Table } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import { formatSharedZone } from '@/lib/format-time';
import type { AttemptPage, PastAttempt } from '@/lib/siem/history';

type AttemptsProps = {
  integrationId: string;
  page: AttemptPage;
  onlyFailed: boolean;
  /** Whether this is not the newest page. */
  further: boolean;
  zone: string;
  /** Whether the reader may see where events go. */
  withAddress: boolean;
};

/** Each request to Splunk with what came of it, newest first. */
export function Attempts({ integrationId, page, onlyFailed, further, zone, withAddress }: AttemptsProps) {
  const href = (failed: boolean, before?: string) => {
    const query = new URLSearchParams({ ...(failed && { attempts: 'failed' }), ...(before && { before }) });
    return `${integrationPath(integrationId)}${query.size > 0 ? `?${query}` : ''}#attempts`;
  };
  const zoneName = formatSharedZone(
    page.items.map(({ at }) => new Date(at)),
    zone,
  );
  return (
    <Card aria-labelledby="attempts">
      <CardHeader
        titleId="attempts"
        title="Recent attempts"
        description="Each line is one request. Of the failed ones the newest hundred are kept."
        actions={
          <TabLinks
            label="Attempts"
            bare
            prefetch={false}
            tabs={[
              { href: href(false), label: 'All', current: !onlyFailed },
              { href: href(true), label: 'Failed', current: onlyFailed },
            ]}
          />
        }
      />
      {page.items.length === 0 ? (
        <p className="px-4.5 py-4 text-muted">
          {further
            ? 'There is none before these.'
            : onlyFailed
              ? 'No attempt has failed.'
              : 'Nothing was sent yet.'}
        </p>
      ) : (
        <Table
          caption={`Attempts to deliver${onlyFailed ? ' that failed' : ''}, newest first.`}
          columns={columns(zone, zoneName, withAddress)}
          rows={page.items}
          rowId={({ id }) => id}
        />
      )}
      {(further || page.before) && (
        <Pagination
          label="Pages of attempts"
          prefetch={false}
          newestHref={further ? href(onlyFailed) : undefined}
          olderHref={page.before ? href(onlyFailed, page.before) : undefined}
        />
      )}
    </Card>
  );
}

function columns(zone: string, zoneName: string, withAddress: boolean): Column<PastAttempt>[] {
  return [
    {
      header: `Time (${zoneName})`,
      className: 'sm:w-52',
      cell: ({ at, ...attempt }) => (
        <>
          {attempt.outcome === 'accepted' && attempt.batches > 1 && 'the hour up to '}
          <Time value={new Date(at)} zone={zone} precision="millisecond" className="font-mono text-xs" />
        </>
      ),
    },
    {
      header: 'Events',
      className: 'sm:w-40 max-sm:text-right',
      cell: (attempt) => (
        <>
          {attempt.events.toLocaleString('en')}
          <span className="block text-xs text-muted">{rangeOf(attempt)}</span>
        </>
      ),
    },
    {
      header: 'Result',
      className: 'max-sm:col-span-2 max-sm:pt-1 sm:py-2!',
      cell: (attempt) => <Result attempt={attempt} withAddress={withAddress} />,
    },
    {
      header: 'Took',
      className: 'sm:w-24 max-sm:text-sm',
      cell: ({ latencyMs }) => (
        <>
          <CellLabel>Took</CellLabel>
          {latencyMs.toLocaleString('en')} ms
        </>
      ),
    },
  ];
}

function Result({ attempt, withAddress }: { attempt: PastAttempt; withAddress: boolean }) {
  const codes = [
    ...(attempt.outcome === 'failed' ? [attempt.failure.cause] : []),
    ...(attempt.httpStatus === null ? [] : [`HTTP ${attempt.httpStatus}`]),
    ...(attempt.hecCode === null ? [] : [`code ${attempt.hecCode}`]),
    ...(attempt.outcome === 'failed' && withAddress && attempt.hecText ? [`“${attempt.hecText}”`] : []),
    ...(attempt.outcome === 'accepted' && attempt.attempts > 1 ? [`attempt ${attempt.attempts}`] : []),
  ].join(' · ');
  if (attempt.outcome === 'accepted') {
    return (
      <span className="flex flex-wrap items-baseline gap-x-3">
        <Status tone="ok">Accepted</Status>
        <Code className="text-muted">{codes}</Code>
      </span>
    );
  }
  const { message, hint } = withAddress ? attempt.failure : attempt.failure.discreet;
  return (
    <>
      <details>
        <summary className="cursor-pointer">
          <Status tone="bad">{message}</Status>
        </summary>
        <p className="py-1 text-sm text-muted">{hint}</p>
      </details>
      <Code className="block text-muted">{codes}</Code>
    </>
  );
}

function rangeOf(attempt: PastAttempt): string | undefined {
  if (attempt.outcome === 'failed') return undefined;
  const { firstSeq, lastSeq } = attempt;
  return firstSeq === lastSeq ? `No. ${lastSeq}` : `No. ${firstSeq} to ${lastSeq}`;
}
