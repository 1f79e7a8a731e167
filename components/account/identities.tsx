import { Link2 } from 'lucide-react';
import { DisconnectForm } from '@/components/account/disconnect-form';
import { ReportNotice } from '@/components/auth/report-notice';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { Time } from '@/components/ui/time';
import type { ActionState } from '@/lib/action/state';
import type { OwnProvider } from '@/lib/auth/openid/identities';
import type { Words } from '@/lib/auth/openid/words';

type IdentitiesProps = {
  providers: readonly OwnProvider[];
  zone: string;
  disconnect: (state: ActionState, form: FormData) => Promise<ActionState>;
  /** What was just done: the provider that was connected, or that one was disconnected, or why nothing was. */
  connected: string | undefined;
  disconnected: boolean;
  refusal: { words: Words; said: string | undefined } | undefined;
};

/** Who somebody is at their organization's identity providers, and the ways to connect and disconnect. */
export function Identities({ providers, zone, disconnect, ...outcome }: IdentitiesProps) {
  return (
    <Card aria-labelledby="identities-title" id="sign-in-methods">
      <CardHeader
        titleId="identities-title"
        title="Sign-in methods"
        description="Connect an account at an identity provider once, then sign in through it."
      />
      <Outcome {...outcome} />
      <ul className="divide-y divide-line">
        {providers.map((provider) => (
          <li key={provider.provider} className="flex flex-wrap items-center gap-x-3 gap-y-2.5 px-4.5 py-3.5">
            <Link2 className="text-muted" />
            <Identity provider={provider} zone={zone} />
            {provider.identity ? (
              <DisconnectForm action={disconnect} identity={provider.identity.id} name={provider.name} />
            ) : (
              <Button
                href={`/api/auth/start?${new URLSearchParams({ provider: provider.provider, purpose: 'link' })}`}
                size="sm"
                aria-label={`Connect ${provider.name}`}
              >
                Connect
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Identity({ provider: { name, identity }, zone }: { provider: OwnProvider; zone: string }) {
  return (
    <div className="min-w-0 flex-1 basis-40">
      <p className="font-medium">{name}</p>
      <p className="text-sm text-muted [overflow-wrap:anywhere]">
        {identity ? (
          <>
            {identity.email}, connected <Time value={identity.createdAt} zone={zone} precision="minute" />
            {identity.lastUsedAt && (
              <>
                , used <Time value={identity.lastUsedAt} zone={zone} precision="minute" />
              </>
            )}
          </>
        ) : (
          'Not connected'
        )}
      </p>
    </div>
  );
}

function Outcome({
  connected,
  disconnected,
  refusal,
}: Pick<IdentitiesProps, 'connected' | 'disconnected' | 'refusal'>) {
  const notice = refusal ? (
    <ReportNotice {...refusal} />
  ) : connected ? (
    <Notice tone="ok" announce title={`${connected} is connected.`}>
      From now on you can sign in through it.
    </Notice>
  ) : (
    disconnected && (
      <Notice tone="ok" announce title="Disconnected.">
        Your sessions that began through it have ended, but for this one.
      </Notice>
    )
  );
  return notice && <CardBody>{notice}</CardBody>;
}
