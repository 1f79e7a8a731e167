import { knownKeys } from '@/lib/crypto/signing-key';
import { closeDatabase, db } from '@/lib/db/client';
import { verifyChain } from './verify';

/**
 * Verifies the chain of every organization, one after the other; one line for each, and how many are broken. `signatures`:
 * also those of the checkpoints, for which the process has to have the installation's secret.
 */
export async function verifyAll({
  signatures,
}: {
  signatures: boolean;
}): Promise<{ lines: string[]; broken: number }> {
  const organizations = await db().organization.findMany({ orderBy: { slug: 'asc' } });
  const lines: string[] = [];
  let broken = 0;
  for (const { id, slug } of organizations) {
    const { firstSeq, lastSeq, events, fault } = await verifyChain(id, {
      keys: signatures ? knownKeys() : undefined,
    });
    if (fault) broken += 1;
    const verdict = fault ? `BROKEN at No. ${fault.seq}: ${fault.reason}` : 'intact';
    lines.push(`${slug}: No. ${firstSeq} to ${lastSeq}, ${events} events: ${verdict}`);
  }
  await closeDatabase();
  return {
    lines: lines.length > 0 ? lines : ['There is no organization yet, so there is nothing to verify.'],
    broken,
  };
}
