import type { Metadata } from 'next';
import { servedPage } from '@/app/(console)/served-page';
import { CreateKeyForm } from '@/components/api-keys/create-key-form';
import { PageHeader } from '@/components/ui/page-header';
import { defaultExpiryDays, expiryChoices } from '@/lib/api-keys/key-input';
import { scopes, scopesWithin } from '@/lib/api-keys/scopes';
import { requireConfirmed } from '@/lib/auth/confirmed';
import { timeZone } from '@/lib/auth/preferences';
import { formatDate } from '@/lib/format-time';
import { createKeyAction } from '../actions';

export const metadata: Metadata = { title: 'Create key' };

const dayMs = 86_400_000;

export default servedPage(async function NewKeyPage() {
  const { user } = await requireConfirmed('api_keys.manage');
  const zone = await timeZone();
  const expiries = expiryChoices.map((days) =>
    days === null
      ? { value: 'never', label: 'Never' }
      : {
          value: String(days),
          label: `In ${days} days, on ${formatDate(new Date(Date.now() + days * dayMs), zone)}`,
        },
  );
  return (
    <>
      <PageHeader title="Create key" description="The key itself is shown once, right after you create it." />
      <CreateKeyForm
        action={createKeyAction}
        scopes={scopesWithin(user.role, scopes)}
        expiries={expiries}
        defaultExpiry={String(defaultExpiryDays)}
      />
    </>
  );
});
