import { ChevronDown, ChevronUp, Link2, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { EventChanges } from '@/components/audit/event-changes';
import { type EventField, eventFields } from '@/components/audit/event-fields';
import { EventKeys } from '@/components/audit/event-keys';
import { FieldList, type ShownLog } from '@/components/audit/field-list';
import { exportHref } from '@/components/audit/log-href';
import { RelatedLinks } from '@/components/audit/related-links';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardFooter } from '@/components/ui/card';
import { Code, CodeBlock } from '@/components/ui/code';
import { CopyButton } from '@/components/ui/copy-button';
import { only } from '@/lib/audit/filter/audit-filter';
import type { StoredEvent } from '@/lib/audit/get-event';
import { legible, legibleJson, legibleTree } from '@/lib/audit/legible';
import { auditSentence } from '@/lib/audit/sentence';

/** Where the links of an event lead. What is absent has no link. */
export type EventPlaces = {
  newerHref?: string | undefined;
  olderHref?: string | undefined;
  /** Back to the table; absent on the event's own page. */
  closeHref?: string;
  /** The event's own page; absent on that page. */
  pageHref?: string;
};

type EventDetailProps = {
  id: string;
  event: StoredEvent;
  /** IANA name of the reader's zone. */
  zone: string;
  /** Where each integration stands with this event. */
  delivery: ReactNode;
  places: EventPlaces;
  log: ShownLog;
  level?: 1 | 2;
};

/** Everything about one event: the sentence, the changes, the fields, those around it, whether Splunk has it, its seal, the raw record. */
export function EventDetail({ id, event, zone, delivery, places, log, level = 2 }: EventDetailProps) {
  const { record, raw, seq } = event;
  const Heading = level === 1 ? 'h1' : 'h2';
  const target = legibleTree(record?.targets[0]);
  return (
    <Card aria-labelledby="event-title" id="event">
      <CardBody>
        <div className="flex items-center gap-2">
          <Code className="min-w-0 flex-1 text-muted">{legible(record?.action ?? 'unreadable record')}</Code>
          <Steps places={places} />
        </div>
        <Heading
          id="event-title"
          tabIndex={-1}
          className="mt-0.5 text-lg font-semibold tracking-[-0.006em] [overflow-wrap:anywhere]"
        >
          {record ? auditSentence({ ...record, target }) : `Event No. ${seq}`}
        </Heading>
      </CardBody>
      {record && record.changes.length > 0 && (
        <Section title="Changes">
          <EventChanges changes={record.changes} />
        </Section>
      )}
      {record && (
        <CardBody>
          <FieldList fields={eventFields(record, zone)} log={log} />
        </CardBody>
      )}
      {record && (
        <Section title="Around it">
          <RelatedLinks record={record} size={log.size} />
        </Section>
      )}
      <Section title="Delivery">{delivery}</Section>
      <Section title="Seal">
        <p className="mb-2 flex items-center gap-2 rounded-lg bg-ok-soft px-3 py-2 font-medium text-ok">
          <Link2 /> No. {Number(seq).toLocaleString('en')} in the chain
        </p>
        <FieldList fields={seal(event)} log={log} />
      </Section>
      <CardBody>
        <details>
          <summary className="font-medium">Raw record</summary>
          <div className="mt-2.5">
            <CodeBlock label="Raw record">{legibleJson(raw)}</CodeBlock>
          </div>
        </details>
      </CardBody>
      <CardFooter>
        {places.pageHref && (
          <Button href={places.pageHref} size="sm">
            Open on its own page
          </Button>
        )}
        <CopyButton text={raw} label="Copy record" shortcut="c" />
        <Button href={exportHref({ text: only(id) })} prefetch={false} size="sm" aria-keyshortcuts="e">
          Export
        </Button>
      </CardFooter>
      <EventKeys id={id} />
    </Card>
  );
}

/** To the events before and after, and back. The keys in brackets work while the focus is in the event, Escape always. */
function Steps({ places: { newerHref, olderHref, closeHref } }: { places: EventPlaces }) {
  const step = (href: string | undefined, label: string, shortcut: string, icon: ReactNode) =>
    href && (
      <Button
        href={href}
        scroll={false}
        prefetch={false}
        variant="ghost"
        size="sm"
        icon={icon}
        aria-label={label}
        aria-keyshortcuts={shortcut}
        title={label}
      />
    );
  return (
    <div className="-my-1.5 -mr-2 flex shrink-0">
      {step(newerHref, 'Newer event', 'k', <ChevronUp />)}
      {step(olderHref, 'Older event', 'j', <ChevronDown />)}
      {step(closeHref, 'Close the event', 'Escape', <X />)}
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <CardBody>
      <h3 className="mb-1.5 text-xs font-semibold text-muted">{title}</h3>
      {children}
    </CardBody>
  );
}

function seal({ hash, previousHash }: StoredEvent): EventField[] {
  const field = (term: string, text: string) => ({ term, shown: <Code>{text}</Code>, copied: text });
  return [field('Hash', hash), ...(previousHash ? [field('Previous', previousHash)] : [])];
}
