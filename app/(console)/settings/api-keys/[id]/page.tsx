import { ScrollText, Trash2 } from 'lucide-react';
import type { Metadata } from 'next';
import { servedPage } from '@/app/(console)/served-page';
import { KeyDetails } from '@/components/api-keys/key-details';
import { logPath } from '@/components/audit/log-href';
import { Button } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { type KeyHint, keyHints } from '@/lib/api-keys/key-hints';
import { timeZone } from '@/lib/auth/preferences';
import { loadKey } from '../load';

export const metadata: Metadata = { title: 'API key' };

/** What is said where the key opens nothing any more. */
const over: Partial<Record<KeyHint, string>> = {
  revoked: 'This key was revoked. Programs that use it are refused.',
  expired: 'This key has expired. Programs that use it are refused.',
  creator_deactivated: 'The person who created this key was deactivated. Programs that use it are refused.',
};

export default servedPage(async function KeyPage({ params }: { params: Promise<{ id: string }> }) {
  const [apiKey, zone] = await Promise.all([loadKey(params), timeZone()]);
  const now = new Date();
  const hints = keyHints(apiKey, now);
  const ended = hints.map((hint) => over[hint]).find(Boolean);
  const path = `/settings/api-keys/${apiKey.id}`;
  return (
    <>
      <PageHeader
        title={apiKey.name}
        description={ended ?? 'What this key may do, and when it was used.'}
        actions={
          <>
            <Button href={`${logPath}?actor=${apiKey.id}`} icon={<ScrollText />}>
              View activity
            </Button>
            {!apiKey.revokedAt && (
              <Button href={`${path}/revoke`} variant="ghost-danger" icon={<Trash2 />}>
                Revoke key
              </Button>
            )}
          </>
        }
      />
      <div className="grid max-w-190 gap-4">
        <KeyDetails apiKey={apiKey} hints={hints} zone={zone} now={now} />
      </div>
    </>
  );
});
