import ipaddr from 'ipaddr.js';
import type { AuditRecord } from '@/lib/audit/columns';
import type { AuditFilter, FilterKey } from '@/lib/audit/filter/audit-filter';
import { resolveTimeRange } from '@/lib/audit/filter/time-range';
import { addressBeginning } from '@/lib/audit/query/addresses';

/** Whether an event meets a filter, by the words of docs/audit-log.md and without a database: what queries are judged by. */
export function matches(record: AuditRecord, filter: AuditFilter, now: Date): boolean {
  const keys = ['action', 'actor', 'target', 'result', 'ip', 'origin', 'request', 'session'] as const;
  const { is: words = [], not: notWords = [] } = filter.text ?? {};
  return (
    keys.every((key) => {
      const { is = [], not = [] } = filter[key] ?? {};
      const has = (value: string) => hasValue(record, key, value);
      return (is.length === 0 || is.some(has)) && !not.some(has);
    }) &&
    words.every((word) => hasText(record, word)) &&
    !notWords.some((word) => hasText(record, word)) &&
    isWithin(record, filter, now)
  );
}

function hasValue(record: AuditRecord, key: Exclude<FilterKey, 'text'>, value: string): boolean {
  const { context } = record;
  if (key === 'actor') return isNamed(record.actor, value);
  if (key === 'target') return record.targets[0] !== undefined && isNamed(record.targets[0], value);
  if (key === 'result') return record.outcome === value;
  if (key === 'ip') return context.ip !== undefined && isInRange(context.ip, value);
  if (key === 'origin') return context.origin === value;
  if (key === 'request') return context.request_id === value;
  if (key === 'session') return context.session_id === value;
  return value.endsWith('.*') ? record.action.startsWith(value.slice(0, -1)) : record.action === value;
}

type Party = { type: string; id?: string | undefined; name?: string | undefined; email?: string | undefined };

function isNamed({ type, id, name, email }: Party, value: string): boolean {
  const begins = (text: string | undefined) => text?.toLowerCase().startsWith(value.toLowerCase()) ?? false;
  return id === value || begins(name ?? type) || begins(email);
}

function hasText(record: AuditRecord, word: string): boolean {
  const { actor, targets, context } = record;
  const parties: Party[] = [actor, ...targets.slice(0, 1)];
  const texts = [record.action, ...parties.flatMap(({ type, id, name, email }) => [name ?? type, email, id])];
  const range = addressBeginning(word);
  return (
    texts.some((text) => text?.toLowerCase().includes(word.toLowerCase())) ||
    (range !== undefined && context.ip !== undefined && isInRange(context.ip, range)) ||
    [record.id, context.request_id, context.session_id].includes(word)
  );
}

function isInRange(ip: string, range: string): boolean {
  const address = ipaddr.parse(ip);
  const [network, bits] = ipaddr.parseCIDR(
    range.includes('/') ? range : `${range}/${range.includes(':') ? 128 : 32}`,
  );
  return address.kind() === network.kind() && address.match(network, bits);
}

function isWithin({ time }: AuditRecord, { created }: AuditFilter, now: Date): boolean {
  if (!created) return true;
  const { from, to } = resolveTimeRange(created.range, now);
  const at = new Date(time);
  return ((!from || at >= from) && (!to || at < to)) !== created.not;
}
