import type { ReactNode } from 'react';
import { OutcomeStatus } from '@/components/audit/outcome-status';
import { Code } from '@/components/ui/code';
import { Time } from '@/components/ui/time';
import { catalogEntry } from '@/lib/audit/catalog';
import type { AuditRecord } from '@/lib/audit/columns';
import type { FilterKey } from '@/lib/audit/filter/audit-filter';
import { legible } from '@/lib/audit/legible';
import { partyValue } from '@/lib/audit/related-filters';
import { describeDevice } from '@/lib/auth/device';

/** One line of an event: what it is called, what it holds, and what of it is copied or filtered by. */
export type EventField = {
  term: string;
  shown: ReactNode;
  /** Exactly as it was recorded, unseen characters included. */
  copied: string;
  /** Absent where no filter looks. */
  match?: { key: FilterKey; value: string };
};

/** What an event says of itself, in the order of the questions: what, when, with which result, who, to what, from where. */
export function eventFields(record: AuditRecord, zone: string): EventField[] {
  const { context, outcome, time } = record;
  return [
    { ...coded('Action', record.action, 'action'), shown: <Action name={record.action} /> },
    { term: 'When', shown: <When time={time} zone={zone} />, copied: time },
    {
      term: 'Result',
      shown: <OutcomeStatus outcome={outcome} />,
      copied: outcome,
      match: { key: 'result', value: outcome },
    },
    ...actorFields(record),
    ...targetFields(record),
    ...present('Address', context.ip, 'ip'),
    ...(context.user_agent ? [device(context.user_agent)] : []),
    { ...coded('Origin', context.origin, 'origin'), shown: legible(context.origin) },
    ...present('Session', context.session_id, 'session'),
    ...present('Request', context.request_id, 'request'),
    ...Object.entries(record.metadata).map(([name, value]) =>
      coded(sentenceCase(legible(name)), typeof value === 'string' ? value : JSON.stringify(value)),
    ),
    coded('Event id', record.id, 'text'),
  ];
}

/** `start_seq` is "Start seq". */
export function sentenceCase(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function coded(term: string, text: string, key?: FilterKey): EventField {
  const field = { term, shown: <Code>{legible(text)}</Code>, copied: text };
  return key ? { ...field, match: { key, value: text } } : field;
}

function present(term: string, text: string | undefined, key: FilterKey): EventField[] {
  return text ? [coded(term, text, key)] : [];
}

function actorFields({ actor }: AuditRecord): EventField[] {
  const words = [actor.name, actor.email, actor.role].filter(Boolean).join(', ');
  const named = actor.name || actor.email;
  return [
    {
      term: 'Actor',
      shown: legible(words || actor.type.replaceAll('_', ' ')),
      copied: named || actor.type,
      match: { key: 'actor', value: partyValue(actor) },
    },
    ...(actor.id ? [coded('Actor id', actor.id)] : []),
  ];
}

/** Filters look at the first target; an event of several has one main one. */
function targetFields({ targets }: AuditRecord): EventField[] {
  return targets.flatMap((target, index) => [
    {
      term: 'Target',
      shown: legible([target.name, target.type.replaceAll('_', ' ')].filter(Boolean).join(', ')),
      copied: target.name || target.id || target.type,
      ...(index === 0 && { match: { key: 'target' as const, value: partyValue(target) } }),
    },
    ...(target.id ? [coded('Target id', target.id)] : []),
  ]);
}

function device(userAgent: string): EventField {
  const known = describeDevice(userAgent);
  const shown =
    known === 'Unknown device' ? (
      legible(userAgent)
    ) : (
      <>
        {known}
        <Code className="block text-muted">{legible(userAgent)}</Code>
      </>
    );
  return { term: 'Device', shown, copied: userAgent };
}

function Action({ name }: { name: string }) {
  const label = catalogEntry(name)?.label;
  return (
    <>
      {label}
      <Code className={label ? 'block text-muted' : ''}>{legible(name)}</Code>
    </>
  );
}

function When({ time, zone }: { time: string; zone: string }) {
  return (
    <>
      <Time value={new Date(time)} zone={zone} precision="millisecond" withOffset />
      <Code className="block text-muted">{time}</Code>
    </>
  );
}
