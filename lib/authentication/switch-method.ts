import { UserError } from '@/lib/action/user-error';
import type { AuditSource, Change, Target } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { type Tx, withTransaction } from '@/lib/audit/transaction';
import { googleConfigured, readMethods, type SignInMethod } from '@/lib/auth/methods';
import { endSessionsBy } from '@/lib/authentication/end-sessions';
import { requireWayIn } from '@/lib/authentication/way-in';
import { lockOrganization } from '@/lib/organization/lock';

/**
 * Switches a way of signing in on and records `organization.auth.<method>.enable`; nothing when it is on already. Google
 * needs the installation's client, OIDC a connection with whose present settings somebody came back from the provider.
 * Throws a UserError.
 */
export async function enableMethod(source: AuditSource, method: SignInMethod): Promise<void> {
  await withTransaction(async (tx) => {
    await lockOrganization(tx, source.organization.id);
    if (method === 'google' && !googleConfigured()) throw googleMissing;
    const connection = method === 'oidc' ? await testedConnection(tx, source.organization.id) : undefined;
    if (await isOn(tx, source.organization.id, method)) return;
    await setSwitch(tx, source.organization.id, method, true);
    recordAudit(tx, {
      ...source,
      action: `organization.auth.${method}.enable`,
      targets: targetsOf(method, connection),
      changes: [{ field: 'enabled', from: 'false', to: 'true' }],
      metadata: {},
    });
  });
}

/**
 * Switches a way of signing in off, ends the sessions that began by it, and records `organization.auth.<method>.disable`;
 * nothing when it is off already. Sign-ins by it that are under way come to nothing. E-mail stays open to admins. Throws a
 * UserError when nobody else, or no admin, could sign in any more.
 */
export async function disableMethod(source: AuditSource, method: SignInMethod): Promise<void> {
  await withTransaction(async (tx) => {
    const organizationId = source.organization.id;
    await lockOrganization(tx, organizationId);
    if (!(await isOn(tx, organizationId, method))) return;
    const { oidc, ...methods } = await readMethods(organizationId, tx);
    const off = { ...methods, oidc, [method]: method === 'oidc' ? undefined : false };
    await requireWayIn(tx, organizationId, off);
    await setSwitch(tx, organizationId, method, false);
    const ended = await endSessionsBy(tx, source, method, method === 'oidc' ? oidc?.id : undefined);
    recordDisabled(tx, source, method, oidc, ended);
  });
}

/** The event of {@link disableMethod}, for whatever else ends a method. */
export function recordDisabled(
  tx: Tx,
  source: AuditSource,
  method: SignInMethod,
  connection: { id: string; name: string } | undefined,
  ended: readonly Change[],
): void {
  recordAudit(tx, {
    ...source,
    action: `organization.auth.${method}.disable`,
    targets: targetsOf(method, connection),
    changes: [{ field: 'enabled', from: 'true', to: 'false' }, ...ended],
    metadata: {},
  });
}

async function testedConnection(tx: Tx, organizationId: string): Promise<{ id: string; name: string }> {
  const connection = await tx.oidcConnection.findUnique({ where: { organizationId } });
  if (!connection) throw notConfigured;
  if (connection.testedVersion !== connection.version) throw notTested;
  return connection;
}

/** The switch itself. Google that is on, but not known to the installation any more, can still be switched off. */
async function isOn(tx: Tx, organizationId: string, method: SignInMethod): Promise<boolean> {
  if (method === 'oidc') {
    return (await tx.oidcConnection.count({ where: { organizationId, enabled: true } })) > 0;
  }
  const policy = await tx.signInPolicy.findUnique({ where: { organizationId } });
  return method === 'email' ? (policy?.emailEnabled ?? true) : (policy?.googleEnabled ?? false);
}

async function setSwitch(tx: Tx, organizationId: string, method: SignInMethod, on: boolean): Promise<void> {
  if (method === 'oidc') {
    await tx.oidcConnection.update({ where: { organizationId }, data: { enabled: on } });
    return;
  }
  const change = method === 'email' ? { emailEnabled: on } : { googleEnabled: on };
  await tx.signInPolicy.upsert({
    where: { organizationId },
    create: { organizationId, ...change },
    update: change,
  });
}

const names = { email: 'E-mail and password', google: 'Google' } as const;

function targetsOf(method: SignInMethod, connection: { id: string; name: string } | undefined): Target[] {
  if (method === 'oidc') return [{ type: 'identity_provider', id: connection?.id, name: connection?.name }];
  return [{ type: 'authentication_method', id: method, name: names[method] }];
}

const googleMissing = new UserError('This installation is not registered with Google.', {
  hint: 'Whoever runs it sets GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET.',
});

const notConfigured = new UserError('No provider is connected.', { hint: 'Configure OpenID Connect first.' });

const notTested = new UserError('Nobody has signed in with the present settings yet.', {
  hint: 'Press “Test sign-in”, come back from the provider, then enable it.',
});
