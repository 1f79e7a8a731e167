import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { servedPage } from '@/app/(console)/served-page';
import { Card, CardBody } from '@/components/ui/card';
import { Code } from '@/components/ui/code';
import { ConfirmForm } from '@/components/ui/confirm-form';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { wasUsedLately } from '@/lib/api-keys/key-hints';
import { requireConfirmed } from '@/lib/auth/confirmed';
import { relativeTime } from '@/lib/relative-time';
import { revokeKeyAction } from '../../actions';
import { loadKey } from '../../load';

export const metadata: Metadata = { title: 'Revoke key' };

export default servedPage(async function RevokeKeyPage({ params }: { params: Promise<{ id: string }> }) {
  await requireConfirmed('api_keys.manage');
  const { id, name, lastUsedAt, lastUsedIp, revokedAt } = await loadKey(params);
  if (revokedAt) redirect(`/settings/api-keys/${id}`);
  const now = new Date();
  return (
    <>
      <PageHeader title={`Revoke ${name}`} />
      <Card className="max-w-160" aria-label="Confirmation">
        <CardBody className="grid gap-4">
          <Notice tone="warn" title="Programs that use this key are refused at once">
            {lastUsedAt ? `It was last used ${relativeTime(lastUsedAt, now)}` : 'It was never used'}
            {lastUsedIp && (
              <>
                {' '}
                from <Code>{lastUsedIp}</Code>
              </>
            )}
            . A revoked key cannot be restored; what it did stays in the audit log.
          </Notice>
          <ConfirmForm
            action={revokeKeyAction}
            id={id}
            name={name}
            typed={wasUsedLately({ lastUsedAt }, now)}
            label="Revoke key"
            pendingLabel="Revoking…"
            keep={{ href: `/settings/api-keys/${id}`, label: 'Keep it' }}
          />
        </CardBody>
      </Card>
    </>
  );
});
