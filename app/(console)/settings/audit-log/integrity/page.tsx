import type { Metadata } from 'next';
import { z } from 'zod';
import { servedPage } from '@/app/(console)/served-page';
import { CheckpointsCard } from '@/components/integrity/checkpoints-card';
import { CompareCard } from '@/components/integrity/compare-card';
import { IntegrityNotice } from '@/components/integrity/integrity-notice';
import { integrityOutcomes, integrityPath } from '@/components/integrity/paths';
import { RetentionCard } from '@/components/integrity/retention-card';
import { VerificationCard } from '@/components/integrity/verification-card';
import { VerificationHistory } from '@/components/integrity/verification-history';
import { VerifyForm } from '@/components/integrity/verify-form';
import { AutoRefresh } from '@/components/siem/auto-refresh';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/actor';
import { can } from '@/lib/auth/permissions';
import { timeZone } from '@/lib/auth/preferences';
import { publicKey } from '@/lib/crypto/signing-key';
import { formatTime } from '@/lib/format-time';
import { compareWithCopy } from '@/lib/integrity/compare-with-copy';
import { listCheckpoints, unsignedEvents } from '@/lib/integrity/list-checkpoints';
import { readRetention } from '@/lib/integrity/retention/read-retention';
import { listBrokenPlaces } from '@/lib/integrity/verification/broken-places';
import { listVerifications } from '@/lib/integrity/verification/list-verifications';
import { cancelVerificationAction, signCheckpointAction, verifyAction } from './actions';
import { readCopy } from './read-copy';

export const metadata: Metadata = { title: 'Integrity' };

const searchSchema = z.object({
  done: z.enum(integrityOutcomes).optional().catch(undefined),
  seq: z.string().optional().catch(''),
  hash: z.string().optional().catch(''),
});

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default servedPage(async function IntegrityPage({ searchParams }: PageProps) {
  const { organization, user } = await requirePermission('audit_log.verify');
  const [search, zone] = await Promise.all([searchParams, timeZone()]);
  const { done, seq, hash } = searchSchema.parse(search);
  const copy = readCopy({ seq, hash });
  const [[last, ...earlier], broken, checkpoints, unsigned, retention, result] = await Promise.all([
    listVerifications(organization.id),
    listBrokenPlaces(organization.id),
    listCheckpoints(organization.id),
    unsignedEvents(organization.id),
    readRetention(organization.id),
    copy.event && compareWithCopy(organization.id, copy.event),
  ]);
  const running = last?.state === 'running';

  return (
    <>
      <PageHeader
        title="Integrity"
        description="Proves that the log is what was recorded, to yourself and to whoever audits you."
      />
      <div className="grid max-w-220 gap-4">
        {done && <IntegrityNotice done={done} />}
        <VerificationCard last={last} broken={broken} zone={zone} cancel={cancelVerificationAction}>
          <VerifyForm action={verifyAction} />
        </VerificationCard>
        {/* Not beside a summary of errors: it would take the focus anew each time. */}
        {running && Object.keys(copy.problems).length === 0 && (
          <AutoRefresh asOf={formatTime(new Date(), zone)} href={integrityPath} periodMs={2_000} />
        )}
        <CheckpointsCard
          checkpoints={checkpoints}
          unsigned={unsigned}
          keyId={publicKey().keyId}
          zone={zone}
          sign={signCheckpointAction}
        />
        <CompareCard typed={copy.typed} problems={copy.problems} result={result} />
        <RetentionCard retention={retention} mayManage={can(user.role, 'audit_log.manage')} zone={zone} />
        <VerificationHistory verifications={earlier} zone={zone} />
      </div>
    </>
  );
});
