import { UserError } from '@/lib/action/user-error';
import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { type Tx, withTransaction } from '@/lib/audit/transaction';
import { readMethods } from '@/lib/auth/methods';
import { sealClientSecret } from '@/lib/auth/openid/client-secret';
import { withoutSlash } from '@/lib/auth/openid/examine-issuer';
import { ChangedMeanwhileError, lastChangedBy } from '@/lib/authentication/changed-meanwhile';
import { checkIssuer, failureOf } from '@/lib/authentication/check-issuer';
import { endSessionsBy } from '@/lib/authentication/end-sessions';
import { lastFour, type OidcSettings } from '@/lib/authentication/oidc-settings';
import { type SettingChange, settingChanges } from '@/lib/authentication/setting-changes';
import { someAdminCanSignIn } from '@/lib/authentication/way-in';
import { db } from '@/lib/db/client';
import { lockOrganization } from '@/lib/organization/lock';

/** A change of these needs another test sign-in before the connection can be enabled again. */
const testedFields: readonly SettingChange['field'][] = [
  'issuer',
  'client_id',
  'client_secret',
  'scopes',
  'endpoints',
];

/**
 * Changes the connection and records `organization.auth.oidc.update` with the changed fields; nothing when nothing
 * changed. `version` is that of the settings which the admin saw: other ones are not overwritten unseen. An empty secret
 * keeps the stored one, which never goes to another issuer. The endpoints are read from the discovery document anew; while
 * that does not answer, they stay, and `endpointsKept` says so. Another issuer also ends the sessions that the old one began.
 * Throws a UserError that names the field, or a {@link ChangedMeanwhileError}.
 */
export async function updateOidc(
  source: AuditSource,
  version: number,
  settings: OidcSettings,
): Promise<{ endpointsKept: boolean }> {
  const organizationId = source.organization.id;
  const stored = await db().oidcConnection.findUnique({ where: { organizationId } });
  if (!stored) throw gone;
  const moved = withoutSlash(stored.issuer) !== withoutSlash(settings.issuer);
  if (moved && settings.clientSecret === '') throw secretNeeded;
  const report = await checkIssuer(organizationId, settings.issuer);
  if (!report.provider && moved) throw new UserError(failureOf(report), { field: 'issuer' });

  return withTransaction(async (tx) => {
    await lockOrganization(tx, organizationId);
    const row = await tx.oidcConnection.findUnique({ where: { organizationId } });
    if (!row) throw gone;
    if (row.version !== version || row.issuer !== stored.issuer) {
      throw new ChangedMeanwhileError(row.version, await lastChangedBy(tx, organizationId, row.id));
    }
    const { name, clientId, clientSecret, scopes, domains, role } = settings;
    const next = {
      name,
      issuer: report.provider?.issuer ?? row.issuer,
      clientId,
      scopes,
      allowedDomains: domains,
      defaultRole: role,
      endpoints: report.provider?.endpoints ?? row.endpoints ?? {},
    };
    const changes = settingChanges(row, next, { secret: clientSecret !== '' });
    const kept = { endpointsKept: !report.provider };
    if (changes.length === 0) return kept;

    const stillTested =
      row.testedVersion === row.version && !changes.some(({ field }) => testedFields.includes(field));
    await tx.oidcConnection.update({
      where: { organizationId },
      data: {
        ...next,
        version: row.version + 1,
        ...(stillTested && { testedVersion: row.version + 1 }),
        ...(clientSecret !== '' && {
          clientSecretSealed: sealClientSecret(row.id, clientSecret),
          clientSecretLast4: lastFour(clientSecret),
          clientSecretSetAt: new Date(),
        }),
      },
    });
    if (row.enabled && !stillTested) await requireAnotherWay(tx, organizationId);
    const ended = moved ? await endSessionsBy(tx, source, 'oidc', row.id) : [];
    recordAudit(tx, {
      ...source,
      action: 'organization.auth.oidc.update',
      targets: [{ type: 'identity_provider', id: row.id, name }],
      changes: [...changes, ...ended],
      metadata: { fields: changes.map(({ field }) => field) },
    });
    return kept;
  });
}

/** Settings that nobody has tried yet may lock everybody out, so an admin must be able to come in without them. */
async function requireAnotherWay(tx: Tx, organizationId: string): Promise<void> {
  const methods = await readMethods(organizationId, tx);
  if (await someAdminCanSignIn(tx, organizationId, { ...methods, oidc: undefined })) return;
  throw new UserError('If these settings do not work, no admin could sign in any more.', {
    hint: 'Disable OpenID Connect first, or let an admin have a password.',
  });
}

const gone = new UserError('There is no connection any more.', {
  hint: 'Somebody deleted it. Reload the page to configure another one.',
});

const secretNeeded = new UserError('Enter the client secret of this issuer.', {
  field: 'clientSecret',
  hint: 'The stored one belongs to the earlier issuer and is never sent to another.',
});
