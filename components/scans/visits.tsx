import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { Code } from '@/components/ui/code';
import type { Report } from '@/lib/scans/report';

/** What a run asked the target for, in its order. */
export function Visits({ visits }: { visits: Report['visits'] }) {
  return (
    <Card aria-labelledby="visits">
      <CardHeader titleId="visits" title="Requests" description="Everything that this run asked for." />
      <CardBody>
        <ol className="grid gap-1.5">
          {visits.map(({ url, outcome }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an address may be asked twice, and the list never changes
            <li key={at} className="flex flex-wrap gap-x-3">
              <Code>{url}</Code>
              <span className="text-sm text-muted">{outcome}</span>
            </li>
          ))}
        </ol>
      </CardBody>
    </Card>
  );
}
