import { Expiry, LastUse } from '@/components/api-keys/key-state';
import { scopeWords } from '@/components/api-keys/scope-words';
import { Card, CardBody } from '@/components/ui/card';
import { Code } from '@/components/ui/code';
import { DefinitionList } from '@/components/ui/definition-list';
import { Status } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import type { KeyHint } from '@/lib/api-keys/key-hints';
import type { ApiKeySummary } from '@/lib/api-keys/list-api-keys';

type KeyDetailsProps = { apiKey: ApiKeySummary; hints: readonly KeyHint[]; zone: string; now: Date };

/** All that is known about a key but its secret. */
export function KeyDetails({ apiKey, hints, zone, now }: KeyDetailsProps) {
  const { prefix, scopes, effectiveScopes, createdBy, createdAt, lastUsedIp, revokedAt } = apiKey;
  return (
    <Card aria-label="Details">
      <CardBody>
        <DefinitionList
          items={[
            { term: 'Key', description: <Code>{prefix}…</Code> },
            {
              term: 'Permissions',
              description: (
                <ul className="grid gap-1">
                  {scopes.map((scope) => (
                    <li key={scope} className="flex flex-wrap items-center gap-x-2.5">
                      {scopeWords[scope].label} <Code className="text-muted">{scope}</Code>
                      {!effectiveScopes.includes(scope) && (
                        <Status tone="warn">{createdBy.name} may no longer do this, so the key cannot</Status>
                      )}
                    </li>
                  ))}
                </ul>
              ),
            },
            { term: 'Created by', description: createdBy.name },
            {
              term: 'Created',
              description: <Time value={createdAt} zone={zone} precision="minute" withOffset />,
            },
            {
              term: 'Last used',
              description: (
                <>
                  <LastUse apiKey={apiKey} hints={hints} now={now} />
                  {lastUsedIp && (
                    <>
                      {' '}
                      from <Code>{lastUsedIp}</Code>
                    </>
                  )}
                </>
              ),
            },
            {
              term: revokedAt ? 'Revoked' : 'Expires',
              description: revokedAt ? (
                <Time value={revokedAt} zone={zone} precision="minute" withOffset />
              ) : (
                <Expiry apiKey={apiKey} hints={hints} zone={zone} now={now} />
              ),
            },
          ]}
        />
      </CardBody>
    </Card>
  );
}
