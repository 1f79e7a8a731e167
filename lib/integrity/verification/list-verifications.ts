import { db } from '@/lib/db/client';
import type { VerificationState } from '@/lib/db/generated/enums';

export type { VerificationState };

/** A verification and how far it has come; plain data. Numbers of the log are text. */
export type VerificationStatus = {
  readonly id: string;
  readonly state: VerificationState;
  readonly requestedBy: string | null;
  readonly createdAt: string;
  readonly finishedAt: string | null;
  readonly firstSeq: string;
  readonly lastSeq: string;
  readonly events: number;
  /** How many of them were found right so far. */
  readonly done: number;
  readonly faultSeq: string | null;
  readonly reason: string | null;
};

/** The newest verifications of an organization, newest first. */
export async function listVerifications(organizationId: string, most = 6): Promise<VerificationStatus[]> {
  const rows = await db().auditVerification.findMany({
    where: { organizationId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: most,
  });
  return rows.map((row) => ({
    id: row.id,
    state: row.state,
    requestedBy: row.requestedBy,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    firstSeq: row.firstSeq.toString(),
    lastSeq: row.lastSeq.toString(),
    events: Number(row.lastSeq - row.firstSeq + 1n),
    done: Number(row.cursor - row.firstSeq + 1n),
    faultSeq: row.faultSeq?.toString() ?? null,
    reason: row.reason,
  }));
}
