import type { AuditFilter } from '@/lib/audit/filter/audit-filter';
import { formatAuditSearch } from '@/lib/audit/filter/search-params';
import { countFacet, type Facet, type FacetCounts } from '@/lib/audit/query/facets';
import { auditHistogram, type Bucket } from '@/lib/audit/query/histogram';
import { db } from '@/lib/db/client';
import { TooSlowError } from '@/lib/db/read-only';
import { log } from '@/lib/log';

/** Each is undefined when it took too long or failed; the others stand. None ever rejects. */
export type AuditCounts = {
  /** The same for the same answers: what shows them may stay as it is. */
  key: string;
  histogram: Promise<Bucket[] | undefined>;
  facets: Record<Facet, Promise<FacetCounts | undefined>>;
};

/** Milliseconds. Somebody who opens one event after the other, or turns the page, looks at the same counts meanwhile. */
const keptMs = 60_000;
const keptAnswers = 200;

type Kept = { counts: AuditCounts; at: number; head: string | undefined };
const kept = new Map<string, Kept>();

/**
 * Begins to count what a filter finds: its histogram in the reader's zone, and its facets. Facets are counted one after
 * another, so that an open page holds two connections at most. While nothing new was recorded, and for a minute on `within`
 * the same search (a further page, an open event), the answers are those of before.
 */
export async function auditCounts(
  organizationId: string,
  filter: AuditFilter,
  zone: string,
  { within, now = Date.now() }: { within: boolean; now?: number },
): Promise<AuditCounts> {
  const key = `${organizationId} ${zone} ${formatAuditSearch({ filter })}`;
  const head = await headOf(organizationId);
  const before = kept.get(key);
  const isNewest = head !== undefined && before?.head === head;
  if (before && now - before.at < keptMs && (within || isNewest)) return before.counts;
  const counts = begin(organizationId, filter, zone, {
    key: `${key} ${now}`,
    // Whoever looks again asks again.
    onFailure: () => kept.get(key)?.counts === counts && kept.delete(key),
  });
  kept.delete(key);
  kept.set(key, { counts, at: now, head });
  const [oldest] = kept.keys();
  if (kept.size > keptAnswers && oldest !== undefined) kept.delete(oldest);
  return counts;
}

/** Undefined when it cannot be read: then nothing kept is known to be the newest, and each count says for itself what is wrong. */
async function headOf(organizationId: string): Promise<string | undefined> {
  try {
    const head = await db().auditHead.findUnique({ where: { organizationId }, select: { seq: true } });
    return head?.seq.toString() ?? '0';
  } catch {
    return undefined;
  }
}

function begin(
  organizationId: string,
  filter: AuditFilter,
  zone: string,
  { key, onFailure }: { key: string; onFailure(): void },
): AuditCounts {
  const orNothing = async <T>(what: string, answer: Promise<T>): Promise<T | undefined> => {
    try {
      return await answer;
    } catch (error) {
      onFailure();
      if (!(error instanceof TooSlowError))
        log.error({ err: error, what }, 'a count of the audit log failed');
      return undefined;
    }
  };
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = (facet: Facet) => {
    const answer = turn.then(() => orNothing(facet, countFacet(organizationId, filter, facet)));
    turn = answer;
    return answer;
  };
  return {
    key,
    histogram: orNothing('histogram', auditHistogram(organizationId, filter, zone)),
    facets: {
      action: inTurn('action'),
      actor: inTurn('actor'),
      target: inTurn('target'),
      result: inTurn('result'),
      ip: inTurn('ip'),
      origin: inTurn('origin'),
    },
  };
}
