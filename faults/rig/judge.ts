import { beyondBounds } from '@/faults/rig/bounded';
import type { Customer } from '@/faults/rig/customer';
import { changesAgree } from '@/faults/rig/judge-changes';
import { sendersOverlapped } from '@/faults/rig/overlap';
import type { Line } from '@/faults/rig/report';
import { type StoredEvent, storedEvents } from '@/faults/rig/stored';
import type { World } from '@/faults/rig/world';
import { verifyChain } from '@/lib/audit/verify';
import { db } from '@/lib/db/client';
import { parseUnaccounted, reconcile } from '@/lib/siem/upkeep/reconcile';
import type { LedgerEvent } from '@/splunk/simulator/ledger';

type Bounds = {
  readonly runs: number;
  /** Requests whose fate the sender could not know: each allows one batch of duplicates. */
  readonly ambiguous: number;
  /** Text of the events that Splunk refused, and that nobody has sent again: those are parked, and no other. */
  readonly refused?: string;
  /** Whether two senders may have been at work at the same time, one of them a zombie. */
  readonly zombies?: boolean;
};

type Found = Omit<Line, 'fault' | 'seconds'>;

/**
 * Judges what the customers' Splunks received against what their logs hold (security.md §4, I1 to I10), after everything
 * has settled. Throws with all that does not hold; returns the counts for the table.
 */
export async function judge(world: World, customers: readonly Customer[], bounds: Bounds): Promise<Found> {
  await reconcile({ fromStart: true });
  const verdicts = await Promise.all(customers.map((customer) => judgeOne(customer, bounds)));
  const problems = [
    ...verdicts.flatMap((verdict) => verdict.problems),
    ...(await beyondBounds(world, customers)),
  ];
  if (problems.length > 0) throw new Error(problems.slice(0, 6).join('\n'));
  const sum = (key: 'confirmed' | 'events' | 'parked' | 'duplicated') =>
    verdicts.reduce((total, verdict) => total + verdict[key], 0);
  return {
    runs: bounds.runs,
    confirmed: sum('confirmed'),
    events: sum('events'),
    lost: 0,
    parked: sum('parked'),
    duplicated: sum('duplicated'),
    allowed: verdicts.reduce((total, { allowed }) => total + allowed, 0),
  };
}

/** Two findings of one scenario as one. */
export function together(one: Found, other: Found): Found {
  const sum = (key: keyof Found) => one[key] + other[key];
  return {
    runs: sum('runs'),
    confirmed: sum('confirmed'),
    events: sum('events'),
    lost: sum('lost'),
    parked: sum('parked'),
    duplicated: sum('duplicated'),
    allowed: sum('allowed'),
  };
}

