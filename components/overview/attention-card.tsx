import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { AttentionItem } from '@/components/overview/attention';
import { Card, CardBody, CardHeader } from '@/components/ui/card';

const icons: Record<AttentionItem['tone'], ReactNode> = {
  bad: <CircleAlert className="mt-0.5 text-bad" />,
  warn: <TriangleAlert className="mt-0.5 text-warn" />,
  info: <Info className="mt-0.5 text-accent" />,
};

type AttentionCardProps = {
  items: readonly AttentionItem[];
  /** What was looked at, so that "nothing" says of what: "delivery to Splunk, failed sign-ins, scans". */
  looked: readonly string[];
};

/** What needs attention, one sentence each with the page to go to; else that nothing does. */
export function AttentionCard({ items, looked }: AttentionCardProps) {
  return (
    <Card aria-labelledby="attention-title">
      <CardHeader titleId="attention-title" title="Needs attention" />
      {items.length === 0 ? (
        <CardBody className="flex gap-3">
          <CircleCheck className="mt-0.5 text-ok" />
          <div>
            <p className="font-medium">Nothing needs your attention.</p>
            <p className="text-sm text-muted">Looked at: {looked.join(', ')}.</p>
          </div>
        </CardBody>
      ) : (
        <ul className="divide-y divide-line">
          {items.map((item) => (
            <AttentionRow key={`${item.href} ${item.sentence}`} item={item} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function AttentionRow({ item: { tone, sentence, note, href, link } }: { item: AttentionItem }) {
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-1 px-4.5 py-3">
      <div className="flex min-w-0 flex-1 basis-64 gap-3">
        {icons[tone]}
        <div className="min-w-0">
          <p className="font-medium [overflow-wrap:anywhere]">{sentence}</p>
          {note && <p className="text-sm text-muted">{note}</p>}
        </div>
      </div>
      <Link
        href={href}
        className="-my-0.5 max-w-full truncate py-0.5 font-medium text-accent underline-offset-4 hover:underline max-sm:ml-7"
      >
        {link}
      </Link>
    </li>
  );
}
