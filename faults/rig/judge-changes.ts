import type { Customer } from '@/faults/rig/customer';
import type { StoredEvent } from '@/faults/rig/stored';
import { db } from '@/lib/db/client';

/** I1: what was confirmed happened, and what happened has its event: never one without the other. */
export async function changesAgree(
  { source, producer }: Customer,
  events: readonly StoredEvent[],
): Promise<string[]> {
  const organizationId = source.organization.id;
  const rows = await db().auditEvent.findMany({
    where: { organizationId, action: { in: ['scan.create', 'scan.delete'] } },
    select: { action: true, targetId: true },
  });
  const idsOf = (action: string) =>
    rows.filter((row) => row.action === action).map(({ targetId }) => targetId ?? '');
  const created = idsOf('scan.create');
  const deleted = new Set(idsOf('scan.delete'));
  const scans = await db().scan.findMany({ where: { organizationId }, select: { id: true } });
  const present = new Set(scans.map(({ id }) => id));

  const problems: string[] = [];
  const expect = (holds: boolean, problem: string) => {
    if (!holds) problems.push(problem);
  };
  const known = new Set(created);
  expect(known.size === created.length, 'I1: a scan was created twice');
  expect(
    [...producer.created].every((id) => known.has(id)),
    'I1: a confirmed creation has no event',
  );
  expect(
    [...producer.deleted].every((id) => deleted.has(id)),
    'I1: a confirmed deletion has no event',
  );
  expect(
    created.every((id) => present.has(id) !== deleted.has(id)),
    'I1: an event tells of a change that did not happen',
  );
  expect(
    [...present].every((id) => known.has(id)),
    'I1: a scan exists without an event of its creation',
  );
  const seqs = events.map(({ seq }) => seq);
  expect(
    seqs.every((seq, at) => at === 0 || seq === (seqs[at - 1] ?? 0n) + 1n),
    'I10: there is a gap in the log',
  );
  return problems;
}
