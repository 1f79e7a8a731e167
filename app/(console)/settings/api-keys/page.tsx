import { KeyRound, Plus } from 'lucide-react';
import type { Metadata } from 'next';
import { servedPage } from '@/app/(console)/served-page';
import { ApiGuide } from '@/components/api-keys/api-guide';
import { KeyTable } from '@/components/api-keys/key-table';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { getApiKey, listApiKeys } from '@/lib/api-keys/list-api-keys';
import { requirePermission } from '@/lib/auth/actor';
import { timeZone } from '@/lib/auth/preferences';
import { env } from '@/lib/env';

export const metadata: Metadata = { title: 'API keys' };

type Search = { revoked?: string | string[] };

export default servedPage(async function ApiKeysPage({ searchParams }: { searchParams: Promise<Search> }) {
  const { organization } = await requirePermission('api_keys.manage');
  const [{ revoked: id }, zone, keys] = await Promise.all([
    searchParams,
    timeZone(),
    listApiKeys(organization.id),
  ]);
  const revoked = typeof id === 'string' ? await getApiKey(organization.id, id) : undefined;
  const create = (
    <Button href="/settings/api-keys/new" variant="primary" icon={<Plus />}>
      Create key
    </Button>
  );

  return (
    <>
      <PageHeader
        title="API keys"
        description="Programs call the REST API with a key instead of a person’s sign-in."
        actions={keys.length > 0 && create}
      />
      <div className="grid gap-4">
        {revoked?.revokedAt && (
          <Notice tone="ok" announce title={`The key ${revoked.name} was revoked.`}>
            Programs that still use it are refused from now on.
          </Notice>
        )}
        <Card aria-label="Keys">
          {keys.length > 0 ? (
            <KeyTable keys={keys} zone={zone} now={new Date()} />
          ) : (
            <EmptyState icon={<KeyRound />} title="No keys yet" action={create}>
              A key lets a program read the audit log or run scans. Each shows here with what it may do and
              when it was used last.
            </EmptyState>
          )}
        </Card>
        <ApiGuide publicUrl={env().PUBLIC_URL} />
      </div>
    </>
  );
});
