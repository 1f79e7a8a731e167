import { randomBytes, randomUUID } from 'node:crypto';
import { encode } from 'next-auth/jwt';
import { expect } from 'vitest';
import type { AuditSource } from '@/lib/audit/event';
import { currentActor } from '@/lib/auth/actor';
import { cookieName } from '@/lib/auth/cookies';
import { comeBack } from '@/lib/auth/openid/come-back';
import type { Purpose } from '@/lib/auth/openid/intent';
import { readReport } from '@/lib/auth/openid/report';
import { setOut } from '@/lib/auth/openid/start';
import type { Role } from '@/lib/auth/permissions';
import type { RequestContext } from '@/lib/auth/request-context';
import { startSession } from '@/lib/auth/session';
import { nextAuthSecret } from '@/lib/auth/session-token';
import { configureOidc } from '@/lib/authentication/configure-oidc';
import { oidcSettingsSchema } from '@/lib/authentication/oidc-settings';
import { db } from '@/lib/db/client';
import { type IdentityProvider, registered } from '@/test/identity-provider';
import { plantCookie } from '@/test/request';

export const browser: RequestContext = {
  ip: '203.0.113.24',
  userAgent: 'Firefox/140.0',
  requestId: '01900000-0000-7000-8000-000000000000',
  path: '/',
};

export const typedSettings = (idp: Pick<IdentityProvider, 'issuer'>) => ({
  name: 'Acme SSO',
  issuer: idp.issuer,
  clientId: registered.clientId,
  clientSecret: registered.clientSecret,
  scopes: 'openid email profile',
  domains: '',
  role: 'member',
});

/** Connects an organization with a provider, and switches it on as if it had been tested. Returns its name in addresses. */
export async function connectProvider(
  source: AuditSource,
  idp: Pick<IdentityProvider, 'issuer'>,
  changed: Partial<ReturnType<typeof typedSettings>> = {},
): Promise<string> {
  const settings = oidcSettingsSchema.parse({ ...typedSettings(idp), ...changed });
  const { id } = await configureOidc(source, settings);
  await db().oidcConnection.update({ where: { id }, data: { enabled: true, testedVersion: 1 } });
  return `oidc-${id}`;
}

type Way = { provider: string; purpose?: Purpose; organization?: string; next?: string };

/** Goes to the provider as a browser would, and returns the address that it sends the browser back to. */
export async function goTo({ purpose = 'sign-in', next = '/', ...way }: Way): Promise<URL> {
  const address = await setOut({ ...way, purpose, next }, await currentActor(), browser);
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:/);
  const answer = await fetch(address ?? '', { redirect: 'manual' });
  return new URL(answer.headers.get('location') ?? '');
}

/** Comes back with the provider's answer: the page that follows, and what it reports. */
export async function comeBackWith(callback: URL) {
  const name = callback.pathname.split('/').at(-1) ?? '';
  const path = (await comeBack(name, callback.searchParams, await currentActor(), browser)) ?? 'nowhere';
  const outcome = new URL(path, 'http://localhost').searchParams.get('outcome');
  return { path, report: await readReport(outcome) };
}

export async function visit(way: Way) {
  return comeBackWith(await goTo(way));
}

/** Signs somebody in with a password, as far as the browser is concerned; returns the session's token. */
export async function signInBrowser(userId: string | undefined): Promise<string> {
  const sid = await startSession(userId ?? '', 'email', browser);
  plantCookie(cookieName('session'), await encode({ token: { sid }, secret: nextAuthSecret() }));
  return sid;
}

/** The records of an organization's log, oldest first. */
export async function recordsOf(organizationId: string) {
  const rows = await db().auditEvent.findMany({ where: { organizationId }, orderBy: { seq: 'asc' } });
  return rows.map(({ record }) => JSON.parse(record));
}

/** An open invitation; returns its id. */
export async function invite(source: AuditSource, address: string, role: Role): Promise<string> {
  const id = randomUUID();
  await db().invitation.create({
    data: {
      id,
      organizationId: source.organization.id,
      email: address,
      role,
      tokenHash: Uint8Array.from(randomBytes(32)),
      invitedById: source.actor.id ?? '',
      invitedByName: 'Alice Fox',
      expiresAt: new Date(Date.now() + 3_600_000),
    },
  });
  return id;
}

/** Somebody with a password; returns their id. */
export async function addPerson(organizationId: string, role: Role): Promise<string> {
  const id = randomUUID();
  const email = `${role}-${id}@acme.example`;
  const person = { id, organizationId, name: 'Ben Okafor', email, role, passwordHash: 'of a password' };
  await db().user.create({ data: person });
  return id;
}