async function judgeOne(customer: Customer, bounds: Bounds) {
  const problems: string[] = [];
  const expect = (holds: boolean, problem: () => string) => {
    if (!holds) problems.push(`${problem()} (organization ${customer.source.organization.slug})`);
  };
  const events = await storedEvents(customer);
  const stream = await db().siemStream.findUniqueOrThrow({ where: { integrationId: customer.id } });
  const parkedRows = await db().siemParked.findMany({ where: { integrationId: customer.id } });
  const parked = new Set(parkedRows.filter(({ state }) => state === 'parked').map(({ seq }) => seq));
  const everParked = new Set(parkedRows.map(({ seq }) => seq));

  problems.push(...(await changesAgree(customer, events)));

  const received = customer.splunks.map((splunk) => splunk.ledger().filter(isEvent));
  const accepted = received.map((lines) => lines.filter(({ stored }) => stored !== 'refused'));
  const arrivals = arrivalsOf(accepted.flat());
  const lost = events.filter(({ seq }) => !arrivals.has(seq) && !parked.has(seq)).map(({ seq }) => seq);
  expect(lost.length === 0, () => `I2: ${lost.length} events are lost: No. ${lost.slice(0, 20).join(', ')}`);
  const refused = events.filter(
    ({ record }) => bounds.refused !== undefined && record.includes(bounds.refused),
  );
  expect(
    parked.size === refused.length && refused.every(({ seq }) => parked.has(seq)),
    () => `I2: ${parked.size} events are parked, of ${refused.length} that Splunk refused`,
  );
  expect(
    stream.state === 'healthy' && stream.attempt === 0,
    () => `I9: the stream is said to be ${stream.state} after ${stream.attempt} attempts`,
  );
  const unaccounted = parseUnaccounted(stream.unaccounted);
  expect(!unaccounted, () => `I2: the reconciler says ${JSON.stringify(unaccounted)}`);

  const known = new Map(events.map((event) => [event.seq, event]));
  const tokens = new Set(customer.splunks.flatMap((splunk) => splunk.tokens.map(({ name }) => name)));
  for (const line of accepted.flat()) {
    const problem = foreign(line, known, tokens, customer.source.organization.slug);
    expect(problem === undefined, () => `${problem}: ${JSON.stringify(line)}`);
  }

  const duplicated = accepted.flat().length - arrivals.size;
  const allowed = bounds.ambiguous * largestBatch(accepted);
  expect(duplicated <= allowed, () => `I5: ${duplicated} duplicates where ${allowed} are allowed`);
  for (const lines of accepted) {
    const late = outOfOrder(lines, everParked);
    expect(late === undefined, () => `I6: No. ${late} arrived after a later one`);
  }
  const overlap = customer.splunks.some((splunk) => sendersOverlapped(splunk.journal()));
  expect(bounds.zombies === true || !overlap, () => 'I6: two requests were under way at the same time');
  const { fault } = await verifyChain(customer.source.organization.id);
  expect(fault === undefined, () => `I10: the chain is broken at No. ${fault?.seq}: ${fault?.reason}`);
  const { confirmed } = customer.producer;
  return { problems, confirmed, events: events.length, parked: parked.size, duplicated, allowed };
}

function isEvent(line: { kind: string }): line is LedgerEvent {
  return line.kind === 'event';
}

function seqOf(line: LedgerEvent): bigint {
  return BigInt(typeof line.seq === 'number' ? line.seq : -1);
}

/** How often each event was accepted. */
function arrivalsOf(lines: readonly LedgerEvent[]): Map<bigint, number> {
  const arrivals = new Map<bigint, number>();
  for (const line of lines) arrivals.set(seqOf(line), (arrivals.get(seqOf(line)) ?? 0) + 1);
  return arrivals;
}

/** What is wrong with a received event, if anything: I3 and I4. */
function foreign(
  line: LedgerEvent,
  known: ReadonlyMap<bigint, StoredEvent>,
  tokens: ReadonlySet<string>,
  slug: string,
): string | undefined {
  const event = known.get(seqOf(line));
  if (!event || event.id !== line.id) return 'I4: an event was received that the log does not have';
  if (line.org !== slug) return 'I4: an event of another organization was received';
  if (line.token === null || !tokens.has(line.token)) return 'I4: an event came with a foreign token';
  if (line.stored === 'lost') return 'I2: Splunk took an event for an index that does not exist';
  return event.digest(line.index) === line.sha256 ? undefined : 'I3: an event was changed on the way';
}

/** The first event that came behind a later one for the first time; events that were parked once may. */
function outOfOrder(lines: readonly LedgerEvent[], parked: ReadonlySet<bigint>): bigint | undefined {
  let newest = 0n;
  const seen = new Set<bigint>();
  for (const line of lines) {
    const seq = seqOf(line);
    if (seen.has(seq) || parked.has(seq)) continue;
    seen.add(seq);
    if (seq < newest) return seq;
    newest = seq;
  }
  return undefined;
}

function largestBatch(accepted: readonly (readonly LedgerEvent[])[]): number {
  let largest = 0;
  for (const lines of accepted) {
    const sizes = new Map<number, number>();
    for (const { request } of lines) sizes.set(request, (sizes.get(request) ?? 0) + 1);
    largest = Math.max(largest, ...sizes.values());
  }
  return largest;
}
