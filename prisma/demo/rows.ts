import { sealClientSecret } from '@/lib/auth/openid/client-secret';
import { connectionKey } from '@/lib/auth/openid/provider-ref';
import { db } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';
import { nextRuns } from '@/lib/scans/schedule/cron';
import { type Calendar, hourMs, later } from '@/prisma/demo/calendar';
import { asOf, type Cast, type Person } from '@/prisma/demo/cast';
import { provider } from '@/prisma/demo/identity-provider';
import type { DemoInvitation } from '@/prisma/demo/invitations';
import type { DemoKey } from '@/prisma/demo/keys';
import type { Plot } from '@/prisma/demo/plot';
import type { DemoSession } from '@/prisma/demo/presence';
import type { Random } from '@/prisma/demo/random';
import type { ToldScan } from '@/prisma/demo/scans';

type Organization = { id: string; slug: string; name: string };

/** Where rows belong and when they are written. */
export type Place = { organization: Organization; calendar: Calendar; random: Random };

/** Of each person the sessions that the list of members and the account page look at. */
const sessionsKept = 4;
const sessionHours = 12;

/** The organization with its people. Those who sign in through the identity provider only have no password. */
export async function writePeople(
  { organization, calendar }: Place,
  cast: Cast,
  hashOf: (person: Person) => Promise<string>,
): Promise<void> {
  const people = Object.values(cast);
  await db().organization.create({ data: { ...organization, createdAt: cast.alice.joined.at } });
  await db().user.createMany({
    data: await Promise.all(
      people.map(async (person) => ({
        id: person.id,
        organizationId: organization.id,
        email: person.email,
        ...asOf(person, calendar.now),
        status: person.status,
        passwordHash: person.provider === 'only' ? null : await hashOf(person),
        createdAt: person.joined.at,
      })),
    ),
  });
}

/** The identity provider, set up and switched off, and who is known to it. */
export async function writeProvider(
  { organization }: Place,
  { cast, plot, connectionId }: { cast: Cast; plot: Plot; connectionId: string },
): Promise<void> {
  await db().oidcConnection.create({
    data: {
      ...provider,
      id: connectionId,
      organizationId: organization.id,
      clientSecretSealed: sealClientSecret(connectionId, 'the demo has no identity provider'),
      clientSecretLast4: 'Kx7Q',
      clientSecretSetAt: plot.oidcUpdated,
      enabled: false,
      version: 2,
      testedVersion: 2,
      testedAt: plot.oidcEnabled,
      createdAt: plot.oidcConfigured,
    },
  });
  const known = [
    { person: cast.noor, since: cast.noor.joined.at },
    { person: cast.priya, since: plot.oidcLinked },
    { person: cast.jonas, since: plot.oidcLinked },
  ];
  await db().identity.createMany({
    data: known.map(({ person, since }, at) => ({
      id: crypto.randomUUID(),
      organizationId: organization.id,
      userId: person.id,
      connection: connectionKey({ kind: 'oidc', connectionId }),
      issuer: provider.issuer,
      subject: `acme-${1041 + 17 * at}`,
      email: person.email,
      createdAt: since,
      lastUsedAt: later(plot.oidcDisabled, -3 * hourMs),
    })),
  });
}

export async function writeInvitations(
  { organization, random }: Place,
  invitations: readonly DemoInvitation[],
): Promise<void> {
  await db().invitation.createMany({
    data: invitations.map(({ invitedBy, ...invitation }) => ({
      ...invitation,
      organizationId: organization.id,
      tokenHash: random.bytes(32),
      invitedById: invitedBy.id,
      invitedByName: asOf(invitedBy, invitation.createdAt).name,
    })),
  });
}

/** Nobody knows the secrets of these keys. */
export async function writeKeys({ organization, random }: Place, keys: readonly DemoKey[]): Promise<void> {
  await db().apiKey.createMany({
    data: keys.map(({ createdBy, expiresAt, scopes, ...key }) => ({
      ...key,
      ...(expiresAt && { expiresAt }),
      scopes: [...scopes],
      organizationId: organization.id,
      secretHash: random.bytes(32),
      createdById: createdBy.id,
      createdByName: asOf(createdBy, key.createdAt).name,
    })),
  });
}

export async function writeScans(
  { organization, calendar }: Place,
  told: readonly ToldScan[],
): Promise<void> {
  const kept = told.filter(({ scan }) => !scan.deletedAt);
  const organizationId = organization.id;
  await db().scan.createMany({
    data: kept.map(({ scan: { id, name, targetUrl, description, createdBy, createdAt, schedule } }) => ({
      id,
      organizationId,
      name,
      targetUrl,
      description,
      createdByName: asOf(createdBy, createdAt).name,
      createdAt,
      ...(schedule && { ...schedule, nextRunAt: nextRuns(schedule, 1, calendar.now)[0] ?? null }),
    })),
  });
  await db().scanRun.createMany({
    data: kept.flatMap(({ scan, runs }) =>
      runs.map(({ report, ...run }) => ({
        ...run,
        organizationId,
        scanId: scan.id,
        attempt: 1,
        progress: run.status === 'finished' ? 100 : 40,
        findings: report ?? Prisma.DbNull,
      })),
    ),
  });
}

/** The last sessions of each person. Nobody holds their cookies. */
export async function writeSessions(
  { organization, random, calendar }: Place,
  { sessions, connectionId }: { sessions: readonly DemoSession[]; connectionId: string },
): Promise<void> {
  const people = new Set(sessions.map(({ person }) => person));
  const kept = [...people].flatMap((person) =>
    sessions
      .filter((session) => session.person === person)
      .toSorted((a, b) => b.to.getTime() - a.to.getTime())
      .slice(0, sessionsKept),
  );
  await db().session.createMany({
    data: kept.map(({ id, person, method, ip, userAgent, from, to, closed }) => ({
      id,
      organizationId: organization.id,
      userId: person.id,
      tokenHash: random.bytes(32),
      method,
      ...(method === 'oidc' && { connectionId }),
      ip,
      userAgent,
      createdAt: from,
      confirmedAt: from,
      lastSeenAt: new Date(Math.min(to.getTime(), calendar.now.getTime())),
      expiresAt: later(from, sessionHours * hourMs),
      ...((closed || person.status === 'deactivated') && { revokedAt: to }),
    })),
  });
}
