import { randomUUID } from 'node:crypto';
import { UserError } from '@/lib/action/user-error';
import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { type Tx, withTransaction } from '@/lib/audit/transaction';
import { sealClientSecret } from '@/lib/auth/openid/client-secret';
import { checkIssuer, failureOf } from '@/lib/authentication/check-issuer';
import { lastFour, type OidcSettings } from '@/lib/authentication/oidc-settings';
import { settingChanges } from '@/lib/authentication/setting-changes';
import { lockOrganization } from '@/lib/organization/lock';

/**
 * Connects the organization with its OpenID provider and records `organization.auth.oidc.configure`. Nobody can sign in
 * through it before it is tested and enabled. The provider's endpoints are those of its discovery document of this moment.
 * Throws a UserError that names the field, or says that there is a connection already.
 */
export async function configureOidc(source: AuditSource, settings: OidcSettings): Promise<{ id: string }> {
  if (settings.clientSecret === '')
    throw new UserError('Enter the client secret.', { field: 'clientSecret' });
  const report = await checkIssuer(source.organization.id, settings.issuer);
  const { provider } = report;
  if (!provider) throw new UserError(failureOf(report), { field: 'issuer' });

  return withTransaction(async (tx) => {
    const organizationId = source.organization.id;
    await lockOrganization(tx, organizationId);
    if (await tx.oidcConnection.findUnique({ where: { organizationId }, select: { id: true } })) {
      throw new UserError('Somebody else has just connected a provider.', {
        hint: 'Reload the page to see it.',
      });
    }
    const id = await takeNextId(tx, organizationId);
    const { name, clientId, clientSecret, scopes, domains, role } = settings;
    const row = {
      name,
      issuer: provider.issuer,
      clientId,
      scopes,
      allowedDomains: domains,
      defaultRole: role,
      endpoints: provider.endpoints,
    };
    await tx.oidcConnection.create({
      data: {
        ...row,
        id,
        organizationId,
        clientSecretSealed: sealClientSecret(id, clientSecret),
        clientSecretLast4: lastFour(clientSecret),
        clientSecretSetAt: new Date(),
      },
    });
    recordAudit(tx, {
      ...source,
      action: 'organization.auth.oidc.configure',
      targets: [{ type: 'identity_provider', id, name }],
      changes: settingChanges(undefined, row, { secret: true }),
      metadata: { issuer: provider.issuer, client_id: clientId },
    });
    return { id };
  });
}

/** The id that the admin has seen in the redirect URI. The connection after this one gets another. */
async function takeNextId(tx: Tx, organizationId: string): Promise<string> {
  const { nextOidcId } = await tx.organization.findUniqueOrThrow({
    where: { id: organizationId },
    select: { nextOidcId: true },
  });
  await tx.organization.update({ where: { id: organizationId }, data: { nextOidcId: randomUUID() } });
  return nextOidcId;
}
