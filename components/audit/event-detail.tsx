import { Link2, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { OutcomeStatus } from '@/components/audit/outcome-status';
import { Button } from '@/components/ui/button';
import { Card, CardBody } from '@/components/ui/card';
import { Code, CodeBlock } from '@/components/ui/code';
import { CopyButton } from '@/components/ui/copy-button';
import { type Definition, DefinitionList } from '@/components/ui/definition-list';
import { Time } from '@/components/ui/time';
import type { AuditRecord } from '@/lib/audit/columns';
import type { StoredEvent } from '@/lib/audit/get-event';
import { legibleJson, legibleTree } from '@/lib/audit/legible';
import { auditSentence } from '@/lib/audit/sentence';

type EventDetailProps = {
  event: StoredEvent;
  /** IANA name of the reader's zone. */
  zone: string;
  /** Where each integration stands with this event. */
  delivery: ReactNode;
  /** Back to the table; absent on the event's own page. */
  closeHref?: string;
  /** The event's own page; absent on that page. */
  pageHref?: string;
  level?: 1 | 2;
};

/** Everything about one event: the sentence, the fields, the changes, whether Splunk has it, its seal, the raw record. */
export function EventDetail({ event, zone, delivery, closeHref, pageHref, level = 2 }: EventDetailProps) {
  const record = legibleTree(event.record);
  const Heading = level === 1 ? 'h1' : 'h2';
  const target = record?.targets[0];
  return (
    <Card aria-labelledby="event-title" id="event">
      <CardBody className="relative">
        <div className="flex items-start gap-2">
          <Code className="min-w-0 flex-1 text-muted">{record?.action ?? 'unreadable record'}</Code>
          {closeHref && (
            <Button
              href={closeHref}
              variant="ghost"
              size="sm"
              icon={<X />}
              aria-label="Close the event"
              className="-mt-1.5 -mr-2"
            />
          )}
        </div>
        <Heading id="event-title" className="mt-0.5 text-lg font-semibold tracking-[-0.006em]">
          {record ? auditSentence({ ...record, target }) : `Event No. ${event.seq}`}
        </Heading>
      </CardBody>
      {record && record.changes.length > 0 && <Changes changes={record.changes} />}
      {record && (
        <CardBody>
          <DefinitionList items={fields(record, zone)} />
        </CardBody>
      )}
      <Section title="Delivery">{delivery}</Section>
      <Section title="Seal">
        <p className="mb-2 flex items-center gap-2 rounded-lg bg-ok-soft px-3 py-2 font-medium text-ok">
          <Link2 /> No. {Number(event.seq).toLocaleString('en')} in the chain
        </p>
        <DefinitionList
          items={[
            { term: 'Hash', description: <Code>{event.hash}</Code> },
            ...(event.previousHash
              ? [{ term: 'Previous', description: <Code>{event.previousHash}</Code> }]
              : []),
          ]}
        />
      </Section>
      <CardBody>
        <details>
          <summary className="font-medium">Raw record</summary>
          <div className="mt-2.5 grid gap-2.5">
            <CodeBlock label="Raw record">{legibleJson(event.raw)}</CodeBlock>
            <div>
              <CopyButton text={event.raw} label="Copy record" />
            </div>
          </div>
        </details>
      </CardBody>
      {pageHref && (
        <CardBody className="flex flex-wrap gap-2.5">
          <Button href={pageHref} size="sm">
            Open on its own page
          </Button>
        </CardBody>
      )}
    </Card>
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

function Changes({ changes }: { changes: AuditRecord['changes'] }) {
  return (
    <CardBody>
      <dl className="grid gap-2">
        {changes.map(({ field, from, to }) => (
          <div key={field} className="grid grid-cols-[6.5rem_minmax(0,1fr)] items-center gap-x-4">
            <dt className="text-muted">{sentenceCase(field)}</dt>
            <dd className="flex flex-wrap items-center gap-2">
              <Value tone="bg-bad-soft text-bad" name="before" text={from} />
              <span aria-hidden="true">→</span>
              <Value tone="bg-ok-soft text-ok" name="after" text={to} />
            </dd>
          </div>
        ))}
      </dl>
    </CardBody>
  );
}

function Value({ tone, name, text }: { tone: string; name: string; text: string | undefined }) {
  return (
    <span className={`rounded-md px-2 py-0.5 font-mono text-xs ${tone}`}>
      <span className="sr-only">{name}: </span>
      {text ?? '(none)'}
    </span>
  );
}

function fields(record: AuditRecord, zone: string): Definition[] {
  const { actor, context } = record;
  const who =
    [actor.name, actor.email, actor.role].filter(Boolean).join(', ') || actor.type.replaceAll('_', ' ');
  const code = (text: string) => <Code>{text}</Code>;
  const rows: [string, ReactNode][] = [
    [
      'When',
      <>
        <Time key="zone" value={new Date(record.time)} zone={zone} precision="millisecond" withOffset />
        <span className="block text-xs text-muted">{record.time} UTC</span>
      </>,
    ],
    ['Result', <OutcomeStatus key="outcome" outcome={record.outcome} />],
    ['Actor', who],
    ...record.targets.map((target): [string, ReactNode] => [
      'Target',
      [target.name, target.type.replaceAll('_', ' ')].filter(Boolean).join(', '),
    ]),
    ['Address', context.ip && code(context.ip)],
    ['Device', context.user_agent],
    ['Origin', context.origin],
    ['Session', context.session_id && code(context.session_id)],
    ['Request', context.request_id && code(context.request_id)],
    ...Object.entries(record.metadata).map(([name, value]): [string, ReactNode] => [
      sentenceCase(name),
      code(typeof value === 'string' ? value : JSON.stringify(value)),
    ]),
    ['Event id', code(record.id)],
  ];
  return rows.filter(([, value]) => value).map(([term, description]) => ({ term, description }));
}

/** `start_seq` is "Start seq". */
function sentenceCase(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
